"""A mail as the network reads it: word pieces, and which of them belong to which sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from nlp.masking import DIGIT, EMAIL, URL

# Word pieces of one mail: about 140 words. Time grows with them; of long mails that say no in one clause, 6 in 100 lost
# that clause at 128, 2 at 192 (fresh mails).
MOST = 192
_LEAST = 3  # pieces; a shorter stump of a cut sentence says nothing
_CLS, _SEP = 101, 102  # BERT's marks for the beginning and the end of a text (Devlin et al. 2019)


@dataclass(frozen=True, slots=True)
class Pieces:
    """Word pieces of one mail. `spans` holds, per sentence that fits: its place, first piece, one past its last."""

    ids: tuple[int, ...]
    spans: tuple[tuple[int, int, int], ...]


def tokenizer_of(folder: Path) -> Tokenizer:
    """The word-piece tokenizer of the base model, without padding or cutting of its own."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def plain(text: str) -> str:
    """Links, addresses and digits alike: which one it is never decides."""
    return DIGIT.sub("0", EMAIL.sub("email", URL.sub("link", text)))


def sentence_pieces(tokenizer: Tokenizer, sentences: Sequence[str]) -> list[list[int]]:
    """The word pieces of each sentence."""
    encoded = tokenizer.encode_batch_fast([plain(one) for one in sentences], add_special_tokens=False)
    return [list(one.ids) for one in encoded]


def joined(
    pieces: Sequence[Sequence[int]], in_subject: Sequence[bool], weights: Sequence[float] = (), most: int = MOST
) -> Pieces:
    """One mail's sentences in order, at most `most` pieces.

    A mail that is too long keeps the sentences of the greatest weight (earlier ones first among equals): what the
    fast part holds for decisive is then always read.
    """
    ids, spans = [_CLS], []
    for place in _fitting(pieces, weights, most):
        room = most - len(ids) - 1
        if room < _LEAST:
            break
        spans.append((place, len(ids), len(ids) + min(room, len(pieces[place]))))
        ids.extend(pieces[place][:room])
        if in_subject[place] and len(ids) < most - 1:
            ids.append(_SEP)
    return Pieces((*ids, _SEP), tuple(span for span in spans if span[2] > span[1]))


def _fitting(pieces: Sequence[Sequence[int]], weights: Sequence[float], most: int) -> list[int]:
    """Places of the sentences to keep, in order."""
    everything = list(range(len(pieces)))
    if not weights or sum(map(len, pieces)) + 3 <= most:
        return everything
    kept, room = [], most - 3
    for place in sorted(everything, key=lambda place: (-weights[place], place)):
        if len(pieces[place]) <= room:
            kept.append(place)
            room -= len(pieces[place])
    return sorted(kept) or everything[:1]
