"""The Applications page: looking through them and putting them right. Its forms work without any script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from http import HTTPStatus

from flask import Blueprint, render_template, request
from flask import redirect as _redirect
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer

from server import __version__
from server.domain.application import Stage, Way
from server.errors import ClassActError, UsageError
from server.services.applications import Applications
from server.services.by_hand import News, What
from server.services.desk import Desk
from server.texts import _
from server.web import application_views, views

Form = MultiDict[str, str]
PATH = "/applications"


def blueprint(desk: Desk) -> Blueprint:
    """The page and its one door."""
    pages = Blueprint("applications", __name__)

    def shown(wrong: ClassActError | None = None) -> str:
        nav = views.Nav("applications", len(desk.review()), desk.is_demo, __version__, "")
        page = application_views.page(desk, request.args, request.form if wrong else None)
        return render_template("applications.html", nav=nav, page=page, wrong=wrong)

    @pages.get(PATH)
    def applications() -> str:
        return shown()

    @pages.post(PATH)
    def change() -> Answer | tuple[str, int]:
        """Do what the form says, then show the page anew; what makes no sense is said on it, with what was typed."""
        try:
            done = _DOES.get(request.form.get("do", ""), _nothing)(desk.applications, request.form)
        except ClassActError as error:
            return shown(error), error.http_status
        query = f"?{request.query_string.decode('ascii', 'ignore')}" if request.query_string else ""
        return _redirect(f"{PATH}{query}#{done}", HTTPStatus.SEE_OTHER)

    return pages


def _nothing(_work: Applications, _form: Form) -> str:
    raise UsageError(_("That request makes no sense here."), _("Use the buttons of the page."))


def _merge(work: Applications, form: Form) -> str:
    return f"a-{work.merge(form.getlist('id')).id}"


def _mark(work: Applications, form: Form) -> str:
    """Stage or outcome of all that are ticked; what was not chosen stays as it is."""
    chosen = {name: form.get(name) or None for name in ("stage", "outcome")}
    return f"a-{work.edit(form.getlist('id'), **chosen)[0].id}"


def _edit(work: Applications, form: Form) -> str:
    said = {name: form[name] for name in ("company", "role", "stage", "outcome", "note") if name in form}
    one = work.of(form.get("id", ""))
    told = work.said_of(one)
    same = {"company": one.company or "", "role": one.role or "", "note": one.note}
    same |= {"stage": told.stage or "", "outcome": told.outcome or ""}
    changed = {name: value for name, value in said.items() if same[name] != value.strip().replace("\r\n", "\n")}
    if not changed:
        raise UsageError(_("Nothing was changed."), _("Change a field first."))
    return f"a-{work.edit([one.id], **changed)[0].id}"


def _split(work: Applications, form: Form) -> str:
    return f"a-{work.split(form.getlist('message')).id}"


def _place(work: Applications, form: Form) -> str:
    if "to" not in form:
        raise UsageError(_("Nothing was chosen."), _("Choose where the mail belongs."))
    return f"a-{work.place(form.get('message', ''), form.get('to', '')).id}"


def _add(work: Applications, form: Form) -> str:
    given = {name: form.get(name, "") for name in ("company", "role", "person", "address", "note")}
    try:
        day = date.fromisoformat(form["day"]) if form.get("day") else None
        news = News(
            what=What(form.get("what", What.NO)),
            way=Way(form.get("way", Way.OTHER)),
            stage=Stage(form["stage"]) if form.get("stage") else None,
            day=day,
            **given,
        )
    except ValueError as error:
        raise UsageError(
            _("A field makes no sense."), _("Give the day as YYYY-MM-DD, and choose from the lists.")
        ) from error
    row = work.add(news)
    return f"a-{found.id}" if (found := work.board().of(row.message_id)) else "unsure"


def _undo(work: Applications, _form: Form) -> str:
    work.undo()
    return "done"


_DOES: dict[str, Callable[[Applications, Form], str]] = {
    "merge": _merge,
    "mark": _mark,
    "edit": _edit,
    "split": _split,
    "place": _place,
    "add": _add,
    "undo": _undo,
}
