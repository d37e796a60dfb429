"""What is read of a mail beside its text, as frozen values: who took part, and what is known of its sender."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Proof:
    """What the receiving server found out about the sender (RFC 8601). Nothing said: all as it is here."""

    checked: bool = False  # it tried at least SPF or DKIM
    dmarc: str = ""  # pass, fail, none ...; "" when it does not say
    judged_from: str = ""  # the domain in From, as that server read it
    passed: tuple[str, ...] = ()  # domains that SPF or DKIM vouch for
    broken: bool = False  # its field does not come out even: somebody's name reached into it


NO_PROOF = Proof()


class Seen(StrEnum):
    """How somebody beside the sender is known to have taken part."""

    COPIED = "copied"  # in To or Cc of a mail to the seeker
    INVITED = "invited"  # asked to the same meeting
    ORGANISED = "organised"  # called that meeting


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody beside the sender in a mail about an application, or the sender with the title they sign with."""

    name: str
    address: str
    title: str = ""
    seen: Seen | None = None  # None: the sender
    meeting: datetime | None = None  # when the meeting was to begin, UTC


@dataclass(frozen=True, slots=True)
class Invite:
    """A meeting that a mail asks to: RFC 5545 and 5546. Addresses are bare and in small letters."""

    starts: datetime | None  # UTC; None when it does not say, or in a time zone that nobody knows
    organizer: tuple[str, str] | None  # name, address
    attendees: tuple[tuple[str, str], ...]
    cancelled: bool = False


class Part(StrEnum):
    """The part somebody played, as far as it can be told."""

    INTERVIEWER = "interviewer"
    HIRING_MANAGER = "hiring_manager"
    RECRUITER = "recruiter"
    REFERRER = "referrer"
    UNKNOWN = ""


class How(StrEnum):
    """How somebody took part last, the strongest first: it is the reason why one might write to them."""

    INTERVIEWED = "interviewed"
    ANSWERED = "answered"
    INVITED = "invited"
    REFERRED = "referred"
    WROTE = "wrote"
    COPIED = "copied"
    WRITTEN_TO = "written_to"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody one might write to. `how` and `when` are the reason; `why_not` says why they cannot be answered."""

    name: str  # "" for the office that sent the answer
    address: str
    title: str
    part: Part
    how: How
    when: datetime
    last_contact: datetime
    why_not: str = ""

    @property
    def is_answerable(self) -> bool:
        """Whether a letter to them can reach anybody."""
        return not self.why_not


@dataclass(frozen=True, slots=True)
class OwnVerdict:
    """What the program itself said of a message, kept while a word of the seeker's stands in its place."""

    label: str | None
    band: str
    company: str | None
    role: str | None
    like: str = ""  # the corrected mail whose word it followed before it got one of its own
    spam: bool = False  # a yes said of a like mail only makes it a question
