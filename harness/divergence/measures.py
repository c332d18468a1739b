"""How far one module's answer is from another computation's, and how far rounding explains."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from harness.divergence.again import is_floating, on_inputs_of, with_all_moved
from harness.divergence.lockstep import Call
from harness.divergence.result import Row
from harness.reference.states import kept, relative

#: What a module may be off, as a multiple of what it is where all numbers that go into it, and come out of its parts,
#: move by one eps of the coarser dtype: about three times the largest met in healthy models, for a module without parts
#: and for one with parts. On 30 pairs of tiny-causal, each by itself, over pairs of float64, float32, float16, bfloat16
#: with sdpa and eager, that was with float32 the coarser, which rounds sums at every step, 4.9 (linear; norm 0.3) and
#: 3.4 (attention; layer 2.2, MLP 1.9), and with half precision, whose sums are float32, 1.0 (norm; linear 0.5) and 1.9
#: (layer; attention 1.3). Random models of nine architectures (Qwen2 and 3, Llama, Gemma 1 to 3, BERT, ModernBERT,
#: DeBERTa; one as wide as Qwen3-Reranker-0.6B) stayed below, but for classifiers of one output, 1.4 in half precision.
#: All on the CPU.
MULTIPLES = {torch.float32: (15.0, 15.0), torch.float16: (3.0, 6.0), torch.bfloat16: (3.0, 6.0)}
#: Draws of that movement, of which the largest counts, likewise. With one, a healthy layer in half precision came to
#: 4.5 times what it had moved, with two to 2.3, with four to 1.9; they change little for a module without parts.
DRAWS = (1, 4)
#: Norms, rotations and the softmax of eager attention are float32 in transformers, also in a model in float64.
FINEST = torch.float32


def coarser(*dtypes: torch.dtype) -> torch.dtype:
    """The dtype of the widest spacing, whose rounding is what two computations may differ by."""
    return max(FINEST, *dtypes, key=lambda dtype: torch.finfo(dtype).eps)


def measured(right: Call, found: Call, masks: tuple[Tensor, Tensor], dtype: torch.dtype) -> Row:
    """The row of a module that returned in A (`right`) and in B (`found`), whose tokens are kept by `masks` of A and B;
    `dtype` is the coarser of the two.
    """
    (mask, own), eps = masks, torch.finfo(dtype).eps
    exact = _rows(right.output, mask)
    has_parts = any(True for _ in right.module.children())
    drawn = (with_all_moved(right, eps, seed) for seed in range(DRAWS[has_parts]))
    moved = max(_largest(_rows(output, mask), exact) for output in drawn)
    return Row(
        name=right.name,
        local=_largest(_rows(on_inputs_of(right, found), own), exact),
        limit=MULTIPLES[dtype][has_parts] * (max(eps, moved) if moved < torch.inf else eps),
        accumulated=_largest(_rows(found.output, own), exact),
    )


def tensors_of(output: Any) -> list[Tensor]:
    """The floating-point tensors that make up a module's answer: one, or those of a tuple that have the first one's
    shape, as sines beside cosines have and attention weights beside states have not. Empty for the answer of a whole
    model, each part of which is looked at by itself.
    """
    made = output if isinstance(output, tuple) else (output,)
    return [part for part in made if is_floating(made[0]) and is_floating(part) and part.shape == made[0].shape]


def _rows(output: Any, mask: Tensor) -> Tensor:
    return torch.cat([kept(tensor, mask) for tensor in tensors_of(output)], dim=-1)


def _largest(found: Tensor, exact: Tensor) -> float:
    """The largest relative distance of a row; what is no number is infinitely far, and so is another shape."""
    if found.shape != exact.shape:
        return torch.inf
    return float(relative(found, exact).nan_to_num(nan=torch.inf, posinf=torch.inf).max())
