"""Whether a real Gmail does what we assume, tried on drafts to oneself: made, read, changed and deleted, never sent.

docs/gmail-assumptions.md lists every assumption; those that need a sent letter, a full quota or an administrator are
not tried here.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import compat32
from typing import Any, Final, Protocol

from server.domain.compose import LETTER_ID_HEADER, letter_bytes
from server.domain.model import Contact, Letter
from server.domain.observing import REFUSED, Answer
from server.errors import ClassActError
from server.ports import Clock
from server.texts import _

_OK, _GONE = 200, 404
_UNKNOWN: Final = "1111111111111111"  # an id that no message has
_FAR: Final = 10**15  # added to a history id: one that is not reached for long
_TRIES, _PAUSE = 6, 2.0  # looks for a draft in the search, and seconds between them: its index may lag behind


class Probe(Protocol):
    """Calls to one account. Raises ClassActError when an answer says nothing about Gmail: no line, no permission."""

    def profile(self) -> Answer:
        """users.getProfile."""

    def create(self, content: bytes, thread_id: str = "") -> Answer:
        """drafts.create."""

    def update(self, draft_id: str, content: bytes, thread_id: str = "") -> Answer:
        """drafts.update, for a draft made by this probe."""

    def draft(self, draft_id: str) -> Answer:
        """drafts.get, raw."""

    def delete(self, draft_id: str) -> Answer:
        """drafts.delete, for a draft made by this probe; Refused for any other."""

    def history(self, start: int) -> Answer:
        """history.list."""

    def search(self, query: str) -> Answer:
        """messages.list with a query."""

    def batch(self, message_ids: Sequence[str]) -> Mapping[str, Answer]:
        """messages.get of several in one request."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One assumption, and what was seen. `same` is None when it could not be told."""

    id: str
    assumed: str
    same: bool | None
    seen: str = ""


