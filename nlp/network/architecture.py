"""The network in PyTorch, for training only: a BERT encoder, and heads over whole mails and over their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from nlp.labelled import NEUTRAL, SENTENCE_LABELS
from nlp.network.examples import UNKNOWN, Example
from nlp.network.pieces import Pieces
from nlp.network.stages import HALF_WAY, Stage
from nlp.verdict import Label, Reason

_DROPOUT = 0.1
_DECAY = 0.01
_SENTENCES, _HOLD, _REASON = 0.5, 0.2, 0.2  # weights of the side tasks against the nine labels
_NEUTRAL_WEIGHT = 0.5  # neutral sentences are many
_ABSENT = -100  # PyTorch's mark for "no target"
_SURE = 0.9999
_REJECTION = 0  # its place in Label

Batch = Sequence[tuple[Example, Pieces]]


class Reader(nn.Module):
    """Encoder and heads. A mail is its first state beside the mean; a sentence its own mean beside the mail's."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        # Words the corpus does not hold keep their place among those it does.
        encoder.embeddings.word_embeddings.weight.requires_grad_(requires_grad=False)
        width = 2 * encoder.config.hidden_size
        sizes = {"label": len(Label), "hold": 1, "reason": len(Reason), "sentence": len(SENTENCE_LABELS)}
        self.heads = nn.ModuleDict(
            {f"{stage}_{name}": nn.Linear(width, size) for stage in Stage for name, size in sizes.items()}
        )
        self.dropout = nn.Dropout(_DROPOUT)

    @classmethod
    def from_base(cls, folder: Path) -> Reader:
        """Fresh heads on the base model's encoder."""
        return cls(BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager"))

    def forward(self, ids: Tensor, mask: Tensor, members: Tensor) -> dict[Stage, dict[str, Tensor]]:
        """Raw scores of every head, by stage; `members` (mails x sentences x pieces) says which piece is in which."""
        layers = self.encoder(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states
        return {
            Stage.EARLY: self.scores(Stage.EARLY, layers[HALF_WAY], mask, members),
            Stage.LATE: self.scores(Stage.LATE, layers[-1], mask, members),
        }

    def scores(self, stage: Stage, states: Tensor, mask: Tensor, members: Tensor) -> dict[str, Tensor]:
        """Raw scores of one stage's heads over its states."""
        shown = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * shown).sum(1) / shown.sum(1)
        whole = self.dropout(torch.cat([states[:, 0], mean], -1))
        own = torch.bmm(members, states) / members.sum(-1, keepdim=True).clamp(min=1)
        beside = self.dropout(torch.cat([own, mean.unsqueeze(1).expand_as(own)], -1))
        return {
            name: self.heads[f"{stage}_{name}"](beside if name == "sentence" else whole)
            for name in ("label", "hold", "reason", "sentence")
        }

    def groups(self, rate: float, head_rate: float) -> list[dict[str, Any]]:
        """Parameter groups for the optimiser: matrices decay, offsets do not, heads learn faster."""
        encoder = [p for p in self.encoder.parameters() if p.requires_grad]
        return [
            {"params": [p for p in encoder if p.ndim > 1], "weight_decay": _DECAY, "lr": rate},
            {"params": [p for p in encoder if p.ndim <= 1], "weight_decay": 0.0, "lr": rate},
            {"params": list(self.heads.parameters()), "weight_decay": 0.0, "lr": head_rate},
        ]

    @torch.no_grad()
    def opinion(self, pieces: Pieces) -> list[float]:
        """Probabilities for one mail, at the end and half way: nine labels, hold, three reasons each."""
        ids = torch.tensor([pieces.ids])
        both = self(ids, torch.ones_like(ids), torch.zeros(1, 1, len(pieces.ids)))
        parts = [
            part
            for found in (both[Stage.LATE], both[Stage.EARLY])
            for part in (found["label"][0].softmax(-1), found["hold"][0].sigmoid(), found["reason"][0].softmax(-1))
        ]
        return [float(value) for value in torch.cat(parts)]


def loss_of(reader: Reader, batch: Batch) -> Tensor:
    """What the optimiser makes small at the end of the network; the early heads learn afterwards (early.py)."""
    return loss(reader(*tensors([pieces for _, pieces in batch]))[Stage.LATE], batch)


def loss(found: dict[str, Tensor], batch: Batch) -> Tensor:
    """How far one stage's scores are from the truth: the nine labels first, sentences, hold and reason beside them."""
    rows = [row for row, _ in batch]
    weight = torch.tensor([row.weight for row in rows])
    label = torch.tensor([row.label for row in rows])
    logs = functional.log_softmax(found["label"], -1)
    known = functional.nll_loss(logs, label.clamp(min=0), reduction="none")
    no_rejection = -torch.log1p(-logs[:, _REJECTION].exp().clamp(max=_SURE))
    labels = (torch.where(label != UNKNOWN, known, no_rejection) * weight).sum() / weight.sum()
    hold = functional.binary_cross_entropy_with_logits(
        found["hold"][:, 0], torch.tensor([float(row.hold) for row in rows])
    )
    total: Tensor = labels + _SENTENCES * _sentence_loss(found["sentence"], batch) + _HOLD * hold
    reason = torch.tensor([row.reason for row in rows])
    if (reason != UNKNOWN).any():
        total = total + _REASON * functional.cross_entropy(found["reason"], reason, ignore_index=UNKNOWN)
    return total


def tensors(batch: Sequence[Pieces]) -> tuple[Tensor, Tensor, Tensor]:
    """Word pieces, their mask, and which piece belongs to which sentence, padded to one size."""
    width, height = max(len(one.ids) for one in batch), max(1, *(len(one.spans) for one in batch))
    ids = torch.zeros(len(batch), width, dtype=torch.long)
    mask = torch.zeros_like(ids)
    members = torch.zeros(len(batch), height, width)
    for row, one in enumerate(batch):
        ids[row, : len(one.ids)] = torch.tensor(one.ids)
        mask[row, : len(one.ids)] = 1
        for place, (_, first, end) in enumerate(one.spans):
            members[row, place, first:end] = 1
    return ids, mask, members


def _sentence_loss(scores: Tensor, batch: Batch) -> Tensor:
    target = torch.full(scores.shape[:2], _ABSENT)
    for row, (example, pieces) in enumerate(batch):
        for place, (sentence, _, _) in enumerate(pieces.spans):
            target[row, place] = example.targets[sentence]
    weight = torch.ones(len(SENTENCE_LABELS))
    weight[SENTENCE_LABELS.index(NEUTRAL)] = _NEUTRAL_WEIGHT
    return functional.cross_entropy(scores.flatten(0, 1), target.flatten(), ignore_index=_ABSENT, weight=weight)
