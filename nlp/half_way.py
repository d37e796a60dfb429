"""What the network's opinion half way is worth, learned from mails that none of the parts had seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlp.blend import Blend, Seen, seen, weight_of
from nlp.blend import fit as fit_blend
from nlp.features import Scores
from nlp.halting import HalfWay, Halt
from nlp.halting import fit as fit_halt
from nlp.labelled import LabelledMail
from nlp.model import Model
from nlp.network.kept_back import KeptBack, Opinions, fingerprint
from nlp.network.stages import Stage
from nlp.reading import Reading, read
from nlp.settling import Settler
from nlp.verdict import Label


@dataclass(frozen=True, slots=True)
class AskedTwice:
    """A mail with what the fast part says of it, and the network half way and at the end, none of which had seen it."""

    mail: LabelledMail
    reading: Reading
    words: Scores
    labels: Scores
    opinions: Mapping[Stage, KeptBack]

    def at(self, stage: Stage) -> Seen:
        """The mail as the blend of that stage sees it."""
        return seen(self.reading, self.words, self.labels, self.opinions[stage].labels)


def asked_twice(mails: Sequence[LabelledMail], opinions: Opinions) -> list[LabelledMail]:
    """Those of the mails that the network was asked about at both stages."""
    return [mail for mail in mails if len(opinions.get(fingerprint(mail.mail), {})) == len(Stage)]


def fresh_ones(fast: Model, mails: Sequence[LabelledMail], opinions: Opinions) -> list[AskedTwice]:
    """Fresh mails that were asked about twice: the whole fast part, which knows none of them, reads them."""
    known = asked_twice(mails, opinions)
    readings = [read(mail.mail, mail.language) for mail in known]
    return [
        AskedTwice(mail, reading, said.words, said.labels, opinions[fingerprint(mail.mail)])
        for mail, reading, said in zip(known, readings, fast.judge_fast(readings), strict=True)
    ]


def half_way(settler: Settler, late: Blend, known: Sequence[AskedTwice]) -> tuple[Blend, Halt]:
    """The blend for the first opinion, and where it will do; `late` is the blend for the last one.

    Only mails that the fast part leaves open count. Without any, nothing ever halts.
    """
    open_ = [
        one
        for one in known
        if not settler.settles(one.reading, one.words) and not settler.closes(one.reading, one.words, one.labels)
    ]
    if not open_:
        return late, Halt(0.0)
    early = fit_blend(
        [one.at(Stage.EARLY) for one in open_],
        [one.mail.label.value for one in open_],
        [weight_of(one.mail.tags) for one in open_],
    )
    return early, fit_halt(
        [
            HalfWay(
                early.probabilities(one.at(Stage.EARLY)),
                late.probabilities(one.at(Stage.LATE))[Label.REJECTION],
                one.mail.label is Label.REJECTION,
                has_job=one.reading.subject.job > 0,
            )
            for one in open_
        ]
    )
