"""What came back after a letter of ours: advice and reasons, thanks, a machine's answer, an open door, news.

Rules over the new part of the text, in the seven languages that letters are written in. Where they are not sure they
say so: then the seeker reads the mail, as one does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Final

from nlp.verdict import Label
from server.domain import reply_advice, reply_cues
from server.domain.model import Contact, Message, Span, record_key

_SURE_MACHINE: Final = frozenset({"auto-submitted", "return-path"})  # RFC 3834 §5, §4: business mail never has them
_MOVING: Final = frozenset({Label.INTERVIEW, Label.OFFER, Label.ASSESSMENT})
_MOST_TEXT: Final = 20_000  # characters looked at; nobody writes more to say why
_LONGEST: Final = 1000  # characters looked at of one sentence
_MACHINES_SAY_IT_FIRST: Final = 6  # sentences
_MOST_KEPT: Final = 12  # sentences of feedback kept of one reply
_FEW_WORDS: Final = 5  # a sentence that is no thanks and longer than that says something that a person should read
_NOBODY: Final = Contact("", "")
_STOP = re.compile(
    r"(?:(?<![.!?])[.!?]++|…)[\"'»”)\]]*(?=\s|$)|\n\s*\n|\n(?=\s*(?:[-*•·–]|\d{1,2}[.)])\s)|,?\n(?=[^\W\d_])"
)
_BULLET = re.compile(r"\s*(?:[-*•·–]|\d{1,2}[.)])\s+")
_SHORTENED = re.compile(
    r"\b(?:e\.g|i\.e|z\.\s?b|d\.\s?h|p\.\s?ej|dr|dra|prof|mr|mrs|ms|mme|st|nr|bzw|ca|etc|vs|sra?|[a-zà-ü])\.$",
    re.IGNORECASE,
)


class ReplyKind(StrEnum):
    """What a reply is."""

    FEEDBACK = "feedback"  # concrete advice or reasons
    THANKS = "thanks"  # thanks and good wishes, and no more
    AUTOMATIC = "automatic"
    INVITATION = "invitation"  # to stay in touch, or to apply again
    NEWS = "news"  # another role, an interview
    DECLINED = "declined"  # they give no feedback
    UNSURE = "unsure"  # looks like a reply: read it


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules make of a reply. `sentences` hold the feedback, with places in the text, whatever the kind is."""

    kind: ReplyKind
    sentences: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply to a letter of ours, as it is kept: what it is, and only those sentences of it that hold feedback.

    `answers` is the rejection that the letter was about. `start` and `end` of the sentences count in the mail's body.
    """

    mailbox: str
    message_id: str
    thread_id: str
    answers: str
    received: datetime
    logged: datetime
    kind: str
    sentences: tuple[Span, ...] = ()
    sender: Contact = _NOBODY
    language: str = ""

    @property
    def key(self) -> str:
        """The store's key."""
        return record_key(self.mailbox, self.message_id)


def reading_of(message: Message, label: str | None = None) -> Reading:
    """What kind of reply a message is; `label` is what the classifier calls it, when it was judged."""
    if _SURE_MACHINE & set(message.automatic) or reply_cues.AUTOMATIC_SUBJECT.search(message.subject):
        return Reading(ReplyKind.AUTOMATIC)
    return reading(message.body, label)


def reading(body: str, label: str | None = None) -> Reading:
    """What the text itself says; `body` is the new part alone, without quoted mail."""
    told = [(one, _plain(one.text)) for one in sentences(body)]
    texts = [text for _one, text in told]
    refused = any(reply_advice.DECLINES.search(text) for text in texts)
    advice = () if refused else tuple(one for one, text in told if _advises(text))[:_MOST_KEPT]
    if not advice and any(reply_cues.AUTOMATIC.search(text) for text in texts[:_MACHINES_SAY_IT_FIRST]):
        return Reading(ReplyKind.AUTOMATIC)
    if label in _MOVING or any(_is_news(text) for text in texts):
        return Reading(ReplyKind.NEWS, advice)
    if advice:
        return Reading(ReplyKind.FEEDBACK, advice)
    if refused:
        return Reading(ReplyKind.DECLINED)
    if any(reply_cues.INVITATION.search(text) for text in texts):
        return Reading(ReplyKind.INVITATION)
    return Reading(ReplyKind.THANKS if _only_thanks(texts) else ReplyKind.UNSURE)


def sentences(body: str) -> Iterator[Span]:
    """The sentences of a text with their places; greetings, bullets and wrapped lines each as a reader takes them."""
    body = body[:_MOST_TEXT]
    cuts = [0]
    for stop in _STOP.finditer(body):
        if not _SHORTENED.search(body, max(cuts[-1], stop.start() - 8), stop.start() + 1) and _ends(body, stop):
            cuts.append(stop.end())
    cuts.append(len(body))
    for first, last in pairwise(cuts):
        mark = _BULLET.match(body, first, last) or (not first and reply_cues.GREETING.match(body, first, last))
        start = mark.end() if mark else first
        text = body[start:last]
        start += len(text) - len(text.lstrip())
        text = text.strip()
        if any(c.isalpha() for c in text):
            yield Span(text, start, start + len(text))


def _ends(body: str, stop: re.Match[str]) -> bool:
    """Whether a stop ends a sentence: a lone line break does only after a greeting or a closing formula."""
    if stop.group().strip(",\n ") or stop.group().count("\n") != 1 or _BULLET.match(body, stop.end()):
        return True
    line = body[body.rfind("\n", 0, stop.start()) + 1 : stop.start()]
    return len(line.split()) <= 4  # noqa: PLR2004 - "Kind regards,", "Dear Dr Lee,"


def _advises(sentence: str) -> bool:
    return bool(reply_advice.FEEDBACK.search(sentence)) and not reply_advice.NO_FEEDBACK.search(sentence)


def _is_news(sentence: str) -> bool:
    conditional = "?" not in sentence and reply_cues.CONDITION.search(sentence)
    return bool(reply_cues.NEWS.search(sentence)) and not conditional


def _only_thanks(texts: list[str]) -> bool:
    """Whether somebody thanks, and nothing else is said that is longer than a greeting."""
    rest = [text for text in texts if not reply_cues.THANKS.search(text)]
    return len(rest) < len(texts) and not any("?" in text or len(text.split()) > _FEW_WORDS for text in rest)


def _plain(text: str) -> str:
    """The sentence on one line, as the patterns take it."""
    return " ".join(text[:_LONGEST].split())
