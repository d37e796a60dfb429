"""`classact classify`: mails in, verdicts out, in order, nothing stored."""

from __future__ import annotations

import base64
import binascii
import json
import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from nlp.text import mail_text
from nlp.verdict import MailText, Verdict
from server.domain.model import RawMessage
from server.domain.reading import read, text_of
from server.ports import Classifier
from server.services.named_files import unreadable
from server.texts import _
from server.wiring import classifier_of

_BATCH = 64  # rows judged together
_HEAD = 1024  # bytes of a file in which any format that is no text shows itself
_FIELD = re.compile(rb"(?:From |[!-9;-~]+:)")
PARTLY = 4  # exit code: some rows could not be judged


@dataclass(frozen=True, slots=True)
class _Asked:
    """One row: its id and the mail, or the sentence that says why there is none. `ms` is what parsing took."""

    id: str | None
    mail: MailText | None
    error: str = ""
    ms: float = 0.0


class _BadRow(ValueError):
    """A row that holds no mail; the message is for people."""


def rows(source: str, home: Path) -> int:
    """Judge rows of JSON Lines from a file or `-`; one line out per line in. 4 if a row was unusable.

    `home`: the data folder, for the seeker's own model.
    """
    if source == "-":
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="surrogateescape")  # type: ignore[union-attr]
        return _judge_rows(sys.stdin, home)
    try:
        file = Path(source).open(encoding="utf-8-sig", errors="surrogateescape")  # noqa: SIM115 - closed below
    except OSError as error:
        raise unreadable(source, error) from error
    with file:  # outside of the try: a failure to write is not the file's
        return _judge_rows(file, home)


def files(paths: Iterable[str], home: Path, *, as_json: bool) -> int:
    """Judge .eml files; one verdict each. Raises UsageError for a file that cannot be read."""
    asked = []
    for path in paths:
        started = time.perf_counter()
        try:
            content = Path(path).read_bytes()
        except OSError as error:
            raise unreadable(path, error) from error
        message = read(RawMessage(path, "", content), "")
        why = _("it is no text") if _is_no_text(content) else message.unreadable
        error_text = _("The mail cannot be read: %(why)s.") % {"why": why} if why else ""
        asked.append(_Asked(path, None if error_text else text_of(message), error_text, _since(started)))
    found = list(_verdicts(asked, classifier_of(home)))
    if as_json:
        sys.stdout.write(json.dumps(found[0] if len(found) == 1 else found, ensure_ascii=False) + "\n")
    else:
        for row in found:
            sys.stdout.write(f"{_line(row)}\n")
    return PARTLY if any("error" in row for row in found) else 0


def _is_no_text(content: bytes) -> bool:
    """Whether a file is a picture or a program, say, that was taken for a mail: a mail begins with a field."""
    return b"\0" in content[:_HEAD] and not _FIELD.match(content)


def as_row(verdict: Verdict, row_id: str | None, ms: float) -> dict[str, Any]:
    """A verdict as `classify` prints it."""
    return {
        "id": row_id,
        "label": verdict.label,
        "score": None if verdict.score is None else round(verdict.score, 4),
        "band": verdict.band,
        "hold": verdict.hold,
        "language": verdict.language,
        "reason": verdict.reason,
        "evidence": [{"text": e.text, "start": e.start, "end": e.end} for e in verdict.evidence],
        "company": verdict.company,
        "role": verdict.role,
        "ms": round(ms, 3),
        "model": verdict.model,
    }


def _judge_rows(lines: TextIO, home: Path) -> int:
    classifier, code = classifier_of(home), 0
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    while batch := list(islice(numbered, _BATCH)):
        for row in _verdicts([_asked(line) for _number, line in batch], classifier):
            code = PARTLY if "error" in row else code
            sys.stdout.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace").decode() + "\n")
        sys.stdout.flush()
    return code


def _verdicts(asked: list[_Asked], classifier: Classifier) -> Iterator[dict[str, Any]]:
    """A row of output for each row asked; the batch's time is shared out evenly."""
    started = time.perf_counter()
    mails = [row.mail for row in asked if row.mail is not None]
    verdicts = iter(list(classifier.judge(mails)))
    share = _since(started) / max(len(mails), 1)
    for row in asked:
        yield as_row(next(verdicts), row.id, row.ms + share) if row.mail else {"id": row.id, "error": row.error}


def _asked(line: str) -> _Asked:
    started = time.perf_counter()
    row_id: str | None = None
    try:
        row = _object(line)
        row_id = row["id"]
        mail = _mail(row)
    except _BadRow as error:
        return _Asked(row_id, None, str(error), _since(started))
    return _Asked(row_id, mail, ms=_since(started))


def _object(line: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _BadRow(_("The row is not JSON.")) from error
    if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not row["id"]:
        raise _BadRow(_("The row needs an id, as text."))
    return row


def _mail(row: Mapping[str, Any]) -> MailText:
    """The mail of a row; a field that is absent, null or no text counts as empty."""
    raw = row.get("raw")
    if isinstance(raw, str) and raw.strip():
        return _raw_mail(row["id"], raw)
    subject, sender, body, html = (_text(row.get(name)) for name in ("subject", "from", "body", "html"))
    return mail_text(subject=subject, sender=sender, body=body, html=html)


def _raw_mail(row_id: str, raw: str) -> MailText:
    """Base64 in either alphabet, with or without padding (Gmail leaves it out)."""
    text = "".join(raw.split()).rstrip("=").replace("-", "+").replace("_", "/")
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise _BadRow(_("The raw mail is not base64.")) from error
    return text_of(read(RawMessage(row_id, "", content), ""))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _line(row: Mapping[str, Any]) -> str:
    if "error" in row:
        return f"{row['id']}: {row['error']}"
    if row["label"] is None:
        return _("%(id)s: not judged (language %(language)s)") % row
    quoted = f"  “{' '.join(row['evidence'][0]['text'].split())}”" if row["evidence"] else ""
    return f"{row['id']}: {row['label']} {row['score']:.2f} {row['band']}{quoted}"


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000
