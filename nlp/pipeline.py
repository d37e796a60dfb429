"""The two spaCy pipelines: bag-of-words text categorisers over sentences and over whole mails."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

import spacy
from spacy.language import Language
from spacy.pipeline import TextCategorizer
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from nlp.features import Scores
from nlp.masking import masked

BATCH = 64  # spaCy's default of 1,000 triples peak memory for no speed (measured)
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
        doc = document(pipeline, text)
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


def score(pipeline: Language, texts: Iterable[str]) -> list[Scores]:
    """Probability of each class for each text, in order. Not for two threads at once on one pipeline."""
    with pipeline.memory_zone():  # else spaCy keeps every word it ever saw, of mail after mail
        return [dict(doc.cats) for doc in pipeline.pipe((document(pipeline, text) for text in texts), batch_size=BATCH)]


def document(pipeline: Language, text: str) -> Doc:
    """The text as the models read it, tokens ready made: spaCy's tokenizer would only split at spaces again."""
    return Doc(pipeline.vocab, words=masked(text).split() or ["xnothing"])
