"""Judges mails: rules and model together, in three bands, with the sentence the verdict rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from threading import Lock

from nlp.evidence import evidence_for, reason_for
from nlp.extract import extract
from nlp.features import rejection_score
from nlp.language import SUPPORTED, language_of
from nlp.model import FOLDER, Judgement, Model, Thresholds
from nlp.pipeline import BATCH
from nlp.reading import Reading, read
from nlp.verdict import Band, Label, MailText, Verdict

_AGREES = 0.5  # the model, too, holds the phrase's own sentence for a no
_NAMED = 0.55  # score from which a mail under review is called a rejection: a wrong name costs more than a question


class Classifier:
    """Judges mails with a loaded model; keeps nothing between mails."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._lock = Lock()  # spaCy's memory zones belong to one thread at a time

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
        while batch := list(islice(stream, BATCH)):
            languages = [language_of(mail) for mail in batch]
            readings = [read(mail) for mail, language in zip(batch, languages, strict=True) if language in SUPPORTED]
            with self._lock:
                judged = iter(list(zip(readings, self._model.judge(readings), strict=True)))
            for mail, language in zip(batch, languages, strict=True):
                if language in SUPPORTED:
                    yield self._verdict(*next(judged), language)
                else:
                    yield _not_judged(mail, language, self.version)

    def _verdict(self, reading: Reading, judgement: Judgement, language: str) -> Verdict:
        band = band_of(reading, judgement, self._model.thresholds)
        label = label_of(reading, judgement, band)
        named = extract(reading.mail)
        return Verdict(
            label=label,
            score=judgement.score,
            band=band,
            hold=label is not Label.REJECTION and any(reading.holds),
            language=language,
            reason=reason_for(reading, judgement) if label is Label.REJECTION else None,
            # What is asked is whether it is a no: then the sentence that sounds most like one is shown.
            evidence=evidence_for(Label.REJECTION if band is Band.REVIEW else label, reading, judgement),
            company=named.company,
            role=named.role,
            model=self.version,
        )


def band_of(reading: Reading, judgement: Judgement, thresholds: Thresholds) -> Band:
    """How sure rules and model are together.

    auto: a strong phrase in a sentence that the model reads the same way, a confident model, a mail about a job, no
    pause and no doubt (nlp/doubts.py). review: the model alone, or the phrase with a model that does not rule it out.
    no: neither.
    """
    hit, score = reading.hit, judgement.score
    agreed = judgement.labels[Label.REJECTION] >= thresholds.auto and any(
        one is not None and one.strong and rejection_score(scores) >= _AGREES
        for one, scores in zip(reading.hits, judgement.sentences, strict=True)
    )
    if agreed and reading.is_plain:
        return Band.AUTO
    if score >= thresholds.review or (hit is not None and hit.strong and score >= thresholds.review / 3):
        return Band.REVIEW
    return Band.NO


def label_of(reading: Reading, judgement: Judgement, band: Band) -> Label:
    """The best label that the band allows: rejection when likely enough, otherwise the best of the others.

    A paused role is about a job, whatever the words around it make of it.
    """
    if band is Band.AUTO or (band is Band.REVIEW and judgement.score >= _NAMED):
        return Label.REJECTION
    others = {name: value for name, value in judgement.labels.items() if name != Label.REJECTION}
    best = Label(max(others, key=lambda name: others[name]))
    return Label.OTHER_JOB if best is Label.NOT_JOB and any(reading.holds) else best


def _not_judged(mail: MailText, language: str, version: str) -> Verdict:
    """The answer for a language without a measured bar: neither yes nor no."""
    named = extract(mail)
    return Verdict(None, None, Band.NOT_JUDGED, False, language, None, (), named.company, named.role, version)
