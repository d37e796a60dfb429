"""One mail as the rules see it: sentences, phrase hits, subject matter; the ground the model's features stand on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from nlp.doubts import is_doubtful
from nlp.gate import Gate, Subject, subject_matter
from nlp.glossing import glossed
from nlp.masking import words_of
from nlp.rules import Hit, hold_hit, rejection_hit
from nlp.sentences import Sentence, sentences
from nlp.verdict import MailText


@dataclass(frozen=True)
class Reading:
    """A mail's sentences with what the rules say of each, in the same order."""

    mail: MailText
    sentences: tuple[Sentence, ...]
    hits: tuple[Hit | None, ...]
    holds: tuple[bool, ...]
    language: str = "en"

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """The sentences as the models read them: English, or glossed word by word."""
        return tuple(glossed(one.text, self.language) for one in self.sentences)

    @cached_property
    def words(self) -> tuple[list[str], ...]:
        """The words of each sentence, as the models read them."""
        return tuple(map(words_of, self.plain))

    @cached_property
    def subject(self) -> Subject:
        """What the mail talks about."""
        return subject_matter(self.mail)

    @cached_property
    def speaks(self) -> bool:
        """Whether any phrase says no, or that the role is on hold."""
        return any(self.hits) or any(self.holds)

    @cached_property
    def is_plain(self) -> bool:
        """Whether nothing but the score is left to decide: about a job, nothing on hold, no reason to doubt."""
        about_a_job = self.subject.gate is not Gate.CLOSED and self.subject.job > 0
        return about_a_job and self.is_clear

    @cached_property
    def is_clear(self) -> bool:
        """Whether nothing speaks for asking first: nothing on hold, no reason to doubt."""
        return not any(self.holds) and not is_doubtful(self.mail)

    @property
    def hit(self) -> Hit | None:
        """The strongest phrase of the mail, if any: a strong one before a weak one."""
        return min((hit for hit in self.hits if hit), key=lambda hit: not hit.strong, default=None)


def read(mail: MailText, language: str = "en") -> Reading:
    """Apply the rules to every sentence of a mail."""
    found = tuple(sentences(mail))
    hits = tuple(rejection_hit(one.text) for one in found)
    return Reading(mail, found, hits, tuple(hold_hit(one.text) for one in found), language)
