"""What a letter may rest on: the rejection, what led to it, and the facts that can be read from both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlp.verdict import Label, Reason
from server.domain.acquaintance import Known, Met
from server.domain.application import BY_HAND, Stage
from server.domain.contacts import people_of
from server.domain.letters import cues, talk_cues
from server.domain.letters.meetings import Meeting, are_several, had_panel, meetings_held
from server.domain.model import Judged, Kind, Message
from server.domain.particulars import Person
from server.domain.people import first_name, last_name, person_name, signed_name
from server.domain.whom import Addressee, acquaintances_of, people_met
from server.domain.wording import Facts

# What an advertisement adds to a title and nobody says in a letter: "(m/w/d)", "(contract)"; and a firm's legal form.
_ASIDE = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
_LEGAL_FORM = re.compile(
    r",?\s+(?:GmbH(?: & Co\.? KG)?|AG|SE|KG|mbH|Ltd|Limited|plc|PLC|Inc|LLC|LLP|"
    r"S\.?A\.?S?|SARL|S\.?L\.?|B\.?V\.?|N\.?V\.?|"
    r"S\.?p\.?A\.?|S\.?r\.?l\.?|Lda)\.?$"
)
_TALKS = frozenset({Stage.INTERVIEW, Stage.OFFER})
_LONGEST_ROLE, _LONGEST_COMPANY = 8, 5  # words; what is longer is no title one would write out in a letter


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a letter may rest on: the rejection, its thread, and what is kept of other mail from the company."""

    row: Judged
    message: Message
    thread: Sequence[Message]
    company_rows: Sequence[Judged]
    me: str  # the seeker's address
    written: frozenset[Kind] = frozenset()  # letters about this rejection that are on their way or sent
    elsewhere: Sequence[Met] = ()  # who else wrote about any job
    stage: Stage | None = None  # how far the application got; None while the mail belongs to none
    elsewhere_placed: frozenset[str] = frozenset()  # ids of mails that say nothing about this application
    feedback_came: bool = False  # they have said why already

    @property
    def interviewed(self) -> bool:
        """Whether there was an interview: by its stage or an earlier invitation, or the mail thanks for the talk."""
        thanked = talk_cues.thanks_for_talk(self.message.body)
        return bool(self._invitations) or self.stage in _TALKS or self._met or thanked

    @property
    def is_by_hand(self) -> bool:
        """Whether the seeker wrote the news down: there is no mail to answer, so a letter starts a new thread."""
        return self.row.model == BY_HAND

    @property
    def language(self) -> str:
        """What they write in: the mail's language, else that of the last one before; "" when none is known."""
        before = sorted(self.company_rows, key=lambda row: row.received, reverse=True)
        return self.row.language or next((row.language for row in before if row.language), "")

    @property
    def called(self) -> bool:
        """Whether all that is known of the talk is that it was a call."""
        told = [f"{row.subject} {' '.join(span.text for span in row.evidence)}" for row in self._invitations]
        return self.interviewed and cues.only_call([self.message.body, *told])

    @property
    def several(self) -> bool:
        """Whether it is proven that there was more than one interview: by the calendar, or in the company's words."""
        return are_several(self._meetings) or any(talk_cues.thanks_for_several(text) for text in self._read)

    @property
    def _meetings(self) -> list[Meeting]:
        return meetings_held(self.message, self.thread, self._own_rows, self.me)

    @property
    def offered(self) -> bool:
        """Whether it had come as far as an offer."""
        return self.stage is Stage.OFFER or any(row.label == Label.OFFER for row in self._own_rows)

    @property
    def _own_rows(self) -> list[Judged]:
        """What is kept of mail that may be about this application: what belongs to another one says nothing on it."""
        return [row for row in self.company_rows if row.message_id not in self.elsewhere_placed]

    @property
    def _invitations(self) -> list[Judged]:
        return [row for row in self._own_rows if row.label == Label.INTERVIEW]

    @property
    def _met(self) -> bool:
        """Whether a meeting that was called for lies behind, in the thread or in other mail of the company."""
        here = [i.starts for m in self.thread for i in m.invites if not (m.is_sent or i.cancelled)]
        there = [one.meeting for row in self._own_rows for one in row.people if not row.doubts]
        return any(start and start <= self.message.received for start in (*here, *there))

    @property
    def known(self) -> Known:
        """Who wrote before, here and elsewhere."""
        known = acquaintances_of(self.message, self.thread, self.company_rows, self.me)
        return replace(known, elsewhere=self.elsewhere)

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody who took part, the most fitting first."""
        return people_of(self.message, self.thread, self.company_rows, self.me, self.row.company or "")

    def rows_with(self, address: str) -> list[Judged]:
        """What is kept of mail that they wrote or were part of, the latest first, their own before the rest."""
        written = [row for row in self.company_rows if row.sender.address == address]
        shared = [row for row in self.company_rows if any(one.address == address for one in row.people)]
        return sorted(written or shared, key=lambda row: row.received, reverse=True)

    @property
    def asked_for_feedback(self) -> bool:
        """Whether the seeker has asked for feedback by hand, after the answer and in its thread."""
        own = [m for m in self.thread if m.is_sent and not m.letter_id and m.received > self.message.received]
        return any(cues.asks_for_feedback(m.body) for m in own)

    @property
    def talked(self) -> bool:
        """Whether a person of the company and the seeker have really been in touch."""
        wrote = any(m.is_sent and not m.letter_id and m.received < self.message.received for m in self.thread)
        met = people_met(self.message, self.thread, self.company_rows, self.me)
        return self.interviewed or (wrote and bool(met))

    @property
    def is_personal(self) -> bool:
        """Whether a person puts a name to the mail, as its sender, in its signature or by its Reply-To."""
        company = self.row.company or ""
        by_name = any(person_name(contact, company) for contact in self.message.reply_to)
        return by_name or bool(signed_name(self.message, company))

    @property
    def _read(self) -> list[str]:
        """What the company wrote in this thread, the rejection first, then the latest."""
        theirs = [m for m in self.thread if not m.is_sent and not m.is_draft and m.id != self.message.id]
        return [self.message.body, *(m.body for m in sorted(theirs, key=lambda m: m.received, reverse=True))]

    def facts(self, addressee: Addressee, language: str) -> Facts:
        """What may be said to that person."""
        own_words = addressee.contact.address == self.message.sender.address
        company = self.row.company or ""
        name = signed_name(self.message, company) if own_words else person_name(addressee.contact, company)
        body = self.message.body
        met, called, cancelled = self.interviewed, self.called, self.row.reason == Reason.CANCELLED
        topics = (cues.topic(text, language) for text in self._read) if met else iter(())
        tasked = self.stage is Stage.ASSESSMENT or any(row.label == Label.ASSESSMENT for row in self._own_rows)
        return Facts(
            company=_said(_LEGAL_FORM.sub("", company), _LONGEST_COMPANY),
            role=_said(_ASIDE.sub(" ", self.row.role or ""), _LONGEST_ROLE),
            full_name=name,
            first_name=first_name(name),
            last_name=last_name(name),
            topic=next(filter(None, topics), ""),
            talked=self.talked,
            interviewed=met and not called,
            called=called,
            several=met and not called and self.several,
            panel=met and not called and had_panel(self._meetings),
            final=met and not called and cues.final_round(body),
            offered=self.offered,
            tested=tasked and cues.task_done(body),
            filled=self.row.reason == Reason.FILLED,
            cancelled=cancelled,
            encouraged=not cancelled and cues.encourages(body),
            kept=cues.keeps_in_mind(body),
            met_earlier=addressee.met_earlier,
            heard=self.is_by_hand and not addressee.met_earlier,
        )

    def is_familiar(self, addressee: Addressee, language: str) -> bool:
        """Whether that person, or else the rejection, says du, tu, tú, je to the seeker."""
        theirs = [m for m in self.thread if m.sender.address == addressee.contact.address and not m.is_sent]
        latest = max(theirs, key=lambda m: m.received, default=self.message)
        return language == self.language and cues.familiar(latest.body, language)


def _said(text: str, longest: int) -> str:
    """A name as one would say it in a letter: on one line, without braces, or "" if it is too long to be one."""
    found = re.sub(r"[{}<>]", " ", text).split()
    return " ".join(found).strip(" ,;:-–") if len(found) <= longest else ""
