"""What the fast part makes of the sentences of long mails whose writers it does not know.

A mail too long for the network is cut to the sentences that sound most like a no (nlp/network/pieces.py). The network
has to learn from mails that are cut the same way: one that saw only the beginnings of long mails took what the cut
leaves of a friendly one for a refusal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nlp.features import rejection_score
from nlp.folds import FOLDS, fold_of, sentence_part
from nlp.labelled import LabelledMail, LabelledSentence
from nlp.material import Material, prepare
from nlp.network.pieces import MOST
from nlp.pipeline import score

Heard = Mapping[str, tuple[float, ...]]  # by the mail's id, the probability that each of its sentences says no

_SHORTEST = MOST // 3  # words; a shorter mail is hardly ever cut


def heard(mails: Sequence[LabelledMail], lone: Sequence[LabelledSentence]) -> Heard:
    """The long mails of the corpus, each read by a sentence pipeline that other writers' text taught."""
    material = prepare(lone, mails)
    found: dict[str, tuple[float, ...]] = {}
    for fold in range(FOLDS):
        pipeline = sentence_part(material, lambda writer, f=fold: fold_of(writer) != f)  # type: ignore[misc]
        for i in _long(material, fold):
            found[material.mails[i].id] = tuple(map(rejection_score, score(pipeline, material.readings[i].words)))
    return found


def _long(material: Material, fold: int) -> list[int]:
    return [
        i
        for i, mail in enumerate(material.mails)
        if fold_of(mail.writer) == fold and sum(map(len, material.readings[i].words)) >= _SHORTEST
    ]
