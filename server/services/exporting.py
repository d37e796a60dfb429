"""What is kept about the seeker's search, as files that other programs read: a table, everything, a calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from server.domain.application import BY_HAND, Application, ByHand
from server.domain.model import Judged, Pairing, record_key
from server.domain.portable import csv_text, json_text
from server.ports import Rows, Store
from server.services import log as logs
from server.services.named_log import named

# The columns of the CSV, one row per logged rejection. An import of ours knows a file of ours by the first eight.
COLUMNS: Final = ("received", "company", "role", "reason", "hold", "state", "contact_name", "contact_address",
                  "subject", "evidence", "language", "score", "band", "logged", "mailbox", "message_id",
                  "thread_id", "way")  # fmt: skip
BETWEEN: Final = " | "  # sentences of the evidence, so that a row stays on one line
BY_MAIL: Final = "mail"  # how most news comes; else a Way of domain/application.py
BOM: Final = "\ufeff"  # before the first column's name Excel reads UTF-8 as what it is, and other programs may stumble
SECRET: Final[tuple[type[Any], ...]] = (Pairing,)  # proves this server to an extension: never in a file


def as_csv(store: Store, visible: logs.Visible, applications: Iterable[Application] = (), *, bom: bool = False) -> str:
    """The log as a table, newest first: RFC 4180, UTF-8, times in RFC 3339, no cell that a spreadsheet calculates.

    Company and role are those of the `applications`, as the pages show them.
    """
    rows = []
    for line in named(logs.log(store, visible), applications):
        kept = store.get(Judged, record_key(line.mailbox, line.message_id))
        told = store.get(ByHand, line.message_id) if kept and kept.model == BY_HAND else None
        rows.append(_cells(line, kept, str(told.way) if told else BY_MAIL))
    return (BOM if bom else "") + csv_text(COLUMNS, rows)


def as_json(store: Store, rows: Rows, now: datetime, program: str) -> str:
    """Everything that is kept, in one document that `import` takes back whole; no secret in it."""
    return json_text(stamp(now), program, tables(store, rows))


def tables(store: Store, rows: Rows) -> dict[str, list[dict[str, Any]]]:
    """Every record that may leave the program, by the name of its table, as it stood at one moment."""
    kinds = {name: kind for name, kind in rows.kinds().items() if kind not in SECRET}
    names = {kind: name for name, kind in kinds.items()}
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in kinds}
    for record in store.at_once(kinds.values()):
        found[names[type(record)]].append(rows.to_row(record))
    return found


def stamp(moment: datetime) -> str:
    """RFC 3339, UTC, exact to what the moment holds."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _cells(line: logs.LogLine, kept: Judged | None, way: str) -> list[str]:
    sender = kept.sender if kept else None
    values = {
        "received": stamp(line.received),
        "company": line.company or "",
        "role": line.role or "",
        "reason": line.reason or "",
        "hold": "yes" if line.hold else "",
        "state": line.state,
        "contact_name": sender.name if sender else "",
        "contact_address": sender.address if sender else "",
        "subject": kept.subject if kept else "",
        "evidence": BETWEEN.join(text for span in line.evidence if (text := " ".join(span.text.split()))),
        "language": kept.language if kept else "",
        "score": "" if line.score is None else repr(line.score),
        "band": line.band,
        "logged": stamp(line.logged),
        "mailbox": line.mailbox,
        "message_id": line.message_id,
        "thread_id": line.thread_id,
        "way": way,
    }
    return [str(values[column]).encode("utf-8", "replace").decode().replace("\0", "") for column in COLUMNS]
