"""What a decisive phrase is: a pattern on lower-case text with its reason and the guards it needs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.verdict import Reason


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way of saying no.

    `ours`: the phrase names who decides ("we have ..."), so a story told by others needs "I" before it.
    `strong`: alone enough to agree with the model. `unless`: words in the sentence that take its meaning away.
    """

    name: str
    pattern: re.Pattern[str]
    reason: Reason = Reason.PASSED
    ours: bool = False
    strong: bool = True
    unless: re.Pattern[str] | None = None


def phrase(
    name: str,
    pattern: str,
    *,
    reason: Reason = Reason.PASSED,
    ours: bool = False,
    strong: bool = True,
    unless: str = "",
) -> Phrase:
    """A phrase from its parts, spaces standing for any single space."""
    return Phrase(name, re.compile(pattern), reason, ours, strong, re.compile(unless) if unless else None)
