"""Hears how the sentences of a letter sound. Nothing is kept between letters."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from nlp.glossing import glossed
from nlp.language import language_of
from nlp.network.network import Network, NetworkMissing, shipped
from nlp.sentences import sentences
from nlp.tone.labelled import FINE, ToneSentence, as_typed
from nlp.tone.weights import Array, ToneWeights
from nlp.verdict import Heard, MailText, Overtone

FOLDER = Path(__file__).parents[1] / "model" / "tone"
_BORDER = len(MailText().cleaned)  # what stands before the body where sentences are counted
_MOST = 25  # sentences, of some milliseconds each; a letter should have 125 words, which are about ten
_FEW = 4  # words; so few without a stop are a greeting or a name
_ENDINGS = (".", "!", "?", "…")


class ToneMissing(Exception):
    """Nothing was learned of tone, or it cannot be read; the message says why."""


class ToneReader:
    """Points out the sentences of a letter that may sound bitter, arguing or pleading."""

    def __init__(self, weights: ToneWeights, network: Network) -> None:
        self._weights = weights
        self._network = network

    @classmethod
    def load(cls, folder: Path = FOLDER) -> ToneReader:
        """The reader with the weights in a folder and the shipped network; raises ToneMissing."""
        try:
            return cls(ToneWeights.load(folder), shipped())
        except (OSError, ValueError, KeyError, TypeError, AttributeError, NetworkMissing) as error:
            raise ToneMissing(f"{folder}: {type(error).__name__}: {error}") from error

    def hear(self, text: str, language: str = "") -> list[Heard]:
        """What may be heard in the letter, in order; places are characters of the text.

        The language is told from the text when it is not given; in one that nothing was learned of, nothing is heard.
        """
        mail = MailText(body=as_typed(text))
        language = language or language_of(mail)
        limit = self._weights.limits.get(language)
        if limit is None:
            return []
        found = []
        for one in sentences(mail)[:_MOST]:
            if len(one.text.split()) <= _FEW and not one.text.endswith(_ENDINGS):
                continue
            said = self.judge(one.text, language)
            if 1 - said[FINE] >= limit:
                overtone = max(Overtone, key=lambda name: said[name])
                found.append(Heard(overtone, one.start - _BORDER, one.end - _BORDER))
        return found

    def judge(self, sentence: str, language: str) -> dict[str, float]:
        """How likely a sentence sounds bitter, arguing, pleading, fine."""
        text = worded(sentence, language)
        return self._weights.judge(text, self._network.mean_state(text))


def worded(sentence: str, language: str) -> str:
    """A sentence as the weights know it: apostrophes plain, words of other languages glossed."""
    return glossed(as_typed(sentence), language)


def states_of(rows: Iterable[ToneSentence], network: Network) -> Array:
    """The network's mean state of each sentence: rows x width."""
    return np.stack([network.mean_state(worded(row.text, row.language)) for row in rows])