@dataclass
class SelfTest:
    """One run. The drafts that it made are deleted in the end, whatever happens; `left` holds those that were not."""

    probe: Probe
    clock: Clock
    wait: Callable[[float], None]
    left: list[str] = field(default_factory=list)

    def run(self) -> Iterator[Observation]:
        """Each observation as it is made. Raises ClassActError when the account cannot be asked at all."""
        try:
            yield from self._observed()
        finally:
            for draft_id in list(self.left):
                with suppress(ClassActError):  # `left` says so
                    if self.probe.delete(draft_id).status in (_OK, _GONE):
                        self.left.remove(draft_id)

    def _observed(self) -> Iterator[Observation]:
        profile = self.probe.profile().body
        start = str(profile.get("historyId", ""))
        yield _seen("history_id", _("An account has a history id, a number."), start.isdecimal())
        me, word = str(profile.get("emailAddress", "")), f"classactselftest{self.clock.now():%Y%m%d%H%M%S}"
        made = self._create(_letter(me, word, "first"))
        draft_id, first = made.body.get("id", ""), made.body.get("message", {})
        yield _seen("draft_made", _("drafts.create answers the draft's id and its message."), bool(draft_id and first))
        if not draft_id:
            return
        yield from self._kept(draft_id, word)
        yield from self._changed(draft_id, me, word)
        yield from self._threads(draft_id, me, word)
        yield from self._history(int(start) if start.isdecimal() else 0, draft_id)
        yield from self._found(word)
        yield from self._together(draft_id)
        yield from self._deleted(draft_id)

    def _create(self, content: bytes, thread_id: str = "") -> Answer:
        made = self.probe.create(content, thread_id)
        if made.body.get("id"):
            self.left.append(str(made.body["id"]))
        return made

    def _kept(self, draft_id: str, word: str) -> Iterator[Observation]:
        """What Gmail leaves of the headers of a draft."""
        message = self.probe.draft(draft_id).body.get("message", {})
        mail = message_from_bytes(_raw(message), policy=compat32)
        yield _seen("draft_label", _("A draft's message is labelled DRAFT."), "DRAFT" in message.get("labelIds", ()))
        kept = str(mail.get(LETTER_ID_HEADER, "")).strip() == f"{word}-first"
        yield _seen("x_header_kept", _("A draft keeps our X- header."), kept)
        same = f"{word}-first@" in str(mail.get("Message-ID", ""))
        words = _("kept") if same else _("replaced")
        yield Observation(
            "draft_message_id", _("Whether a draft keeps our Message-ID matters to nothing."), True, words
        )

    def _changed(self, draft_id: str, me: str, word: str) -> Iterator[Observation]:
        """What an edit changes."""
        before = self.probe.draft(draft_id).body.get("message", {})
        answer = self.probe.update(
            draft_id, _letter(me, word, "first", body="Changed."), str(before.get("threadId", ""))
        )
        after = self.probe.draft(draft_id).body.get("message", {})
        yield _seen("draft_id_stays", _("A draft keeps its id when it is edited."), answer.body.get("id") == draft_id)
        yield _seen("message_id_changes", _("An edited draft is another message."), after.get("id") != before.get("id"))
        self.probe.update(draft_id, _letter(me, word, "first", subject=f"{word} other"))
        moved = self.probe.draft(draft_id).body.get("message", {})
        other = moved.get("threadId") != after.get("threadId")
        yield _seen("thread_changes", _("With another subject a draft is in another thread."), other)

    def _threads(self, draft_id: str, me: str, word: str) -> Iterator[Observation]:
        """Where a draft goes that names a thread it does not belong to."""
        thread = str(self.probe.draft(draft_id).body.get("message", {}).get("threadId", ""))
        stranger = self._create(_letter(me, word, "second", subject=f"{word} stranger"), thread)
        there = stranger.body.get("message", {}).get("threadId")
        assumed = _("A thread's id without matching References and subject starts a thread of its own.")
        if stranger.status == _OK:
            yield _seen("thread_needs_references", assumed, there != thread)
        else:
            yield _status("thread_needs_references", assumed, stranger, _OK)
        unknown = self._create(_letter(me, word, "third"), _UNKNOWN)
        yield _status("unknown_thread", _("An unknown thread's id is refused with 404."), unknown, _GONE)

    def _history(self, start: int, draft_id: str) -> Iterator[Observation]:
        """What the history tells of a draft, and of ids that it does not have."""
        message = self.probe.draft(draft_id).body.get("message", {})
        page = self.probe.history(start)
        added = [one["message"] for change in page.body.get("history", ()) for one in change.get("messagesAdded", ())]
        mine = [one for one in added if one.get("id") == message.get("id")]
        yield _seen("history_names_drafts", _("The history names new messages with their labels."),
                    bool(mine) and "DRAFT" in mine[0].get("labelIds", ()))  # fmt: skip
        latest = int(page.body.get("historyId", 0) or 0)
        quiet = self.probe.history(latest)
        yield _seen("empty_left_out", _("An empty list is left out of an answer."), "history" not in quiet.body)
        future = self.probe.history(latest + _FAR)
        yield _status("future_history", _("A history id that is not reached yet is 404."), future, _GONE)

    def _found(self, word: str) -> Iterator[Observation]:
        """What the search finds of a draft whose subject begins with a word that no other mail has."""
        found = False
        for attempt in range(_TRIES):
            found = self._hits(f"in:drafts {word}")
            if found or attempt == _TRIES - 1:
                break
            self.wait(_PAUSE)
        if not found:
            yield Observation("search", _("A new draft is found by its words within seconds."), False, _("not found"))
            return
        yield _seen("search_case", _("Words are found whatever their case."), self._hits(f"in:drafts {word.upper()}"))
        yield _seen("search_braces", _("Braces mean OR."), self._hits(f"in:drafts {{{word} zzzclassactzzz}}"))
        yield _seen(
            "search_quotes", _("A phrase in quotes is found."), self._hits(f'in:drafts subject:"{word} stranger"')
        )
        yield _seen("search_whole", _("Words match whole."), not self._hits(f"in:drafts {word[:-3]}"))
        hidden = not self._hits(f"-in:drafts -in:chats {word}")
        yield _seen("search_hides_drafts", _("“-in:drafts -in:chats” leaves drafts out."), hidden)
        nothing = self.probe.search(f"{word}zzznothing")
        yield _seen("search_empty", _("A search without a hit has no list."), "messages" not in nothing.body)

    def _hits(self, query: str) -> bool:
        return bool(self.probe.search(query).body.get("messages"))

    def _together(self, draft_id: str) -> Iterator[Observation]:
        """A batch whose parts fare differently."""
        known = str(self.probe.draft(draft_id).body.get("message", {}).get("id", ""))
        answers = self.probe.batch([known, _UNKNOWN])
        yield _seen("batch_parts", _("In a batch each part has its own answer."), answers[known].status == _OK)
        yield _status("unknown_message", _("A message that is not there is 404."), answers[_UNKNOWN], _GONE)

    def _deleted(self, draft_id: str) -> Iterator[Observation]:
        self.probe.delete(draft_id)
        gone = self.probe.draft(draft_id)
        if gone.status == _GONE:
            self.left.remove(draft_id)
        yield _status("draft_gone", _("A deleted draft is 404."), gone, _GONE)


def _letter(me: str, word: str, name: str, *, subject: str = "", body: str = "") -> bytes:
    text = body or "This draft belongs to a self-test of Class Act. It is deleted again by itself, and never sent."
    person = Contact("", me)
    return letter_bytes(Letter(f"{word}-{name}", person, person, subject or f"{word} Class Act self-test", text))


def _raw(message: Mapping[str, Any]) -> bytes:
    raw = str(message.get("raw", ""))
    try:
        return base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4))
    except (binascii.Error, ValueError):
        return b""


def _seen(id_: str, assumed: str, same: bool) -> Observation:
    return Observation(id_, assumed, same, "" if same else _("it is not so"))


def _status(id_: str, assumed: str, answer: Answer, wanted: int) -> Observation:
    seen = _("refused") if answer.status == REFUSED else _("status %(status)d") % {"status": answer.status}
    return Observation(id_, assumed, answer.status == wanted, "" if answer.status == wanted else seen)
