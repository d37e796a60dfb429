"""What the classifier is given and what it answers: plain, frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    """What a mail is, one of nine; the policy behind each stands in nlp/README.md."""

    REJECTION = "rejection"
    APPLICATION_RECEIVED = "application_received"
    INTERVIEW = "interview"
    ASSESSMENT = "assessment"
    OFFER = "offer"
    JOB_ALERT = "job_alert"
    RECRUITER_OUTREACH = "recruiter_outreach"
    OTHER_JOB = "other_job"
    NOT_JOB = "not_job"


class Band(StrEnum):
    """How sure we are that a mail is a rejection, as something to act on."""

    AUTO = "auto"  # logged without asking; the label is rejection
    REVIEW = "review"  # the seeker is asked
    NO = "no"  # quiet; the label is not rejection
    NOT_JUDGED = "not_judged"  # a language without its own measured bar


class Reason(StrEnum):
    """Why the answer was no, as far as the mail says."""

    PASSED = "passed"  # chose someone else, or simply no
    FILLED = "filled"  # the role is taken
    CANCELLED = "cancelled"  # the role is gone


class Overtone(StrEnum):
    """What may be heard in a letter of the seeker's own beside what it says."""

    BITTERNESS = "bitterness"
    ARGUMENT = "argument"
    PLEADING = "pleading"


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence of a letter with an overtone; `start` and `end` are characters of the letter."""

    overtone: Overtone
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MailText:
    """One mail as the classifier reads it; any field may be empty, and an empty header is never a signal.

    `body` is plain text: the newest part only, without quoted history.
    """

    subject: str = ""
    sender_name: str = ""
    sender_address: str = ""
    body: str = ""

    @property
    def cleaned(self) -> str:
        """Subject, a blank line, body: the text that evidence offsets count in."""
        return f"{self.subject}\n\n{self.body}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that carries the verdict; `start` and `end` are characters in `MailText.cleaned`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement on one mail.

    `label` and `score` are None exactly when `band` is NOT_JUDGED. `score` is the calibrated probability, 0 to 1,
    that the mail is a rejection. `reason` is set on rejections only. `hold` marks roles that are paused, not gone.
    """

    label: Label | None
    score: float | None
    band: Band
    hold: bool
    language: str
    reason: Reason | None
    evidence: tuple[Evidence, ...]
    company: str | None
    role: str | None
    model: str
