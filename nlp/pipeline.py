"""The spaCy pipeline: a bag-of-words text categoriser over sentences."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
import spacy
from spacy.language import Language
from spacy.pipeline import TextCategorizer
from spacy.strings import get_string_id
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from nlp.features import Scores
from nlp.masking import marked, words_of

SEED = 25277
_ROWS = 512  # of one training step: on kept-back writers two rounds of 512 do as well as four of 64


def trained(
    texts: Sequence[str], labels: Sequence[str], classes: Sequence[str], *, epochs: int, rate: float, ngrams: int = 1
) -> Language:
    """A pipeline that tells `classes` apart, learned from texts with one label each.

    Deterministic: the same rows in the same order give the same weights.
    """
    fix_random_seed(SEED)
    pipeline = spacy.blank("xx")
    model = {
        "@architectures": "spacy.TextCatBOW.v3", "exclusive_classes": True, "ngram_size": ngrams,
        "no_output_layer": False, "length": 32768,
    }  # fmt: skip
    textcat = pipeline.add_pipe("textcat", config={"model": model})
    assert isinstance(textcat, TextCategorizer)  # noqa: S101 - tells mypy what add_pipe returns
    for name in classes:
        textcat.add_label(name)
    examples = []
    for text, label in zip(texts, labels, strict=True):
        doc = _document(pipeline, text)
        doc.cats = {name: float(name == label) for name in classes}
        examples.append(Example(doc, doc))
    optimizer = pipeline.initialize(lambda: examples[:50])
    optimizer.learn_rate = rate
    order = random.Random(SEED)  # noqa: S311 - shuffling, not secrecy
    for _ in range(epochs):
        order.shuffle(examples)
        for start in range(0, len(examples), _ROWS):
            textcat.update(examples[start : start + _ROWS], drop=0.2, sgd=optimizer)
    return pipeline


def score(pipeline: Language, sentences: Iterable[list[str]]) -> list[Scores]:
    """Probability of each class for each sentence, given by its words, in order.

    The categoriser's own layer weighs the words' hashes, as it would those of a Doc's tokens. Making the Docs first
    takes four times as long as all the rest, and spaCy would keep every word it ever met.
    """
    textcat = _categorizer(pipeline)
    bags = [Counter(_tokens(words)) for words in sentences]
    if not bags:
        return []
    layer = next(layer for layer in textcat.model.walk() if layer.name == "sparse_linear")
    sums = layer.predict(
        (
            np.fromiter(map(_hash, chain.from_iterable(bags)), dtype=np.uint64),
            np.fromiter(chain.from_iterable(bag.values() for bag in bags), dtype=np.float32),
            np.fromiter(map(len, bags), dtype=np.int32),
        )
    )
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    rows = (powers / powers.sum(axis=1, keepdims=True)).tolist()
    return [dict(zip(textcat.labels, row, strict=True)) for row in rows]


def _document(pipeline: Language, text: str) -> Doc:
    """The text as the model learns it, tokens ready made: spaCy's tokenizer would only split at spaces again."""
    return Doc(pipeline.vocab, words=_tokens(words_of(text)))


def _tokens(words: list[str]) -> list[str]:
    return marked(words) or ["xnothing"]


@lru_cache(32768)  # words, a few MB
def _hash(word: str) -> int:
    return int(get_string_id(word))


def _categorizer(pipeline: Language) -> TextCategorizer:
    textcat = pipeline.get_pipe("textcat")
    assert isinstance(textcat, TextCategorizer)  # noqa: S101 - tells mypy what get_pipe returns
    return textcat
