"""The pages a seeker looks at: signing in, the log, what waits for a yes or no; and what their buttons ask for."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from types import SimpleNamespace

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from server import __version__
from server.errors import Forbidden, NotFound
from server.services.background import Background
from server.services.desk import Desk
from server.texts import _
from server.web import after, after_views, asked, entries, operations, people, phrases, reach, views, waiting
from server.web.guard import Guard

_BUTTONS = ("correct", "send", "undo", "settle", "remind", "remind_undo")  # what the buttons of these pages may ask for


def blueprint(desk: Desk, guard: Guard, background: Background) -> Blueprint:
    """The pages over these parts."""
    pages = Blueprint("dashboard", __name__)
    parts = operations.Parts(desk, background)
    pages.add_app_template_filter(phrases.commands, "commands")
    pages.add_app_template_filter(phrases.date_of, "date")
    _add_sign_in(pages, guard)
    after.add_pages(pages, desk, lambda at: _nav(parts, at))
    people.add_pages(pages, desk, lambda at: _nav(parts, at))

    @pages.get("/")
    def log() -> str:
        return render_template("log.html", nav=_nav(parts, "log"), page=_log_page(desk, background))

    @pages.get("/review")
    def review() -> str:
        return render_template("review.html", nav=_nav(parts, "review"), page=_review_page(desk))

    @pages.get("/steps")
    def steps() -> str:
        return render_template("steps.html", nav=_nav(parts, "steps"))

    @pages.post("/ui/status")
    def status() -> Response:
        """How the scan stands, in a sentence, and a stamp that changes when the pages would."""
        now = views.progress(desk, background)
        return jsonify(
            {"busy": now.busy, "words": now.words, "seen": now.seen, "total": now.total, "stamp": _stamp(parts)}
        )

    @pages.post("/ui/<op>")
    def press(op: str) -> Response:
        if op not in _BUTTONS:
            raise NotFound(_("There is nothing at this address."), _("Go back to the start page."))
        return jsonify(operations.carry_out(parts, op, request.get_json()))

    return pages


def _add_sign_in(pages: Blueprint, guard: Guard) -> None:
    @pages.get("/in/<link>")
    def sign_in(link: str) -> Answer:
        if request.method == "HEAD":  # a preview of the link must not use it up
            return Response(status=HTTPStatus.NO_CONTENT)
        session = guard.sessions.sign_in(link)
        if session is None:
            raise Forbidden(
                _("This sign-in link has been used, or belongs to an earlier start."),
                _("A fresh one is printed at each start: stop Class Act with Ctrl+C, then run `classact run` again."),
            )
        answer = redirect("/", HTTPStatus.SEE_OTHER)
        answer.set_cookie(guard.sessions.cookie, session, httponly=True, samesite="Strict", path="/")
        return answer


def _nav(parts: operations.Parts, at: str) -> views.Nav:
    return views.Nav(at, len(parts.desk.review()), parts.desk.is_demo, __version__, _stamp(parts))


def _log_page(desk: Desk, background: Background) -> SimpleNamespace:
    months = entries.months(desk)
    return SimpleNamespace(
        is_demo=desk.is_demo,
        accounts="" if desk.is_demo else views.accounts(desk),
        problems=views.problems(desk, background),
        progress=views.progress(desk, background),
        letters=waiting.letters(desk),
        replies=after_views.replies(desk),
        due=after_views.due(desk),
        months=months,
        summary=views.log_summary(months),
        reach=reach.in_short(desk),
    )


def _review_page(desk: Desk) -> SimpleNamespace:
    questions = asked.questions(desk)
    return SimpleNamespace(
        questions=questions,
        summary=views.review_summary(len(questions)),
        holds=entries.holds(desk),
        unread=entries.unread(desk),
    )


def _stamp(parts: operations.Parts) -> str:
    """Changes whenever a page would show something else, so that it is fetched again only then."""
    desk = parts.desk
    states = [
        *((line.message_id, line.state, line.company, line.role) for line in desk.log()),
        *(row.message_id for row in desk.review()),
        *((letter.id, letter.words, letter.until) for letter in waiting.letters(desk)),
        *(problem["error"] for problem in views.problems(desk, parts.background)),
        *after_views.stamp(desk),
        getattr(desk.applications.last_change(), "id", ""),
        reach.in_short(desk),
        desk.is_demo,
        views.progress(desk, parts.background).busy,
    ]
    return hashlib.sha256(repr(states).encode()).hexdigest()[:16]
