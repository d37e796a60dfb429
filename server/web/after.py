"""The pages of what comes after a letter: reminders and the journal, and what their buttons ask for."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from flask import Blueprint, Response, jsonify, render_template, request

from server.services.after import draft_thanks
from server.services.desk import Desk
from server.web import after_shapes, after_views, operations, views


def add_pages(pages: Blueprint, desk: Desk, nav: Callable[[str], views.Nav]) -> None:
    """The pages and their doors, beside the log; `nav` makes the links at the top."""

    @pages.get("/reminders")
    def reminders() -> str:
        desk.reminders.refresh()
        after_views.due(desk)
        page = SimpleNamespace(reminders=after_views.reminders(desk))
        return render_template("reminders.html", nav=nav("reminders"), page=page)

    @pages.get("/journal")
    def journal() -> str:
        days, more = after_views.journal_days(desk)
        return render_template("journal.html", nav=nav("journal"), page=SimpleNamespace(days=days, more=more))

    @pages.post("/ui/reminder")
    def reminder() -> Response:
        asked = operations.checked(after_shapes.ReminderRequest, request.get_json())
        if asked.action == "snooze":
            changed = desk.reminders.snooze(asked.id, asked.days)
        else:
            changed = (desk.reminders.done if asked.action == "done" else desk.reminders.remove)(asked.id)
        answer = after_shapes.ReminderAnswer.of(changed, desk.clock.now())
        return jsonify(answer.model_dump(mode="json"))

    @pages.post("/ui/thank")
    def thank() -> Response:
        asked = operations.checked(after_shapes.ThankRequest, request.get_json())
        item = draft_thanks(desk, asked.message_id)
        return jsonify({"outbox_id": item.id, "draft_id": item.draft_id, "state": item.state})
