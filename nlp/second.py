"""The second reader: the network, asked only of what the fast part leaves open, and only as far as it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from nlp.blend import Blend
from nlp.features import rejection_score
from nlp.halting import Halt
from nlp.judgement import Judgement
from nlp.network.network import Network
from nlp.reading import Reading
from nlp.settling import Settler


@dataclass(frozen=True)
class SecondReader:
    """Which mails are read, how far, and how what is found goes together with what the fast part said."""

    settler: Settler
    early: Blend
    halt: Halt
    late: Blend
    network: Network

    def judge(self, reading: Reading, fast: Judgement) -> Judgement:
        """The joint judgement: the fast one where it will do, else after half of the network, else after all of it."""
        if fast.settled:
            return fast
        if self.settler.closes(reading, fast.words, fast.labels):
            return replace(fast, stated=reading.speaks)
        half = self.network.start(reading, [rejection_score(scores) for scores in fast.sentences])
        early = self.early.judge(reading, fast, half.opinion)
        if self.halt.halts(early.labels, has_job=reading.subject.job > 0):
            return early
        return self.late.judge(reading, fast, self.network.finish(half))

    def written(self) -> dict[str, Any]:
        """All that was learned beside the network, as plain values."""
        return {name: asdict(getattr(self, name)) for name in ("settler", "early", "halt", "late")}

    @classmethod
    def of(cls, content: Mapping[str, Any], network: Network) -> SecondReader:
        """The reader from such values; raises KeyError or TypeError when one is missing."""
        settler = Settler(**content["settler"] | {"weights": tuple(content["settler"]["weights"])})
        return cls(settler, _blend(content["early"]), Halt(**content["halt"]), _blend(content["late"]), network)


def _blend(content: Mapping[str, Any]) -> Blend:
    return Blend(tuple(content["decisive"]), tuple(tuple(row) for row in content["labels"]))
