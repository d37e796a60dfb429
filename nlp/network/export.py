"""Writes a trained network as `nlp.network.network` loads it: two int8 halves, heads, tokenizer, checksums."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import BertModel

from nlp.network.architecture import Reader
from nlp.network.network import HEADS, LOWER, UPPER, write_checksums
from nlp.network.stages import HALF_WAY

_OPSET = 18


class _Lower(nn.Module):
    """Word pieces to the states half way. A mail is read alone, so nothing is padded and nothing masked."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.embeddings, self.layers = encoder.embeddings, encoder.encoder.layer[:HALF_WAY]

    def forward(self, given: Tensor) -> Tensor:
        return _through(self.layers, self.embeddings(input_ids=given))


class _Upper(nn.Module):
    """The states half way to those at the end."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.layers = encoder.encoder.layer[HALF_WAY:]

    def forward(self, given: Tensor) -> Tensor:
        return _through(self.layers, given)


def export(reader: Reader, base: Path, out: Path) -> None:
    """Write the network; weights of matrices and of the vocabulary become 8-bit integers, a quarter of the size."""
    encoder = reader.encoder.eval()
    ids = torch.tensor([[101, 2000, 2001, 102]])
    with torch.no_grad():
        _write(_Lower(encoder), ids, out / LOWER)
        _write(_Upper(encoder), _Lower(encoder)(ids), out / UPPER)
    heads = {
        name.removeprefix("heads."): value.numpy() for name, value in reader.state_dict().items() if "heads." in name
    }
    with (out / HEADS).open("wb") as file:
        np.savez(file, **{name: value.astype(np.float32) for name, value in heads.items()})
    shutil.copyfile(base / "tokenizer.json", out / "tokenizer.json")
    write_checksums(out, [LOWER, UPPER, HEADS, "tokenizer.json"])


def _write(half: nn.Module, sample: Tensor, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            half,
            (sample,),
            str(full),
            input_names=["given"],
            output_names=["states"],
            dynamic_axes={"given": {1: "pieces"}, "states": {1: "pieces"}},
            opset_version=_OPSET,
            dynamo=False,
        )
        quantize_dynamic(
            full,
            path,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,  # 7 bits: processors without VNNI overflow on 8 and would answer differently
            op_types_to_quantize=["MatMul", "Gather"],
        )


def _through(layers: Iterable[nn.Module], states: Tensor) -> Tensor:
    for layer in layers:
        states = layer(states)
    return states
