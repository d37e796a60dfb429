"""The Connect page: each step to one's own Gmail with how it stands, and what its buttons ask for."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from types import SimpleNamespace
from typing import Final

from flask import Blueprint, Response, jsonify, render_template, request

from server import __version__
from server.domain.connection import ConnectionState, api_page
from server.errors import ClassActError, UsageError
from server.services.connect import Connecting, Step, standings
from server.services.desk import Desk
from server.texts import _
from server.web import labelling, operations, reach, shapes, views

CONSOLE: Final = "https://console.cloud.google.com"
GRANTS: Final = "https://myaccount.google.com/connections"


class ClientRequest(shapes.Request):
    """A client file as the browser read it."""

    name: str
    content: str


class BeginRequest(shapes.Request):
    """What to ask Google for: "" is reading alone. `hint`: the address to offer first."""

    more: str = ""
    hint: str = ""


class AccountRequest(shapes.Request):
    """Which account."""

    address: str


def blueprint(desk: Desk, connecting: Connecting) -> Blueprint:
    """The page and its doors."""
    pages = Blueprint("connect", __name__)

    @pages.get("/connect")
    def connect() -> str:
        page = _page(desk, connecting)
        stamp = _stamp(desk, connecting)
        nav = views.Nav("connect", len(desk.review()), desk.is_demo, __version__, stamp)
        return render_template("connect.html", nav=nav, page=page)

    @pages.post("/ui/connect-status")
    def status() -> Response:
        """Whether a sign-in waits, and a stamp that changes when the page would."""
        return jsonify({"waiting": connecting.attempt.step is Step.WAITING, "stamp": _stamp(desk, connecting)})

    @pages.post("/ui/connect-client")
    def client() -> Response:
        asked = operations.checked(ClientRequest, request.get_json())
        info = connecting.accounts.keep_client(asked.content.encode("utf-8", "replace"), asked.name[:200])
        return jsonify(asdict(info))

    @pages.post("/ui/connect-begin")
    def begin() -> Response:
        asked = operations.checked(BeginRequest, request.get_json())
        if asked.more not in ("", "drafts", "labels"):
            raise UsageError(_("There is no such permission."), _("Reload the page and try again."))
        return jsonify({"url": connecting.begin(asked.more, asked.hint[:320])})

    @pages.post("/ui/connect-cancel")
    def cancel() -> Response:
        connecting.cancel()
        return jsonify({})

    @pages.post("/ui/connect-end")
    def end() -> Response:
        asked = operations.checked(AccountRequest, request.get_json())
        return jsonify({"revoked": connecting.disconnect(asked.address)})

    return pages


def _page(desk: Desk, connecting: Connecting) -> SimpleNamespace:
    accounts = connecting.accounts
    links = accounts.links()
    attempt, how = connecting.attempt, {one.address: one for one in standings(desk)}
    client, wrong = None, None
    try:
        client = accounts.client()
    except ClassActError as error:
        wrong = error
    project = (client.project or client.number) if client else ""
    api_off = _code(attempt.error) == "api_not_enabled" or any(
        one.state is ConnectionState.API_NOT_ENABLED for one in how.values()
    )
    return SimpleNamespace(
        links=[(link, how.get(link.address)) for link in links],
        place=accounts.place(),
        client=client,
        project=project,
        client_wrong=wrong if _code(wrong) == "client_file" else None,
        attempt=attempt,
        waiting=attempt.step is Step.WAITING,
        unpublished=[link for link in links if link.until is not None],
        api_off=api_off,
        api_url=api_page(project),
        urls=_urls(project),
        grants=GRANTS,
        tidy=labelling.standings(desk),
        reach=reach.of_accounts(desk),
        periods=reach.PERIODS,
    )


def _urls(project: str) -> dict[str, str]:
    """The console's pages, those of the project once it is known."""
    query = f"?project={project}" if project else ""
    return {
        "project": f"{CONSOLE}/projectcreate",
        "audience": f"{CONSOLE}/auth/audience{query}",
        "client": f"{CONSOLE}/auth/clients/create{query}",
    }


def _stamp(desk: Desk, connecting: Connecting) -> str:
    """Changes whenever the page would show something else."""
    page = _page(desk, connecting)
    attempt = (page.attempt.step, page.attempt.url, str(page.attempt.error))
    steps = (page.links, page.place, page.client, str(page.client_wrong), attempt, page.api_off)
    shown = repr((steps, page.tidy, page.reach))
    return hashlib.sha256(shown.encode("utf-8", "replace")).hexdigest()[:16]


def _code(error: ClassActError | None) -> str:
    return error.code if error else ""
