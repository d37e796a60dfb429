"""Reads labelled text: sentence files and mail files of corpus/ and heldout/, and labelled JSON Lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nlp.text import mail_text, normalise
from nlp.verdict import Label, MailText, Reason

CORPUS = Path(__file__).parent / "corpus"
HELDOUT = Path(__file__).parent / "heldout"

NEUTRAL = "neutral"
HOLD = "hold"
SENTENCE_LABELS = (
    "rejection",
    "application_received",
    "interview",
    "assessment",
    "offer",
    HOLD,
    "job_alert",
    "recruiter_outreach",
    "other_job",
    NEUTRAL,
)

_NO_JOB = frozenset({"non_job", "newsletter", "friend", "colleague_leaves"})
_HEAD = "=== "
_FIELD = re.compile(r"\s*([a-z_]+)\s*:\s*(.*?)\s*$")
_MARKED = re.compile("\u27e6(.*?)\u27e7", re.DOTALL)
_COLUMNS = 4


class LabelledTextError(ValueError):
    """A row that does not follow the format; the message names file, line and what is wrong."""

    def __init__(self, path: Path, line: int, why: str) -> None:
        super().__init__(f"{path}:{line}: {why}")


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """One row of a sentence file."""

    writer: str
    label: str
    tags: frozenset[str]
    text: str
    language: str
    place: str  # FILE:LINE

    @property
    def mail_label(self) -> Label | None:
        """The label of a mail that holds nothing but this sentence; None where the sentence alone does not tell."""
        if self.label == HOLD:
            return Label.OTHER_JOB
        if self.label != NEUTRAL:
            return Label(self.label)
        return Label.NOT_JOB if self.tags & _NO_JOB else None

    @property
    def reason(self) -> Reason | None:
        """Why it says no; None on sentences that are no rejection."""
        if self.label != Label.REJECTION:
            return None
        return next((reason for reason in (Reason.FILLED, Reason.CANCELLED) if reason in self.tags), Reason.PASSED)


@dataclass(frozen=True, slots=True)
class LabelledMail:
    """One labelled mail. `decisive` holds the marked stretches, as they stand in the mail's body or subject."""

    id: str
    writer: str
    label: Label
    tags: frozenset[str]
    language: str
    mail: MailText
    decisive: tuple[str, ...] = ()
    reason: Reason | None = None
    company: str | None = None
    role: str | None = None
    group: str = ""  # heldout: ordinary or hard (English) or other languages; gold files: provenance
    cluster: str = ""  # near-duplicates share one
    name: str = ""  # of a trap, else empty


def sentence_files(root: Path = CORPUS) -> list[LabelledSentence]:
    """All sentence rows below `root`/LANGUAGE/, sorted by file; raises LabelledTextError."""
    return [row for path in sorted(root.glob("*/*.tsv")) for row in _sentences_of(path)]


def mail_files(root: Path = CORPUS) -> list[LabelledMail]:
    """All mails below `root`/LANGUAGE/, sorted by file; raises LabelledTextError."""
    return [mail for path in sorted(root.glob("*/mails*.txt")) for mail in mails_in(path)]


def gold_file(path: Path) -> list[LabelledMail]:
    """The rows of a labelled JSONL file.

    A row has id and label, and maybe lang, provenance, cluster, tags, decisive, subject, from, body. Rows tagged
    `ambiguous` are left out. Raises LabelledTextError.
    """
    found = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            identity, label = str(row["id"]), Label(row["label"])
        except (ValueError, KeyError, TypeError) as error:
            raise LabelledTextError(path, number, f"not a labelled mail ({type(error).__name__})") from error
        tags = frozenset(row.get("tags") or ())
        if "ambiguous" in tags:
            continue
        mail = mail_text(row.get("subject"), row.get("from"), row.get("body"), row.get("html"))
        found.append(
            LabelledMail(
                id=identity,
                writer=row.get("source") or "",
                label=label,
                tags=tags,
                mail=mail,
                language=row.get("lang") or "unknown",
                group=row.get("provenance") or "unknown",
                cluster=row.get("cluster") or identity,
                company=row.get("company"),
                role=row.get("role"),
                decisive=tuple(row.get("decisive") or ()),
            )
        )
    return found


