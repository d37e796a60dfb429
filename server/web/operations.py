"""What the card, the popup and the pages ask for, once: a checked request in, JSON values out.

The extension reaches these through /api/v1, the demo inbox and the dashboard through their own guarded doors.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar

from pydantic import ValidationError

from server import __version__
from server.domain.connection import worst
from server.errors import ClassActError, NotFound, UsageError
from server.services import one_click, settling
from server.services.background import Background
from server.services.connect import standings
from server.services.desk import Desk
from server.services.own_lines import kept_line
from server.services.taking_back import Said, corrected
from server.texts import _
from server.web import (
    after_shapes,
    phrases,
    shapes,
    shapes_card,
    shapes_letters,
    shapes_messages,
    shapes_sending,
    waiting,
)
from server.web.log_lines import LogLines

Answer = dict[str, Any]
S = TypeVar("S", bound=shapes.Request)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the operations work on."""

    desk: Desk
    background: Background
    lines: LogLines = field(default_factory=LogLines)


def message(parts: Parts, body: shapes_messages.MessageRequest) -> Answer:
    """The verdict on one message, judged now if need be, under the names of its application."""
    desk = parts.desk
    view = desk.view(body.message_id, body.sender)
    reminder, called = desk.reminders.of(view.row), desk.applications.called(view.row)
    answer = shapes_card.CardAnswer(
        **shapes_messages.MessageAnswer.of(view).model_dump() | {"company": called.company, "role": called.role},
        specific=kept_line(desk.store, desk.applications, view.row),
        reminder=after_shapes.ReminderAnswer.of(reminder, desk.clock.now()) if reminder else None,
    )
    return answer.model_dump(mode="json")


def suggest(parts: Parts, body: shapes_letters.SuggestRequest) -> Answer:
    """A letter, to whom, or why not."""
    suggestion = parts.desk.suggest(
        body.message_id, body.kind, tone=body.tone, language=body.language, to=body.to, specific=body.specific
    )
    return shapes_letters.SuggestionAnswer.of(suggestion).model_dump(mode="json")


def draft(parts: Parts, body: shapes_letters.DraftRequest) -> Answer:
    """Save the letter as a draft in its thread; again, to replace it. `warnings` hold nothing back."""
    item, findings = parts.desk.checked_draft(body.message_id, body.kind, body.to, body.subject, body.body)
    warnings = [asdict(finding) for finding in findings]
    until = item.undo_until.isoformat() if item.undo_until else None
    stands = {"outbox_id": item.id, "state": item.state, "undo_until": until}
    return {"draft_id": item.draft_id, "revision": item.revision, **stands, "warnings": warnings}


def send_suggested(parts: Parts, body: shapes_sending.SendSuggestedRequest) -> Answer:
    """One click: hold the letter that was shown, or say why it should be read first."""
    shown = one_click.Shown(body.to, body.subject, body.body)
    pressed = one_click.send_suggested(parts.desk, body.message_id, body.kind, shown)
    return shapes_sending.PressedAnswer.of(pressed).model_dump(mode="json")


def send(parts: Parts, body: shapes_letters.SendRequest) -> Answer:
    """Hold the letter for the undo window, then send it once."""
    item = parts.desk.send(body.draft_id, body.revision, confirmed=body.confirmed)
    until = item.undo_until.isoformat() if item.undo_until else None
    stands = {"outbox_id": item.id, "state": item.state, "undo_until": until, "problem": item.problem}
    return {"draft_id": item.draft_id, "revision": item.revision, **stands}  # another draft, if that one was lost


def undo(parts: Parts, body: shapes_letters.OutboxRequest) -> Answer:
    """Take a held letter back; the state says whether that came in time."""
    return {"state": parts.desk.outbox.undo(body.outbox_id).state}


def outbox(parts: Parts, body: shapes_letters.OutboxRequest) -> Answer:
    """How a letter stands."""
    return shapes_letters.Letter.of(parts.desk.outbox.item(body.outbox_id)).model_dump(mode="json")


def settle(parts: Parts, body: shapes_card.SettleRequest) -> Answer:
    """The seeker says how a letter in doubt ended, or takes that back. Nothing is sent by it."""
    box = parts.desk.outbox
    if body.said == "take_back":
        item = settling.take_back(box, body.outbox_id)
    else:
        item = settling.settle(box, body.outbox_id, went=body.said == "went")
    return shapes_letters.Letter.of(item).model_dump(mode="json")


def correct(parts: Parts, body: shapes_messages.CorrectRequest) -> Answer:
    """The seeker overrules a verdict, a company or a role, or takes that verdict back."""
    desk = parts.desk
    said = Said(body.is_rejection, body.company, body.role, body.take_back)
    row = corrected(desk, body.message_id, said)
    return shapes_messages.correction_answer(row, desk.view(body.message_id).state)


