"""The corpus as each step of training needs it: sentences with classes, whole mails with labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nlp.glossing import glossed
from nlp.labelled import HOLD, LabelledMail, LabelledSentence
from nlp.model import whole_text
from nlp.reading import Reading, read
from nlp.verdict import Label, MailText

_SHORT_WEIGHT = 0.3  # a lone sentence stands for a very short mail; whole mails count for more


@dataclass(frozen=True)
class Row:
    """One training text with its class; rows of one writer are kept on one side of every split."""

    writer: str
    text: str
    label: str


@dataclass(frozen=True)
class Material:
    """The corpus, turned into rows for each step."""

    sentence_rows: tuple[Row, ...]
    mails: tuple[LabelledMail, ...]
    readings: tuple[Reading, ...]
    weights: tuple[float, ...]

    def whole(self, wanted: Callable[[str], bool]) -> tuple[list[str], list[str]]:
        """Texts and labels of the whole mails of the wanted writers.

        Lone sentences are left out: they would teach that every mail is about a job.
        """
        places = [i for i, weight in enumerate(self.weights) if weight == 1 and wanted(self.mails[i].writer)]
        return [whole_text(self.readings[i]) for i in places], [self.mails[i].label.value for i in places]


def prepare(sentences: Sequence[LabelledSentence], mails: Sequence[LabelledMail]) -> Material:
    """Rows from sentence files and mails. Lone sentences serve as very short mails too."""
    short = [mail for sentence in sentences if (mail := _as_mail(sentence))]
    every = (*mails, *short)
    readings = tuple(read(mail.mail, mail.language) for mail in every)
    rows = [Row(one.writer, glossed(one.text, one.language), _sentence_class(one)) for one in sentences]
    for mail, reading in zip(mails, readings[: len(mails)], strict=True):
        rows += _rows_of(mail, reading)
    weights = (1.0,) * len(mails) + (_SHORT_WEIGHT,) * len(short)
    return Material(tuple(rows), every, readings, weights)


def _rows_of(mail: LabelledMail, reading: Reading) -> list[Row]:
    """A mail's sentences: marked ones carry the label, the others are neutral.

    In a rejection, an unmarked sentence with a decisive phrase may well say no too: it is left out.
    """
    rows = []
    for one, plain, hit in zip(reading.sentences, reading.plain, reading.hits, strict=True):
        marked = any(one.text in stretch or stretch in one.text for stretch in mail.decisive)
        if marked and mail.label is not Label.NOT_JOB:
            label = _mail_class(mail)
        elif hit and mail.label is Label.REJECTION:
            continue
        else:
            label = "neutral"
        rows.append(Row(mail.writer, plain, label))
    return rows


def _mail_class(mail: LabelledMail) -> str:
    """The sentence class of a mail's marked sentences."""
    if mail.label is Label.REJECTION:
        return f"rejection:{mail.reason.value if mail.reason else 'passed'}"
    return HOLD if HOLD in mail.tags else mail.label.value


def _sentence_class(one: LabelledSentence) -> str:
    """The sentence class of a labelled sentence: rejections are told apart by reason."""
    return f"rejection:{one.reason.value}" if one.reason else one.label


def _as_mail(one: LabelledSentence) -> LabelledMail | None:
    """A labelled sentence as a one-line mail; None where the sentence alone does not tell a mail's label."""
    if one.mail_label is None:
        return None
    return LabelledMail(
        id=one.place, writer=one.writer, label=one.mail_label, tags=one.tags, language=one.language,
        mail=MailText(body=one.text),
    )  # fmt: skip
