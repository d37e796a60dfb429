"""Judges mails: rules and model together, in three bands, with the sentence the verdict rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from nlp.evidence import evidence_for, reason_for
from nlp.extract import company_and_role
from nlp.features import rejection_score
from nlp.judgement import Judgement
from nlp.language import SUPPORTED, language_of
from nlp.model import FOLDER, Model
from nlp.reading import Reading, read
from nlp.thresholds import Thresholds
from nlp.verdict import Band, Label, MailText, Verdict

_BATCH = 64
_AGREES = 0.5  # the model, too, holds the phrase's own sentence for a no
_PAUSED = 0.5  # the network, too, may tell a pause that no phrase names


class Classifier:
    """Judges mails with a loaded model; keeps nothing between mails."""

    def __init__(self, model: Model) -> None:
        self._model = model

    @classmethod
    def load(cls, path: Path = FOLDER) -> Classifier:
        """The classifier with the model in `path`; raises nlp.model.ModelMissing when there is none."""
        return cls(Model.load(path))

    @property
    def version(self) -> str:
        """Names the model: the same version judges the same mail the same way."""
        return self._model.version

    def judge(self, mails: Iterable[MailText]) -> Iterator[Verdict]:
        """One verdict per mail, in order, read in batches of 64. Never raises on a mail."""
        stream = iter(mails)
        while batch := list(islice(stream, _BATCH)):
            languages = [language_of(mail) for mail in batch]
            readings = [
                read(mail, language) for mail, language in zip(batch, languages, strict=True) if language in SUPPORTED
            ]
            judged = iter(list(zip(readings, self._model.judge(readings), strict=True)))
            for mail, language in zip(batch, languages, strict=True):
                if language in SUPPORTED:
                    yield self._verdict(*next(judged), language)
                else:
                    yield _not_judged(mail, language, self.version)

    def _verdict(self, reading: Reading, judgement: Judgement, language: str) -> Verdict:
        band = band_of(reading, judgement, self._model.thresholds)
        label = label_of(reading, judgement, band, self._model.thresholds)
        # A mail about no job names no employer; looking for one would take longer than all the rest.
        is_about_none = label is Label.NOT_JOB and band is Band.NO
        company, role = (None, None) if is_about_none else company_and_role(reading.mail, language)
        return Verdict(
            label=label,
            score=judgement.score,
            band=band,
            hold=label is not Label.REJECTION and is_on_hold(reading, judgement),
            language=language,
            reason=reason_for(reading, judgement) if label is Label.REJECTION else None,
            # What is asked is whether it is a no: then the sentence that sounds most like one is shown.
            evidence=evidence_for(Label.REJECTION if band is Band.REVIEW else label, reading, judgement),
            company=company,
            role=role,
            model=self.version,
        )


def band_of(reading: Reading, judgement: Judgement, thresholds: Thresholds) -> Band:
    """How sure rules and model are together.

    auto: a confident score that a strong phrase in a sentence read the same way backs, or a still more confident one
    alone; and no pause and no doubt (nlp/doubts.py). review: a likely score, or a phrase with a model that does not
    rule it out. no: neither.
    """
    likely, score = judgement.labels[Label.REJECTION], judgement.score
    is_enough = likely >= thresholds.alone or (likely >= thresholds.auto and _is_backed(reading, judgement))
    if is_enough and reading.is_clear and not is_on_hold(reading, judgement):
        return Band.AUTO
    if judgement.settled:
        return Band.NO
    hit = reading.hit
    if score >= thresholds.review or (hit is not None and hit.strong and score >= thresholds.review / 3):
        return Band.REVIEW
    return Band.NO


def _is_backed(reading: Reading, judgement: Judgement) -> bool:
    """Whether the model, too, holds a sentence with a strong phrase for a no, and nothing speaks against it.

    What is stated needs no more: of such kept-back mails every one was a no (nlp/settling.py).
    """
    return judgement.stated or (
        reading.is_plain
        and any(
            one is not None and one.strong and rejection_score(scores) >= _AGREES
            for one, scores in zip(reading.hits, judgement.sentences, strict=True)
        )
    )


def is_on_hold(reading: Reading, judgement: Judgement) -> bool:
    """Whether the role is paused, by a phrase or by the network's word."""
    return any(reading.holds) or (judgement.opinion is not None and judgement.opinion.hold >= _PAUSED)


def label_of(reading: Reading, judgement: Judgement, band: Band, thresholds: Thresholds) -> Label:
    """The best label that the band allows: rejection when likely enough, otherwise the best of the others.

    A mail without any word of hiring has to be likelier to be about a job. A paused role is about one, whatever the
    words around it make of it.
    """
    enough = thresholds.named if reading.subject.job else thresholds.bare
    if band is Band.AUTO or (band is Band.REVIEW and judgement.score >= enough):
        return Label.REJECTION
    if judgement.settled:
        return Label.NOT_JOB
    others = {name: value for name, value in judgement.labels.items() if name != Label.REJECTION}
    if not reading.subject.job:
        others[Label.NOT_JOB] *= thresholds.no_job
    best = Label(max(others, key=lambda name: others[name]))
    return Label.OTHER_JOB if best is Label.NOT_JOB and is_on_hold(reading, judgement) else best


def _not_judged(mail: MailText, language: str, version: str) -> Verdict:
    """The answer for a language without a measured bar: neither yes nor no."""
    company, role = company_and_role(mail, language)
    return Verdict(None, None, Band.NOT_JUDGED, False, language, None, (), company, role, version)
