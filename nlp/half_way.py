"""What the network's opinion half way is worth, learned from fresh mails, which none of the parts has seen."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.blend import Blend, Seen, seen, weight_of
from nlp.blend import fit as fit_blend
from nlp.halting import HalfWay, Halt
from nlp.halting import fit as fit_halt
from nlp.judgement import Judgement
from nlp.labelled import LabelledMail
from nlp.model import Model
from nlp.network.kept_back import Opinions, fingerprint
from nlp.network.stages import Stage
from nlp.reading import Reading, read
from nlp.settling import Settler
from nlp.verdict import Label


def half_way(
    fast: Model, settler: Settler, late: Blend, mails: Sequence[LabelledMail], opinions: Opinions
) -> tuple[Blend, Halt]:
    """The blend for the first opinion, and where it will do; `late` is the blend for the last one.

    Only mails that the fast part leaves open count. Without any that has both opinions, nothing ever halts.
    """
    known = [mail for mail in mails if len(opinions.get(fingerprint(mail.mail), {})) == len(Stage)]
    readings = [read(mail.mail, mail.language) for mail in known]
    judged = fast.judge_fast(readings)
    open_ = [
        (mail, reading, said)
        for mail, reading, said in zip(known, readings, judged, strict=True)
        if not settler.settles(reading, said.words) and not settler.closes(reading, said.words, said.labels)
    ]
    if not open_:
        return late, Halt(0.0)

    def at(stage: Stage) -> list[Seen]:
        return [_seen(reading, said, opinions, mail, stage) for mail, reading, said in open_]

    labels = [mail.label.value for mail, _, _ in open_]
    early = fit_blend(at(Stage.EARLY), labels, [weight_of(mail.tags) for mail, _, _ in open_])
    return early, fit_halt(
        [
            HalfWay(early.probabilities(first), late.probabilities(last)[Label.REJECTION], label == Label.REJECTION)
            for first, last, label in zip(at(Stage.EARLY), at(Stage.LATE), labels, strict=True)
        ]
    )


def _seen(reading: Reading, said: Judgement, opinions: Opinions, mail: LabelledMail, stage: Stage) -> Seen:
    return seen(reading, said.words, said.labels, opinions[fingerprint(mail.mail)][stage].labels)
