"""How far scores move without anything being wrong: the noise floor that numeric limits rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from harness.core.scores import Scores


@dataclass(frozen=True, slots=True)
class Noise:
    """The largest deviation seen between equivalent computations of the same logits, and what was compared.

    `multiple` is the factor over the largest deviation observed up to which a deviation still counts as noise;
    `count` is how many scores were compared; `sources` are the largest deviations by name; `origin` says where, when
    and on what they were measured.
    """

    floor_logit: float
    multiple: float
    count: int
    sources: tuple[tuple[str, float], ...]
    origin: str = "measured in this run"

    @property
    def limit_logit(self) -> float:
        """The largest deviation that counts as noise, in logits."""
        return self.multiple * self.floor_logit


def measure(variants: Mapping[str, Scores], baseline: Scores, multiple: float = 8.0) -> Noise:
    """Noise of `baseline` logits against named variants of the same computation ("batched", "repeat", "float64").

    The floor is the largest absolute deviation, and never less than the spacing of float32 at the largest |logit|:
    below it two float32 results cannot differ. `multiple` is by default 8, a factor over the largest deviation
    observed: the largest of few samples underestimates the largest of many. ValueError if a variant has another
    shape than the baseline, if a logit is not finite, or without any logit.
    """
    _refuse_unusable("baseline", baseline, baseline.shape)
    for name, logits in variants.items():
        _refuse_unusable(name, logits, baseline.shape)
    sources = tuple((name, float(np.abs(logits - baseline).max())) for name, logits in variants.items())
    spacing = float(np.spacing(np.float32(np.abs(baseline).max())))
    return Noise(max([spacing, *(value for _, value in sources)]), multiple, baseline.size, sources)


def _refuse_unusable(name: str, logits: Scores, shape: tuple[int, ...]) -> None:
    if logits.shape != shape or not logits.size:
        raise ValueError(f"{name}: logits of shape {logits.shape}; expected {shape} and at least one")
    if not np.isfinite(logits).all():
        raise ValueError(f"{name}: a logit is not finite; noise is measured on finite logits only")
