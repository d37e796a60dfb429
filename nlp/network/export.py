"""Writes a trained network as the files that `nlp.network.network` loads: int8 encoder, heads, tokenizer, checksums."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from nlp.network.architecture import Reader
from nlp.network.network import ENCODER, HEADS, write_checksums

_OPSET = 18


class _States(nn.Module):
    """The encoder alone, with the two inputs it has at work."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        states: Tensor = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return states


def export(reader: Reader, base: Path, out: Path) -> None:
    """Write the network; weights of matrices and of the vocabulary become 8-bit integers, a quarter of the size."""
    sample = torch.tensor([[101, 2000, 2001, 102], [101, 2002, 102, 0]])
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            _States(reader.encoder.eval()),
            (sample, (sample > 0).long()),
            str(full),
            input_names=["ids", "mask"],
            output_names=["states"],
            dynamic_axes={name: {0: "mails", 1: "pieces"} for name in ("ids", "mask", "states")},
            opset_version=_OPSET,
            dynamo=False,
        )
        quantize_dynamic(
            full,
            out / ENCODER,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,  # 7 bits: processors without VNNI overflow on 8 and would answer differently
            op_types_to_quantize=["MatMul", "Gather"],
        )
    heads = {
        name.removeprefix("heads."): value.numpy() for name, value in reader.state_dict().items() if "heads." in name
    }
    with (out / HEADS).open("wb") as file:
        np.savez(file, **{name: value.astype(np.float32) for name, value in heads.items()})
    shutil.copyfile(base / "tokenizer.json", out / "tokenizer.json")
    write_checksums(out, [ENCODER, HEADS, "tokenizer.json"])
