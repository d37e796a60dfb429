"""What is kept of the people in a mail about an application, so that they can be thanked when another ends it."""

from __future__ import annotations

from nlp.extraction.contact import contact_of
from nlp.verdict import MailText
from server.domain.model import Contact, Message
from server.domain.particulars import Participant, Seen
from server.domain.people import is_no_reply, same_person, signed_name

MOST_COPIED = 12  # more readers than that are a mailing list
_MOST_KEPT = 20


def participants_of(message: Message) -> tuple[Participant, ...]:
    """The sender, if they sign with a title, those in To and Cc, and those asked to its meetings; no text of it."""
    found = [Participant(signed_name(message), message.sender.address, title)] if (title := title_of(message)) else []
    found += meetings_of(message)
    copied = [one for one in (*message.to, *message.cc) if not same_person(one.address, message.sender.address)]
    if len(copied) <= MOST_COPIED:
        found += [Participant(one.name, one.address, seen=Seen.COPIED) for one in copied if _is_mailbox(one)]
    return tuple(dict.fromkeys(found))[:_MOST_KEPT]


def meetings_of(message: Message) -> list[Participant]:
    """Everybody asked to the meetings of a mail, called-off ones left out."""
    found: list[Participant] = []
    for invite in message.invites:
        if invite.cancelled:
            continue
        called = [invite.organizer] if invite.organizer else []
        found += [Participant(*one, seen=Seen.ORGANISED, meeting=invite.starts) for one in called]
        others = [one for one in invite.attendees if one not in called]
        found += [Participant(*one, seen=Seen.INVITED, meeting=invite.starts) for one in others]
    return [one for one in found if not is_no_reply(one.address) and not _is_calendar(one.address)]


def title_of(message: Message) -> str:
    """The title under the name that signs the mail, "" when there is none."""
    sender = message.sender
    person = contact_of(MailText(message.subject, sender.name, sender.address, message.body))
    return person.title if person else ""


def _is_mailbox(contact: Contact) -> bool:
    return not is_no_reply(contact.address)


def _is_calendar(address: str) -> bool:
    """Rooms and shared calendars have addresses as people do (support.google.com/calendar/answer/37083)."""
    return address.rpartition("@")[2].endswith("calendar.google.com")
