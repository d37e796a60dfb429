"""Trains the heads half way up: the encoder stays as it is, so each text has to go through its lower half only once."""

from __future__ import annotations

import copy
import random
import sys
from collections.abc import Sequence

import torch
from torch import Tensor
from transformers import BertModel

from nlp.network.architecture import Batch, Reader, loss, tensors
from nlp.network.examples import Example, batches
from nlp.network.stages import HALF_WAY, Stage

_EPOCHS, _SIZE, _RATE, _SEED = 12, 32, 2e-3, 25278


def train_early(reader: Reader, rows: Sequence[Example]) -> None:
    """Teach the early heads the rows' targets, in place."""
    torch.manual_seed(_SEED)
    draw = random.Random(_SEED)  # noqa: S311 - shuffling
    lower = _lower(reader.encoder)
    seen = [(batch, _states(lower, batch)) for batch in batches(rows, _SIZE, draw)]
    heads = [value for name, value in reader.heads.named_parameters() if name.startswith(Stage.EARLY)]
    optimizer = torch.optim.AdamW(heads, lr=_RATE)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.02, _EPOCHS * len(seen))
    reader.train()
    for epoch in range(_EPOCHS):
        draw.shuffle(seen)
        total = 0.0
        for batch, states in seen:
            _, mask, members = tensors([pieces for _, pieces in batch])
            value = loss(reader.scores(Stage.EARLY, states, mask, members), batch)
            optimizer.zero_grad()
            value.backward()
            optimizer.step()
            schedule.step()
            total += value.item()
        sys.stderr.write(f"half way, epoch {epoch + 1} of {_EPOCHS}: loss {total / len(seen):.4f}\n")
        sys.stderr.flush()
    reader.eval()


def _lower(encoder: BertModel) -> BertModel:
    config = copy.deepcopy(encoder.config)
    config.num_hidden_layers = HALF_WAY
    lower = BertModel(config, add_pooling_layer=False)
    lower.load_state_dict(encoder.state_dict(), strict=False)
    return lower.eval()


def _states(lower: BertModel, batch: Batch) -> Tensor:
    ids, mask, _ = tensors([pieces for _, pieces in batch])
    with torch.no_grad():
        states: Tensor = lower(input_ids=ids, attention_mask=mask).last_hidden_state
    return states
