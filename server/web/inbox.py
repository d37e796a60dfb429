"""A mailbox as a mail page shows it: threads of messages, as text, newest first."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from nlp.text import html_to_text, newest_part
from server.domain.mime import body_of, within_limits
from server.domain.model import Contact, Message, RawMessage
from server.domain.reading import read
from server.ports import Mailbox
from server.texts import _
from server.web.phrases import day_of

MAX_SHOWN = 64 * 1024  # characters of one mail; nobody reads more on a page, and the classifier does not either
_SNIPPET = 140  # characters of text beside a subject
_LEFT_OUT = frozenset({"SPAM", "TRASH"})


@dataclass(frozen=True, slots=True)
class Mail:
    """One message of a thread. `quoted` is the older mail repeated below it; `decimal`: its id as Gmail writes it."""

    id: str
    decimal: int
    sender: Contact
    to: str
    day: str
    moment: str
    text: str
    quoted: str
    snippet: str
    own: bool
    draft: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """Messages that belong together, oldest first; `open_id` is the one that a mail page opens by itself."""

    id: str
    decimal: int
    subject: str
    names: str
    snippet: str
    day: str
    received: datetime
    open_id: str
    mails: tuple[Mail, ...]


def threads(mailbox: Mailbox) -> list[Thread]:
    """All threads of a mailbox but spam and trash, newest first, with the seeker's own letters and drafts in them."""
    ids = [message_id for page in mailbox.changes(None) for message_id in page.message_ids]
    places = dict.fromkeys(raw.thread_id for raw in mailbox.fetch(ids) if isinstance(raw, RawMessage))
    found = [_thread(mailbox, place) for place in places]
    return sorted((thread for thread in found if thread), key=lambda thread: thread.received, reverse=True)


def _thread(mailbox: Mailbox, thread_id: str) -> Thread | None:
    raws = [raw for raw in mailbox.fetch_thread(thread_id) if not raw.labels & _LEFT_OUT]
    messages = [read(raw, mailbox.name) for raw in raws]
    if not messages:
        return None
    mails = tuple(_mail(raw, message, mailbox.address) for raw, message in zip(raws, messages, strict=True))
    received = [mail for mail in mails if not mail.own and not mail.draft]
    last = messages[-1]
    return Thread(
        id=thread_id,
        decimal=int(thread_id, 16),
        subject=messages[0].subject or _("(no subject)"),
        names=_names(mails),
        snippet=mails[-1].snippet,
        day=day_of(last.received.astimezone()),
        received=last.received,
        open_id=(received or mails)[-1].id,
        mails=mails,
    )


def _mail(raw: RawMessage, message: Message, own_address: str) -> Mail:
    text, quoted = _texts(raw)
    moment = message.received.astimezone()
    own = message.is_sent or message.is_draft or message.sender.address == own_address
    shown = text or message.unreadable
    return Mail(
        id=raw.id,
        decimal=int(raw.id, 16),
        sender=message.sender,
        to=", ".join(_("me") if to.address == own_address else to.name or to.address for to in message.to),
        day=day_of(moment),
        moment=f"{day_of(moment)} {moment:%Y, %H:%M}",
        text=shown,
        quoted=quoted,
        snippet=" ".join(shown.split())[:_SNIPPET],
        own=own,
        draft=message.is_draft,
    )


def _texts(raw: RawMessage) -> tuple[str, str]:
    """What the mail says, and what it repeats of older mail; both plain text. A mail past parsing is empty."""
    try:
        plain, html = body_of(email.message_from_bytes(within_limits(raw.content), policy=email.policy.compat32))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError):
        return "", ""  # as in server.domain.reading: its `unreadable` is shown instead
    whole = (plain or html_to_text(html)).strip()[:MAX_SHOWN]
    newest = newest_part(whole).strip()
    if newest and whole.startswith(newest):
        return newest, whole[len(newest) :].strip()
    return whole, ""


def _names(mails: Iterable[Mail]) -> str:
    """Who wrote in a thread, as a list shows it."""
    names = dict.fromkeys(_("me") if mail.own else mail.sender.name or mail.sender.address for mail in mails)
    return ", ".join(names)
