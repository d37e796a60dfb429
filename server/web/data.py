"""The page Your data: what is kept and where, and files of it to take away."""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Final

from flask import Blueprint, Response, render_template, request

from server import __version__
from server.domain.model import Correction, OutboxItem, OutboxState
from server.services.desk import Desk
from server.services.keeping import Keeping
from server.texts import _, ngettext
from server.web import views

_TYPES: Final = {
    "csv": "text/csv; charset=utf-8; header=present",  # RFC 4180, section 3
    "json": "application/json",
    "ics": "text/calendar; charset=utf-8",
    "zip": "application/zip",
}


def blueprint(desk: Desk, keeping: Keeping) -> Blueprint:
    """The page and its files."""
    pages = Blueprint("data", __name__)

    @pages.get("/data")
    def data() -> str:
        page = SimpleNamespace(folder=keeping.home, counts=_counts(desk), is_demo=desk.is_demo)
        nav = views.Nav("data", len(desk.review()), desk.is_demo, __version__, "")
        return render_template("data.html", nav=nav, page=page)

    @pages.get("/data/log.csv")
    def table() -> Response:
        return _file(keeping, "csv", keeping.export("csv", bom="excel" in request.args).encode("utf-8", "replace"))

    @pages.get("/data/everything.json")
    def everything() -> Response:
        return _file(keeping, "json", keeping.export("json").encode("utf-8", "replace"))

    @pages.get("/data/reminders.ics")
    def reminders() -> Response:
        return _file(keeping, "ics", keeping.export("ics").encode("utf-8", "replace"))

    @pages.get("/data/backup.zip")
    def backup() -> Response:
        with tempfile.TemporaryDirectory(prefix="classact-") as folder:
            target = Path(folder) / "backup.zip"
            keeping.back_up(target)
            return _file(keeping, "zip", target.read_bytes())

    return pages


def _file(keeping: Keeping, kind: str, content: bytes) -> Response:
    """A file to save, named after what it is and the day."""
    what = {"csv": "log", "json": "everything", "ics": "reminders", "zip": "backup"}[kind]
    answer = Response(content, content_type=_TYPES[kind])
    name = f"classact-{what}-{keeping.clock.now():%Y-%m-%d}.{kind}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _counts(desk: Desk) -> list[str]:
    """What is kept, in words; what is not there is not counted out."""
    visible = desk.visible
    letters = sum(item.state is OutboxState.SENT and visible(item.mailbox) for item in desk.store.all(OutboxItem))
    corrections = sum(visible(one.mailbox) for one in desk.store.all(Correction))
    found = (
        (len(desk.log()), ngettext("%(count)d mail that said no", "%(count)d mails that said no", len(desk.log()))),
        (
            len(desk.review()),
            ngettext("%(count)d that waits for you", "%(count)d that wait for you", len(desk.review())),
        ),
        (letters, ngettext("%(count)d letter you sent", "%(count)d letters you sent", letters)),
        (corrections, ngettext("%(count)d correction", "%(count)d corrections", corrections)),
    )
    return [words % {"count": count} for count, words in found if count] or [_("Nothing yet")]
