"""A model as deep as is wanted, and the pairs that computations of it are compared on."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from safetensors.torch import load_file, save_file

from fixtures.models import model_folder
from harness.core.pairs import Pair
from harness.divergence.compare import compare
from harness.divergence.result import Divergence
from harness.reference.checkpoint import Checkpoint, open_checkpoint
from harness.reference.pipeline import Reranker

PAIRS = (
    Pair("How does a river delta form?", "Bread is baked at 230 degrees."),
    Pair("How does a river delta form?", "A delta grows where a river slows down and drops the sand that it carries."),
)
LAYERS = 8


def deepened(folder: Path, layers: int) -> Checkpoint:
    """The tiny reranker with its three layers in turn, again and again."""
    shutil.copytree(model_folder("tiny-causal"), folder)
    config = json.loads((folder / "config.json").read_text())
    config |= {"num_hidden_layers": layers, "layer_types": ["full_attention"] * layers}
    (folder / "config.json").write_text(json.dumps(config))
    own = load_file(folder / "model.safetensors")
    weights = {name: weight for name, weight in own.items() if ".layers." not in name}
    for layer in range(layers):
        here = f".layers.{layer % 3}."
        weights |= {n.replace(here, f".layers.{layer}."): w.clone() for n, w in own.items() if here in n}
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    return open_checkpoint(folder, name="deep")


def both(a: Reranker, b: Reranker, pairs: tuple[Pair, ...] = PAIRS) -> Divergence:
    """The comparison of two computations on pairs."""
    return compare(a, b, [a.encoding(pair) for pair in pairs])
