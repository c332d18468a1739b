"""Ways to score the same pairs: the reference, the official recipe, sentence-transformers, and one pair at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import psutil
import torch

from harness.benchmark.result import NAMES
from harness.core.errors import MissingDependency, UsageError
from harness.core.pairs import Pair, by_request
from harness.core.scores import Scores
from harness.reference.checkpoint import Form
from harness.reference.devices import Device
from harness.reference.pipeline import Reranker
from harness.reference.quiet import quiet_transformers
from harness.targets.sentence_transformers import CrossEncoderTarget, open_cross_encoder

#: Share of the free memory that logits of every position may take: the library holds them once more while it works.
MOST_MEMORY = 0.3


@dataclass(frozen=True, slots=True)
class Contender:
    """A way to log-odds of pairs of one query, shape (pairs,). `module` is the model that it runs; `note` says of some
    pairs in which way they are scored otherwise than the name tells; empty if they are not.
    """

    name: str
    module: Any
    score: Callable[[Sequence[Pair]], Scores]
    note: Callable[[Sequence[Pair]], str] = lambda pairs: ""


def contender(name: str, reranker: Reranker) -> Contender:
    """The contender of that name for the reranker's checkpoint, device and dtype. UsageError names the ones there are,
    or says why this one cannot score the model; MissingDependency where its package is not installed.
    """
    module = reranker.parts.module
    match name:
        case "reference":
            return Contender(name, module, reranker.log_odds)
        case "one-by-one":
            return Contender(name, module, lambda pairs: reranker.log_odds(pairs, one_by_one=True))
        case "recipe":
            if reranker.parts.checkpoint.form is not Form.CAUSAL:
                raise UsageError("the official recipe scores causal models by their answer tokens, and no classifier")
            recipe = Recipe(reranker, _free_bytes(reranker.parts.device))
            return Contender(name, module, recipe.score, recipe.note)
        case "sentence-transformers":
            return _sentence_transformers(reranker)
    raise UsageError(f"no contender {name!r}; there are: {', '.join(NAMES)}")


def contenders(names: Sequence[str], reranker: Reranker) -> tuple[list[Contender], list[str]]:
    """Those of `names` that can be had, or all that can where none is named; and why the others cannot."""
    if names:
        return [contender(name, reranker) for name in names], []
    found, missing = [], []
    for name in NAMES:
        try:
            found.append(contender(name, reranker))
        except (MissingDependency, UsageError) as error:
            missing.append(f"{name}: {error}")
    return found, missing


@dataclass(frozen=True)
class Recipe:
    """The model card's recipe: all pairs in one batch, padded on the left, logits of the whole vocabulary at every
    position, a logarithmic softmax over the two answers at the last one. `free` is the memory in bytes that logits are
    fitted into; where those of one batch do not fit, the largest batches that do are scored.

    Source: https://github.com/QwenLM/Qwen3-Embedding, README, usage of Qwen3-Reranker with transformers.
    """

    reranker: Reranker
    free: int

    def score(self, pairs: Sequence[Pair]) -> Scores:
        """Log-odds, shape (pairs,)."""
        rows = self._rows(pairs)
        found = [self._batch(pairs[at : at + rows]) for at in range(0, len(pairs), rows)]
        return np.concatenate(found)

    def note(self, pairs: Sequence[Pair]) -> str:
        """Where one batch of all pairs does not fit into memory."""
        rows = self._rows(pairs)
        if rows >= len(pairs):
            return ""
        needed = self._bytes(pairs) * len(pairs) / 2**30
        return f"in batches of {rows}: the logits of one batch would need {needed:.1f} GiB"

    def _batch(self, pairs: Sequence[Pair]) -> Scores:
        tokenizer: Any = self.reranker.parts.encoder.tokenizer
        prompts = [{"input_ids": list(self.reranker.encoding(pair).ids)} for pair in pairs]
        before, tokenizer.padding_side = tokenizer.padding_side, "left"
        try:
            with quiet_transformers():
                inputs = tokenizer.pad(prompts, padding=True, return_tensors="pt").to(self.reranker.parts.device.torch)
        finally:
            tokenizer.padding_side = before
        module: Any = self.reranker.parts.module
        with torch.inference_mode():
            last = module(**inputs).logits[:, -1, :]
            answers = torch.stack([last[:, id] for id in self.reranker.parts.answer_ids], dim=1)
            logged = torch.nn.functional.log_softmax(answers, dim=1).double().cpu().numpy()
        return np.asarray(self.reranker.parts.activation.log_odds(logged))

    def _rows(self, pairs: Sequence[Pair]) -> int:
        return max(1, min(len(pairs), int(MOST_MEMORY * self.free / self._bytes(pairs))))

    def _bytes(self, pairs: Sequence[Pair]) -> int:
        """Of the logits of one row."""
        longest = max(len(self.reranker.encoding(pair).ids) for pair in pairs)
        vocabulary: int = self.reranker.parts.module.config.vocab_size  # type: ignore[union-attr, assignment]
        return longest * vocabulary * self.reranker.parts.precision.dtype.itemsize


def _free_bytes(device: Device) -> int:
    """Memory that is free on the device now."""
    return torch.cuda.mem_get_info(device.torch)[0] if device.kind == "cuda" else psutil.virtual_memory().available


def _sentence_transformers(reranker: Reranker) -> Contender:
    parts = reranker.parts
    name, folder = "sentence-transformers", str(parts.checkpoint.folder)
    dtype = str(parts.precision.dtype).removeprefix("torch.")
    target = open_cross_encoder(name, folder, str(parts.device), dtype)
    return Contender(name, target.encoder.model, lambda pairs: _requested(target, pairs))


def _requested(target: CrossEncoderTarget, pairs: Sequence[Pair]) -> Scores:
    scores = np.empty(len(pairs))
    for query, instruction, places, documents in by_request(pairs):
        scores[places] = target.score(query, documents, instruction)
    return scores
