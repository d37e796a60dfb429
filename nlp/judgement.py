"""What the model says of one mail, before bands and labels are drawn from it."""

from __future__ import annotations

from dataclasses import dataclass, field

from nlp.features import Scores, rejection_score
from nlp.network.network import Opinion


@dataclass(frozen=True)
class Judgement:
    """Label probabilities of a mail, and class probabilities of each of its sentences."""

    labels: Scores
    sentences: tuple[Scores, ...]
    floor: float = 0.0  # what the score is at least, because phrase, sentence model and gate agree
    settled: bool = False  # plainly about no job; the network was not asked
    stated: bool = False  # a no that phrase, words and fast part all state; the network was not asked
    opinion: Opinion | None = None  # the network's, where it was asked
    words: Scores = field(default_factory=dict)  # what the word weights alone said

    @property
    def score(self) -> float:
        """Probability that the mail is a rejection."""
        return max(self.labels["rejection"], self.floor)

    @property
    def best_sentence(self) -> float:
        """The highest rejection score among the sentences, 0 if there is none."""
        return max(map(rejection_score, self.sentences), default=0.0)
