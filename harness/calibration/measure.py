"""How far a healthy reranker is from the reference and from itself, kernel by kernel and shape by shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from harness.calibration.limits import Limits
from harness.calibration.probes import FULL, Probe, probes
from harness.calibration.rows import Quantiles, Row, Spread
from harness.calibration.shapes import Scored, Shape, scored
from harness.core.errors import first_line
from harness.core.scores import Scores
from harness.reference.attention import KERNELS, attention_by, missing_kernel
from harness.reference.devices import hardware

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker

#: One in so many probes is computed twice more. They come length by length, so that the first ones have all lengths.
REPEATED = 8


@dataclass(frozen=True)
class Ruler:
    """Probes with the log-odds that the model defines for them, shape (len(probes),)."""

    probes: tuple[Probe, ...]
    right: Scores

    @classmethod
    def of(cls, reference: Reranker, probes: tuple[Probe, ...]) -> Ruler:
        """By the reference, one by one."""
        return cls(probes, reference.log_odds([probe.pair for probe in probes], one_by_one=True))


def measured(healthy: Reranker, dtype: str, kernels: Sequence[str], ruler: Ruler) -> Iterator[Row]:
    """A row for each kernel and shape. `healthy` computes in `dtype` what the ruler's reference defines.

    What cannot be computed, or gives scores that are not finite, is a row without numbers that says why.
    """
    device = healthy.parts.device.kind
    for kernel in kernels:
        named = (device, dtype, kernel)
        reason = missing_kernel(healthy, kernel)
        if reason is not None:
            yield from not_measured(named[:1], named[1:2], named[2:], reason)
            continue
        with attention_by(healthy, kernel):
            yield from _by_kernel(healthy, named, ruler)


def not_measured(devices: Sequence[str], dtypes: Sequence[str], kernels: Sequence[str], reason: str) -> Iterator[Row]:
    """A row for each combination, with the reason why it has no numbers."""
    return (Row(*named, reason=reason) for named in product(devices, dtypes, kernels, map(str, Shape)))


def _by_kernel(healthy: Reranker, named: tuple[str, str, str], ruler: Ruler) -> Iterator[Row]:
    try:
        alone = _computed(healthy, ruler.probes, Shape.ALONE)
    except (RuntimeError, ValueError) as error:
        yield from not_measured(named[:1], named[1:2], named[2:], _told(error))
        return
    for shape in Shape:
        try:
            found = alone if shape is Shape.ALONE else _computed(healthy, ruler.probes, shape)
            yield Row(*named, shape.value, spread=_spread(healthy, ruler, shape, found, alone.logits))
        except (RuntimeError, ValueError) as error:
            yield Row(*named, shape.value, reason=_told(error))


def _told(error: Exception) -> str:
    return f"cannot be computed here: {first_line(error)}"


def _computed(healthy: Reranker, probes: Sequence[Probe], shape: Shape) -> Scored:
    """The scores in batches of a shape; ValueError where there are none of it, or a score is not finite."""
    found = scored(healthy, probes, shape)
    if found is None:
        raise ValueError("this model has no batches of the shape with this kernel")
    if wrong := int((~np.isfinite(found.logits)).sum()):
        raise ValueError(f"{wrong} of {len(found.places)} scores are not finite")
    return found


def _spread(healthy: Reranker, ruler: Ruler, shape: Shape, found: Scored, alone: Scores) -> Spread:
    few, places = ruler.probes[: max(1, len(ruler.probes) // REPEATED)], list(found.places)
    first, again = (_computed(healthy, few, shape) for _ in range(2))
    return Spread(
        count=len(places),
        repeats=len(first.places),
        deviation=Quantiles.of(found.logits - ruler.right[places]),
        repeat=Quantiles.of(again.logits - first.logits),
        movement=Quantiles.of(found.logits - alone[places]),
    )


def limits_here(reference: Reranker, healthy: Reranker, dtype: str) -> Limits | None:
    """The tolerances of one device and dtype, measured now; None where nothing of it can be measured."""
    ruler = Ruler.of(reference, probes(reference, FULL))
    rows = measured(healthy, dtype, KERNELS, ruler)
    spreads = {row.name: row.spread for row in rows if row.spread is not None}
    origin = f"measured in this run on {hardware(healthy.parts.device)}"
    return Limits(spreads, len(ruler.probes), origin) if spreads else None
