"""How the parts of the model are learned from the corpus, each on mails that the parts before it did not know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nlp.blend import Blend, Seen, weight_of
from nlp.blend import fit as fit_blend
from nlp.blend import seen as seen_by_blend
from nlp.features import Scores, agreed
from nlp.folds import Unseen, parts, unseen, unseen_labels
from nlp.half_way import AskedTwice, asked_twice, fresh_ones, half_way
from nlp.head import fit
from nlp.labelled import LabelledMail, LabelledSentence
from nlp.material import Material, prepare
from nlp.model import Model
from nlp.network.kept_back import EVERYDAY, FRESH, Opinions, fingerprint
from nlp.network.network import shipped
from nlp.network.stages import Stage
from nlp.second import SecondReader
from nlp.settling import Settler, Unread, is_backed
from nlp.settling import fit as fit_settler
from nlp.thresholds import KeptMail, Thresholds, chosen
from nlp.verdict import Label


def train(
    sentences: Sequence[LabelledSentence],
    mails: Sequence[LabelledMail],
    version: str,
    opinions: Opinions | None = None,
) -> Model:
    """The model from a corpus.

    The head and the thresholds are learned from scores that other writers' text produced (nlp/folds.py); the shipped
    pipelines are trained on everything.
    `opinions`, the network's on mails it had not seen, make a model with the network; without them it has none. Fresh
    mails help only to choose where the network may stop half way: nothing else knows them.
    """
    material, opinions = prepare(sentences, [mail for mail in mails if FRESH not in mail.tags]), opinions or {}
    apart = frozenset(mail.writer for mail in asked_twice(material.mails, opinions))
    kept = unseen(material, apart)
    head = fit(kept.rows, [mail.label.value for mail in material.mails], material.weights)
    fast = unseen_labels(material, kept.rows, apart)
    known = _known(material, kept, fast, opinions)
    blend = _blend(material, known) if known else None
    settler = _settler(material, kept, fast)
    joint = _joint(material, kept, fast, known, (settler, blend) if blend else None)
    thresholds = _thresholds(material, kept.rows, joint, with_network=blend is not None)
    sentence_pipeline, words = parts(material, lambda _: True)
    model = Model(sentence_pipeline, words, head, thresholds, version)
    if blend is None:
        return model
    fresh = fresh_ones(model, [mail for mail in mails if FRESH in mail.tags], opinions)
    early, halt = half_way(settler, blend, [*_asked_twice(material, kept, fast, opinions), *fresh])
    return replace(model, second=SecondReader(settler, early, halt, blend, shipped()))


def _settler(material: Material, kept: Unseen, fast: Sequence[Scores]) -> Settler:
    return fit_settler(
        [
            Unread(material.readings[i], kept.words[i], fast[i], material.mails[i].label)
            for i, weight in enumerate(material.weights)
            if weight == 1
        ]
    )


def _known(material: Material, kept: Unseen, fast: Sequence[Scores], opinions: Opinions) -> dict[int, Seen]:
    """By its place, each mail that neither part had seen, as the blend sees it."""
    names = ((i, fingerprint(mail.mail)) for i, mail in enumerate(material.mails))
    return {
        i: seen_by_blend(material.readings[i], kept.words[i], fast[i], opinions[name][Stage.LATE].labels)
        for i, name in names
        if name in opinions
    }


def _asked_twice(material: Material, kept: Unseen, fast: Sequence[Scores], opinions: Opinions) -> list[AskedTwice]:
    """The mails of the corpus that the network was asked about at both stages before it learned from them."""
    wanted = {mail.id for mail in asked_twice(material.mails, opinions)}
    return [
        AskedTwice(mail, material.readings[i], kept.words[i], fast[i], opinions[fingerprint(mail.mail)])
        for i, mail in enumerate(material.mails)
        if mail.id in wanted and material.weights[i] == 1
    ]


def _blend(material: Material, known: dict[int, Seen]) -> Blend:
    labels = [material.mails[i].label.value for i in known]
    return fit_blend(list(known.values()), labels, [weight_of(material.mails[i].tags) for i in known])


def _joint(
    material: Material,
    kept: Unseen,
    fast: Sequence[Scores],
    known: dict[int, Seen],
    second: tuple[Settler, Blend] | None,
) -> dict[int, Scores]:
    """By its place, what the parts together say of each whole mail: the limits are for whole mails only."""
    whole = [i for i, weight in enumerate(material.weights) if weight == 1]
    if second is None:
        return {i: fast[i] for i in whole}
    settler, blend = second
    return {
        i: fast[i] if settler.closes(material.readings[i], kept.words[i], fast[i]) else blend.probabilities(known[i])
        for i in whole
        if i in known
    }


def _thresholds(
    material: Material, rows: Sequence[Sequence[float]], joint: dict[int, Scores], *, with_network: bool
) -> Thresholds:
    kept = [
        KeptMail(
            labels[Label.REJECTION],
            material.mails[i].label is Label.REJECTION,
            is_backed(material.readings[i]),
            material.readings[i].is_clear,
            EVERYDAY in material.mails[i].tags,
            has_job=material.readings[i].subject.job > 0,
        )
        for i, labels in joint.items()
    ]
    said = [
        mail.label is Label.REJECTION
        for mail, row, weight in zip(material.mails, rows, material.weights, strict=True)
        if weight == 1 and agreed(row)
    ]
    return chosen(kept, said, with_network=with_network)
