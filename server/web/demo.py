"""The demo inbox: a mail page over the sample mailbox that carries the extension's own card, with no account at all."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, current_app, g, jsonify, request, send_from_directory
from jinja2 import Environment, PackageLoader

from server import __version__
from server.errors import NotFound
from server.ports import Mailbox
from server.services.background import Background
from server.services.desk import SAMPLE, Desk
from server.texts import _, ngettext
from server.web import inbox, operations
from server.web.phrases import commands
from server.web.views import Nav

_SHOWN = re.compile(r"content/[\w-]+\.js|_locales/\w+/messages\.json|icons/[\w.-]+")


@dataclass(frozen=True, slots=True)
class Hint:
    """A mail to begin with, and why."""

    message_id: str
    title: str
    why: str


# Mails of server/sample/mailbox.mbox; a page without them shows no hints.
_HINTS = (
    Hint("1a00262b1a48c8fe", _("Kettleback"), _("after a talk, from the founder")),
    Hint("1a0112aacdc5160f", _("Dovecote Payments"), _("a form mail from an address that nobody reads")),
    Hint("19f9f1a027dda400", _("Wardwell Health"), _("no reply possible, but you have met the interviewer")),
)


def blueprint(desk: Desk, background: Background) -> Blueprint:
    """The page, the card's way to ask, and the card's own files."""
    pages = Blueprint("demo", __name__)
    parts = operations.Parts(desk, background)

    @pages.get("/demo")
    def show() -> str:
        _check_demo(desk)
        can_connect = bool(current_app.jinja_env.globals.get("can_connect"))
        nav = _nav(len(desk.review()))
        return render_demo(desk.open_mailbox(SAMPLE), card=True, csrf=g.csrf, nav=nav, can_connect=can_connect)

    @pages.post("/demo/api/<op>")
    def ask(op: str) -> Response:
        _check_demo(desk)
        return jsonify(operations.carry_out(parts, op, request.get_json()))

    @pages.get("/extension/<path:path>")
    def extension_file(path: str) -> Response:
        if not _SHOWN.fullmatch(path):
            raise NotFound(_("There is nothing at this address."), _("Go back to the start page."))
        return send_from_directory(extension_folder(), path)

    return pages


def _nav(review: int = 0) -> Nav:
    return Nav("demo", review, is_demo=True, version=__version__, stamp="")


def render_demo(
    mailbox: Mailbox, *, card: bool, csrf: str = "", nav: Nav | None = None, can_connect: bool = False
) -> str:
    """The page over a mailbox, with Gmail's attributes on it; all mail as text.

    With `card` it loads the extension's content scripts itself and needs the session's `csrf`; without, it is a page
    for the installed extension to work on. It needs /static/tokens.css, app.css and demo/, and no Flask context.
    """
    threads = inbox.threads(mailbox)
    known = {mail.id for thread in threads for mail in thread.mails}
    return (
        _templates()
        .get_template("demo.html")
        .render(
            threads=threads,
            address=mailbox.address,
            scripts=content_scripts() if card else [],
            card=card,
            csrf=csrf,
            nav=nav or _nav(),
            can_connect=can_connect,
            hints=[hint for hint in _HINTS if hint.message_id in known],
        )
    )


def extension_folder() -> Path:
    """The extension as the wheel carries it, or as the repository has it."""
    packaged = Path(__file__).parent / "extension"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "extension"


def content_scripts() -> list[str]:
    """The content scripts in the order in which the manifest loads them."""
    manifest = json.loads((extension_folder() / "manifest.json").read_text(encoding="utf-8"))
    return [name for group in manifest["content_scripts"] for name in group["js"]]


def _check_demo(desk: Desk) -> None:
    if not desk.is_demo:
        raise NotFound(
            _("The demo inbox is closed while a Google account is connected."),
            _("Your rejections are in the log. `classact run --demo` opens the sample mailbox again."),
        )


@cache
def _templates() -> Environment:
    """The templates without Flask, so that the page can be made outside a request."""
    environment = Environment(loader=PackageLoader("server.web"), autoescape=True, extensions=["jinja2.ext.i18n"])
    environment.install_gettext_callables(_, ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.filters["commands"] = commands
    return environment
