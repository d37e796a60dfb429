"""What the network learns from: mails and lone sentences of the corpus, as word pieces with targets."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from nlp.glossing import glossed
from nlp.labelled import HOLD, NEUTRAL, SENTENCE_LABELS, LabelledMail, LabelledSentence
from nlp.network.heard import Heard
from nlp.network.pieces import Pieces, joined, sentence_pieces
from nlp.sentences import sentences
from nlp.verdict import Label, Reason

UNKNOWN = -1
_SENTENCE_WEIGHT = 0.3  # a lone sentence against a whole mail
_NEUTRAL = SENTENCE_LABELS.index(NEUTRAL)
_LABELS = [label.value for label in Label]
_REJECTION = _LABELS.index(Label.REJECTION)
_KEPT = 2.0  # more than any probability
_REASONS = [reason.value for reason in Reason]
_DROP_SUBJECT, _DROP_SENTENCES = 0.35, 0.3  # shares of mails that are read with something left out
_DROPPABLE = 4  # sentences; shorter mails stay whole


@dataclass(frozen=True)
class Example:
    """One training text. Targets are places in Label, Reason and SENTENCE_LABELS; UNKNOWN where nothing is known.

    A lone neutral sentence has no label of its own: it teaches only that it is no rejection.
    """

    writer: str
    language: str
    pieces: tuple[tuple[int, ...], ...]
    in_subject: tuple[bool, ...]
    targets: tuple[int, ...]
    label: int
    hold: bool
    reason: int
    weight: float
    text: str
    heard: tuple[float, ...] = ()  # per sentence of a long mail (nlp/network/heard.py)

    def view(self, draw: random.Random | None) -> Pieces:
        """The pieces the network is shown; with `draw`, at times without the subject or some neutral sentences."""
        shown = list(range(len(self.pieces)))
        if draw and any(self.in_subject) and draw.random() < _DROP_SUBJECT:
            shown = [place for place in shown if not self.in_subject[place]]
        if draw and len(shown) > _DROPPABLE and draw.random() < _DROP_SENTENCES:
            neutral = [place for place in shown if self.targets[place] == _NEUTRAL]
            left_out = draw.sample(neutral, min(len(neutral), draw.choice((1, 1, 2))))
            shown = [place for place in shown if place not in left_out]
        cut = joined(
            [self.pieces[place] for place in shown],
            [self.in_subject[place] for place in shown],
            [self._worth(place) for place in shown],
        )
        return Pieces(cut.ids, tuple((shown[place], first, end) for place, first, end in cut.spans))

    def _worth(self, place: int) -> float:
        """What a long mail is cut by, as in the program.

        A refusal always keeps its no, though: without it, it would teach that thanks are one.
        """
        if self.label == _REJECTION and self.targets[place] != _NEUTRAL:
            return _KEPT
        return self.heard[place] if self.heard else 0.0


def examples(
    tokenizer: Tokenizer,
    mails: Sequence[LabelledMail],
    lone: Sequence[LabelledSentence] = (),
    heard: Heard | None = None,
) -> list[Example]:
    """Everything the corpus holds, mails first."""
    found = heard or {}
    return [
        *(_of_mail(tokenizer, mail, found.get(mail.id, ())) for mail in mails),
        *(_of_sentence(tokenizer, one) for one in lone),
    ]


def batches(rows: Iterable[Example], size: int, draw: random.Random) -> Iterator[list[tuple[Example, Pieces]]]:
    """All rows once, shuffled, texts of like length together."""
    shown = [(row, row.view(draw)) for row in rows]
    draw.shuffle(shown)
    cut = []
    for start in range(0, len(shown), size * 20):
        part = sorted(shown[start : start + size * 20], key=lambda pair: len(pair[1].ids))
        cut += [part[first : first + size] for first in range(0, len(part), size)]
    draw.shuffle(cut)
    yield from cut


def _of_mail(tokenizer: Tokenizer, mail: LabelledMail, heard: tuple[float, ...]) -> Example:
    found = sentences(mail.mail)
    hold = HOLD in mail.tags
    own = HOLD if hold else mail.label.value if mail.label is not Label.NOT_JOB else NEUTRAL
    marked = [any(one.text in stretch or stretch in one.text for stretch in mail.decisive) for one in found]
    return Example(
        writer=mail.writer,
        language=mail.language,
        pieces=tuple(
            tuple(ids) for ids in sentence_pieces(tokenizer, [glossed(one.text, mail.language) for one in found])
        ),
        in_subject=tuple(one.in_subject for one in found),
        targets=tuple(SENTENCE_LABELS.index(own if decisive else NEUTRAL) for decisive in marked),
        label=_LABELS.index(mail.label.value),
        hold=hold,
        reason=_REASONS.index(mail.reason.value) if mail.reason else UNKNOWN,
        weight=1.0,
        text=mail.mail.cleaned,
        heard=heard,
    )


def _of_sentence(tokenizer: Tokenizer, one: LabelledSentence) -> Example:
    return Example(
        writer=one.writer,
        language=one.language,
        pieces=(tuple(sentence_pieces(tokenizer, [glossed(one.text, one.language)])[0]),),
        in_subject=(False,),
        targets=(SENTENCE_LABELS.index(one.label),),
        label=_LABELS.index(one.mail_label.value) if one.mail_label else UNKNOWN,
        hold=one.label == HOLD,
        reason=_REASONS.index(one.reason.value) if one.reason else UNKNOWN,
        weight=_SENTENCE_WEIGHT,
        text=one.text,
    )
