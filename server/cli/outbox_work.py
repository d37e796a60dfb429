"""The outbox as commands: what they do at the desk, and what they print."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from server.console import Console
from server.domain.model import OutboxItem, OutboxState
from server.errors import NotFound
from server.services import settling
from server.services.desk import Desk
from server.texts import _
from server.web import shapes_letters, waiting

_ENDED = {
    OutboxState.UNDONE: _("Taken back. The letter is still a draft."),
    OutboxState.SENT: _("It went."),
    OutboxState.UNKNOWN: _("It is not known whether it went. Class Act looks for it in your mailbox."),
    OutboxState.DRAFTED: _("It is a draft; nothing was sent."),
}


def outbox(desk: Desk, console: Console, *, action: str = "", about: str = "", as_json: bool = False) -> int:
    """List the letters that wait or are on their way; or take one back, or note how it ended, and show it."""
    if not action:
        letters = waiting.letters(desk)
        if as_json:
            console.out(_json([_answer(desk.outbox.item(letter.id)) for letter in letters]))
        for line in () if as_json else _lines(letters):
            console.out(line)
        return 0
    try:
        item = _changed(desk, action, about)
    except NotFound as error:
        raise NotFound(str(error), _("Run `classact outbox` to see the letters on their way.")) from error
    console.out(_json(_answer(item)) if as_json else _ENDED.get(item.state, item.problem or _("It is on its way.")))
    return 0 if _is_done(action, item) else 1


def _changed(desk: Desk, action: str, outbox_id: str) -> OutboxItem:
    if action == "undo":
        return desk.outbox.undo(outbox_id)
    if action == "take_back":
        return settling.take_back(desk.outbox, outbox_id)
    return settling.settle(desk.outbox, outbox_id, went=action == "went")


def _is_done(action: str, item: OutboxItem) -> bool:
    """Whether the letter stands as was asked for: an undo may come too late, and the mailbox may know better."""
    asked = {
        "undo": OutboxState.UNDONE,
        "went": OutboxState.SENT,
        "did_not_go": OutboxState.FAILED,
        "take_back": OutboxState.UNKNOWN,
    }
    return item.state is asked[action]


def _lines(letters: Sequence[waiting.WaitingLetter]) -> Iterator[str]:
    if not letters:
        yield _("No letter waits or is on its way.")
    for one in letters:
        yield f"{one.id}  {' · '.join(filter(None, (one.title, one.company)))}"
        yield "    " + (one.words or _("It goes out in a few seconds. You can still take it back."))
        if one.can_undo:
            yield "    " + _("classact outbox undo %(id)s") % {"id": one.id}
        if one.can_settle:
            yield "    " + _("classact outbox settle %(id)s --went, or --did-not-go") % {"id": one.id}


def _answer(item: OutboxItem) -> dict[str, object]:
    return shapes_letters.Letter.of(item).model_dump(mode="json")


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False)