def remind(parts: Parts, body: after_shapes.RemindRequest) -> Answer:
    """Put the letter off until nine in the morning; the answer says when it comes."""
    desk = parts.desk
    made = desk.reminders.remind(desk.view(body.message_id).row, body.days)
    answer = after_shapes.ReminderAnswer.of(made, desk.clock.now()).model_dump()
    words = phrases.reminded_on(made.due.astimezone(desk.reminders.zone()))
    return shapes_card.RemindAnswer(**answer, words=words).model_dump(mode="json")


def remind_undo(parts: Parts, body: shapes_card.RemindUndoRequest) -> Answer:
    """Take the last putting off of a letter back."""
    desk = parts.desk
    left = desk.reminders.take_back(desk.view(body.message_id).row)
    reminder = after_shapes.ReminderAnswer.of(left, desk.clock.now()) if left else None
    return shapes_card.RemindUndoAnswer(reminder=reminder).model_dump(mode="json")


def scan(parts: Parts, body: shapes_messages.ScanRequest) -> Answer:
    """One pass over what is new; answers when it is done."""
    desk = parts.desk
    names = [body.mailbox] if body.mailbox else desk.mailboxes()
    return shapes_messages.scan_totals([desk.scan(name) for name in names])


def log(parts: Parts, body: shapes.Nothing) -> Answer:  # noqa: ARG001 - the shape refuses unknown fields
    """The logged rejections and what waits for a yes or no."""
    desk = parts.desk
    due = desk.reminders.due()
    desk.reminders.note_shown(due)
    answer = shapes_messages.LogAnswer(
        rejections=parts.lines.told(desk),
        review=[shapes_messages.review_line(row) for row in desk.review()],
        letters=[shapes_sending.waiting(letter) for letter in waiting.letters(desk)],
        reminders=[after_shapes.ReminderAnswer.of(one, desk.clock.now()).model_dump(mode="json") for one in due],
    )
    return answer.model_dump(mode="json")


def status(parts: Parts, body: shapes.Nothing) -> Answer:  # noqa: ARG001
    """Which mailboxes are open, and how the scans stand."""
    desk, scans = parts.desk, parts.desk.scans()
    accounts, model = standings(desk), parts.background.model_state()
    return {
        "version": __version__,
        "mode": "demo" if desk.is_demo else "connected",
        "mailboxes": desk.mailboxes(),
        "scanning": any(scan.running for scan in scans),
        "model": model,
        "model_version": desk.classifier.version if model == "ready" else "",
        "connection": asdict(worst(accounts)),
        "accounts": [asdict(account) for account in accounts if account.address],
        "rejections": len(desk.log()),
        "review": len(desk.review()),
        "scans": [
            {
                "mailbox": scan.mailbox,
                "running": scan.running,
                "total": scan.total,
                "report": shapes_messages.scan_totals([scan.report]),
                "error": _problem(scan.error),
            }
            for scan in scans
        ],
    }


# The operations that pages of our own origin may ask for by name, with the shape of each request.
OPERATIONS: dict[str, tuple[type[shapes.Request], Callable[[Parts, Any], Answer]]] = {
    "message": (shapes_messages.MessageRequest, message),
    "suggest": (shapes_letters.SuggestRequest, suggest),
    "draft": (shapes_letters.DraftRequest, draft),
    "send": (shapes_letters.SendRequest, send),
    "send_suggested": (shapes_sending.SendSuggestedRequest, send_suggested),
    "undo": (shapes_letters.OutboxRequest, undo),
    "outbox": (shapes_letters.OutboxRequest, outbox),
    "settle": (shapes_card.SettleRequest, settle),
    "correct": (shapes_messages.CorrectRequest, correct),
    "remind": (after_shapes.RemindRequest, remind),
    "remind_undo": (shapes_card.RemindUndoRequest, remind_undo),
    "status": (shapes.Nothing, status),
    "log": (shapes.Nothing, log),
}


def carry_out(parts: Parts, name: str, asked: object) -> Answer:
    """The named operation on a request as it came in.

    Raises NotFound for a name that is none, UsageError naming the fields that make no sense, and what the operation
    raises.
    """
    if name not in OPERATIONS:
        raise NotFound(_("There is nothing at this address."), _("Go back to the start page."))
    shape, work = OPERATIONS[name]
    return work(parts, checked(shape, asked))


def checked(shape: type[S], asked: object) -> S:
    """The request in its shape; raises UsageError naming the fields that make no sense."""
    try:
        return shape.model_validate(asked)
    except ValidationError as error:
        raise senseless(error) from error


def senseless(error: ValidationError) -> UsageError:
    """The error for a request whose fields make no sense; it names the fields and none of their values."""
    fields = ", ".join(".".join(str(step) for step in problem["loc"]) or "body" for problem in error.errors())
    return UsageError(
        _("That request makes no sense here: %(fields)s.") % {"fields": fields}, _("Check these fields and try again.")
    )


def _problem(error: ClassActError | None) -> dict[str, str] | None:
    return {"error": str(error), "hint": error.hint, "code": error.code} if error else None
