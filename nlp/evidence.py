"""Chooses the sentences a verdict rests on, and the reason a rejection gives."""

from __future__ import annotations

from nlp.blend import likeliest_reason
from nlp.features import CLASSES, REJECTIONS, rejection_score
from nlp.judgement import Judgement
from nlp.reading import Reading
from nlp.sentences import Sentence
from nlp.verdict import Evidence, Label, Reason

_SECOND = 0.8  # a second sentence is shown only when it says no by itself
_STAGE = 0.3  # a stage sentence less likely than this explains nothing
_PHRASE = 0.5  # what a phrase adds to a sentence's score when sentences are ranked


def evidence_for(label: Label, reading: Reading, judgement: Judgement) -> tuple[Evidence, ...]:
    """The winning sentence for the label, and for rejections maybe a second; empty when nothing stands out."""
    if label is Label.REJECTION:
        ranked = sorted(
            zip(
                (_weight(reading, judgement, i) for i in range(len(reading.sentences))), reading.sentences, strict=True
            ),
            key=lambda pair: (-pair[0], pair[1].start),
        )
        chosen = [one for place, (weight, one) in enumerate(ranked[:2]) if place == 0 or weight >= _SECOND + _PHRASE]
        return tuple(_evidence(one) for one in sorted(chosen, key=lambda one: one.start))
    if label is Label.OTHER_JOB and any(reading.holds):
        return tuple(_evidence(one) for one, hold in zip(reading.sentences, reading.holds, strict=True) if hold)[:1]
    if label.value not in CLASSES:
        return ()
    best = max(zip(judgement.sentences, reading.sentences, strict=True), key=lambda p: p[0][label.value], default=None)
    return (_evidence(best[1]),) if best and best[0][label.value] >= _STAGE else ()


def reason_for(reading: Reading, judgement: Judgement) -> Reason:
    """Filled or cancelled when a phrase or the winning sentence says so, else passed."""
    for hit in reading.hits:
        if hit and hit.reason is not Reason.PASSED:
            return hit.reason
    if judgement.opinion:
        return likeliest_reason(judgement.opinion.reasons)
    best = max(judgement.sentences, key=rejection_score, default=None)
    if best is None:
        return Reason.PASSED
    return Reason(max(REJECTIONS, key=lambda name: best[name]).partition(":")[2])


def _weight(reading: Reading, judgement: Judgement, place: int) -> float:
    hit = reading.hits[place]
    bonus = 0.0 if hit is None else _PHRASE if hit.strong else _PHRASE / 2
    penalty = 0.2 if reading.sentences[place].in_subject else 0.0
    return rejection_score(judgement.sentences[place]) + bonus - penalty


def _evidence(sentence: Sentence) -> Evidence:
    return Evidence(sentence.text, sentence.start, sentence.end)