def _sentences_of(path: Path) -> Iterator[LabelledSentence]:
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) != _COLUMNS:
            raise LabelledTextError(path, number, f"{len(columns)} columns instead of {_COLUMNS}")
        writer, label, tags, text = (column.strip() for column in columns)
        if label not in SENTENCE_LABELS:
            raise LabelledTextError(path, number, f"label {label!r} is not one of {', '.join(SENTENCE_LABELS)}")
        if not text:
            raise LabelledTextError(path, number, "no text")
        yield LabelledSentence(writer, label, _tags(tags), normalise(text), path.parent.name, f"{path.name}:{number}")


def mails_in(path: Path) -> Iterator[LabelledMail]:
    """The mails of one file, in order; raises LabelledTextError."""
    block: list[str] = []
    start = 0
    for number, line in enumerate([*path.read_text("utf-8").split("\n"), _HEAD], 1):
        if line.startswith(_HEAD):
            if start:
                yield _mail(path, start, block)
            start, block = number, [line]
        elif start:
            block.append(line)


def _mail(path: Path, number: int, block: list[str]) -> LabelledMail:
    fields = _fields(path, number, block[0])
    headers, body = _headers(block[1:])
    try:
        label = Label(fields["label"])
        reason = Reason(fields["reason"]) if fields.get("reason") else None
    except (KeyError, ValueError) as error:
        raise LabelledTextError(path, number, f"no valid label or reason ({error})") from error
    text = "\n".join(body)
    if text.count("\u27e6") != text.count("\u27e7"):
        raise LabelledTextError(path, number, "a decisive mark is not closed")
    marked = tuple(normalise(found) for found in _MARKED.findall("\n".join([headers.get("subject", ""), text])))
    if label is Label.REJECTION and not marked:
        raise LabelledTextError(path, number, "a rejection without a decisive mark")
    is_html = fields.get("html") == "yes"
    parts = _unmarked(headers.get("subject", "")), _unmarked(headers.get("from", "")), _unmarked(text)
    return LabelledMail(
        id=f"{path.parent.name}/{path.stem}:{number}",
        writer=fields.get("writer", path.stem),
        label=label,
        tags=_tags(fields.get("tags", "-")),
        language=path.parent.name,
        mail=mail_text(*parts[:2], None, parts[2].strip()) if is_html else mail_text(*parts),
        decisive=marked,
        reason=reason,
        company=fields.get("company") or None,
        role=fields.get("role") or None,
        group=next((kind for kind in ("hard", "ordinary") if kind in path.stem), "other languages"),
        cluster=f"{path.parent.name}/{path.stem}:{number}",
        name=fields.get("trap", ""),
    )


def _fields(path: Path, number: int, head: str) -> dict[str, str]:
    """The `key: value` pairs of a block's first line."""
    fields = {}
    for part in head.removeprefix(_HEAD).split(" | "):
        found = _FIELD.match(part)
        if not found:
            raise LabelledTextError(path, number, f"{part!r} is not `key: value`")
        fields[found.group(1)] = found.group(2)
    return fields


def _headers(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """From and Subject lines up to the first empty line, and the body after it."""
    headers: dict[str, str] = {}
    for number, line in enumerate(lines):
        key, colon, value = line.partition(":")
        if not colon or key.strip().lower() not in {"from", "subject", "to", "date", "reply-to"}:
            return headers, lines[number:]
        headers[key.strip().lower()] = value.strip()
    return headers, []


def _unmarked(text: str) -> str:
    return text.replace("\u27e6", "").replace("\u27e7", "")


def _tags(column: str) -> frozenset[str]:
    return frozenset(tag.strip() for tag in column.split(",") if tag.strip() not in {"", "-"})


def languages(rows: Iterable[LabelledMail]) -> list[str]:
    """The languages that occur, sorted."""
    return sorted({row.language for row in rows})
