"""Learns the tone of sentences: two regressions, over words and over the encoder's states, and limits for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from nlp.folds import fold_of
from nlp.network.network import Network
from nlp.tone.labelled import FINE, LABELS, ToneSentence
from nlp.tone.reading import states_of, worded
from nlp.tone.weights import Array, ToneWeights, terms_of

_RARE = 2  # sentences; a term in fewer is a name or a slip
# scikit-learn's C. On kept-back writers of English, recall at 2 % of calm sentences pointed out: words .31, states .20,
# both .37 at these values, and within .02 of it at half and twice.
_FREEDOM_OF_WORDS, _FREEDOM_OF_STATES = 5.0, 0.003
_MOST_STEPS = 500
_SPARED = 0.985  # share of kept-back calm sentences of each language that the limit must let be
_OURS = "classact"  # the writer of the letters that we suggest: known to every fold, no measure of what people write
_OURS_WEIGHT = 0.2  # of them against a person's sentence: at 1, what people write is heard a third less often
_ROOM = 0.02  # between our own letters and the limit: names and roles in them vary
_FOLDS = 3  # of the writers
_LEAST_LIMIT = 0.5  # a sentence that is more likely fine than not is never pointed out


def learned(rows: Sequence[ToneSentence], network: Network) -> ToneWeights:
    """The weights from labelled sentences; the same rows and network give the same ones.

    The limits come from thirds of the writers, each judged by weights that the other two thirds taught.
    """
    texts, states = [worded(row.text, row.language) for row in rows], states_of(rows, network)
    folds = [fold_of(row.writer, folds=_FOLDS) if _is_measured(row) else None for row in rows]
    said = np.zeros(len(rows))
    for fold in range(_FOLDS):
        known = [place for place, one in enumerate(folds) if one != fold]
        weights = _fitted([texts[i] for i in known], states[known], [rows[i] for i in known])
        for place in (place for place, one in enumerate(folds) if one == fold):
            said[place] = 1 - weights.judge(texts[place], states[place])[FINE]
    whole = _fitted(texts, states, rows)
    for place, row in enumerate(rows):
        if not _is_measured(row):
            said[place] = 1 - whole.judge(texts[place], states[place])[FINE] + _ROOM
    return replace(whole, limits=_limits(rows, said))


def _limits(rows: Sequence[ToneSentence], said: NDArray[np.float64]) -> dict[str, float]:
    """By language, the least likelihood that lets enough of people's calm sentences be, and all of our own."""
    found = {}
    fine = [place for place, row in enumerate(rows) if row.label == FINE]
    for language in sorted({row.language for row in rows}):
        calm = [said[i] for i in fine if rows[i].language == language and _is_measured(rows[i])]
        ours = [said[i] for i in fine if rows[i].language == language and not _is_measured(rows[i])]
        if calm:
            spared = float(np.quantile(calm, _SPARED, method="higher"))
            found[language] = round(float(max(_LEAST_LIMIT, spared, *ours)) + 5e-4, 3)
    return found


def _is_measured(row: ToneSentence) -> bool:
    return not row.writer.endswith(f"/{_OURS}")


def _fitted(texts: Sequence[str], states: Array, rows: Sequence[ToneSentence]) -> ToneWeights:
    table = TfidfVectorizer(analyzer=terms_of, min_df=_RARE, sublinear_tf=True)
    words = _regression(table.fit_transform(texts), rows, _FREEDOM_OF_WORDS)
    mean, spread = states.mean(axis=0), states.std(axis=0) + 1e-6
    scaled = _regression((states - mean) / spread, rows, _FREEDOM_OF_STATES)
    slopes = scaled[:-1] / spread[:, None]
    terms = {str(term): row for row, term in enumerate(table.get_feature_names_out())}
    own = np.vstack([slopes, scaled[-1] - mean @ slopes]).astype(np.float32)
    return ToneWeights(terms, _short(table.idf_), _short(words), own, {})


def _regression(table: object, rows: Sequence[ToneSentence], freedom: float) -> NDArray[np.float64]:
    """Weights, offsets last, one column per label; labels are weighed as if each were equally common."""
    own = np.asarray([1.0 if _is_measured(row) else _OURS_WEIGHT for row in rows])
    labels = np.asarray([row.label for row in rows])
    share = {label: own.sum() / len(LABELS) / own[labels == label].sum() for label in LABELS}
    weights = own * np.asarray([share[label] for label in labels])
    fitted = LogisticRegression(C=freedom, max_iter=_MOST_STEPS).fit(table, labels, weights)
    order = [list(fitted.classes_).index(label) for label in LABELS]
    return np.vstack([fitted.coef_.T[:, order], fitted.intercept_[order]])


def _short(values: NDArray[np.float64]) -> Array:
    """Rounded to what the file holds, so that saved weights judge exactly as those that were saved."""
    return values.astype(np.float16).astype(np.float32)
