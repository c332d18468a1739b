"""The same pairs in batches of many shapes: kernels change where rows and widths cross the sizes of their blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.checks.tolerance import distance
from harness.core.findings import Outcome, at_most
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Stage
from harness.statistics.bits import FORMATS

if TYPE_CHECKING:
    from harness.reference.encode import Encoding
    from harness.reference.pipeline import Reranker

#: Rows on both sides of the block sizes of kernels, and 44, at which a batch-invariant mode still diverged
#: (vLLM #51187). Shapes that cross nothing show nothing (vLLM #48391).
ROWS = (1, 2, 3, 4, 7, 8, 15, 16, 17, 31, 32, 33, 44)
#: Widths are met at multiples of these and one token beside.
GRAINS = (8, 16, 64)
#: Rows where the width is what changes.
FEW = 4
#: Pairs that batches are made of, again and again: where a pair stands matters no less than which one it is.
PAIRS = 15


@dataclass(frozen=True, slots=True)
class Shape:
    """Rows of a batch, and tokens that each is padded to."""

    rows: int
    width: int

    def __str__(self) -> str:
        return f"{self.rows} row{'s' if self.rows > 1 else ''} of {self.width} tokens"


@check(
    "numerics.batch-shapes",
    "No shape of a batch moves a score",
    area=Area.NUMERICS,
    stage=Stage.FORWARD,
    phase=Phase.VALUES,
    needs=(Need.PIPELINE, Need.REFERENCE),
    beside="names the rows and the width at which a kernel changes, which the batches of other checks may not cross",
)
def batch_shapes(context: Context) -> Outcome:
    """A pair's log-odds through the stages batch, forward and head are those of the pair alone, beyond what a healthy
    reranker moves, in batches of 1 to 44 rows and of widths around multiples of 8, 16 and 64.
    """
    pipeline = context.target.reranker
    assert pipeline is not None
    encodings = _shortest(pipeline, context)
    alone = np.concatenate([_log_odds(pipeline, [encoding]) for encoding in encodings])
    shapes = list(_shapes(encodings, pipeline.parts.checkpoint.max_length))
    moved = [_moved(pipeline, encodings, alone, shape) for shape in shapes]
    worst = int(np.argmax(moved))
    return at_most(
        moved[worst],
        _limit(context, alone),
        "logit",
        f"a pair moves by up to {moved[worst]:.2e} logit in a batch, most in one of {shapes[worst]}"
        if moved[worst]
        else "no pair moves in any batch",
        evidence=f"{len(shapes)} shapes: {', '.join(map(str, ROWS))} rows, "
        f"{min(s.width for s in shapes)} to {max(s.width for s in shapes)} tokens; "
        f"the median shape moves a pair by {np.median(moved):.2e} logit",
        remedy="the kernel that is chosen for this shape computes otherwise: try another attention kernel "
        "(numerics.kernels), deterministic algorithms, or batches of one fixed shape",
    )


def _limit(context: Context, alone: Scores) -> float:
    """What a healthy reranker moves between batches, and at least what it would if its batches moved it by a unit in
    the last place: few pairs in few shapes may all be rounded alike.
    """
    unit = FORMATS[context.working_dtype].spacing(np.abs(alone).max(initial=1.0))
    return context.movement.multiple * max(context.movement.floor_logit, float(unit))


def _shortest(pipeline: Reranker, context: Context) -> list[Encoding]:
    """The shortest probes, shortest first."""
    return sorted(map(pipeline.encoding, context.probes), key=lambda encoding: len(encoding.ids))[:PAIRS]


def _shapes(encodings: Sequence[Encoding], most: int) -> Iterator[Shape]:
    """All numbers of rows at one width, then all widths up to the context limit at one number of rows."""
    widest = len(encodings[-1].ids)
    yield from (Shape(rows, widest) for rows in ROWS)
    least = len(encodings[: FEW - 1][-1].ids)
    crossings = {-(-least // grain) * grain for grain in GRAINS}
    widths = {crossing + beside for crossing in crossings for beside in (-1, 0, 1)}
    yield from (Shape(FEW, width) for width in sorted(widths) if least <= width <= most)


def _moved(pipeline: Reranker, encodings: Sequence[Encoding], alone: Scores, shape: Shape) -> float:
    """How far the pairs of a batch are from themselves alone; its last row makes it as wide as it is meant to be."""
    places = [row % len(encodings) for row in range(max(1, shape.rows - 1))]
    wide = [_as_long_as(encodings[-1], shape.width)] if shape.rows > 1 else []
    found = _log_odds(pipeline, [*(encodings[place] for place in places), *wide])
    return float(distance(found[: len(places)], alone[places]).max())


def _as_long_as(encoding: Encoding, width: int) -> Encoding:
    """The same tokens again and again, up to a width: what they say is nobody's matter."""
    times = -(-width // len(encoding.ids))
    segments = None if encoding.segments is None else (encoding.segments * times)[:width]
    return replace(encoding, ids=(encoding.ids * times)[:width], segments=segments)


def _log_odds(pipeline: Reranker, encodings: Sequence[Encoding]) -> Scores:
    """Of one batch, whatever way the pipeline would choose for it by itself."""
    stages = pipeline.stages
    with pipeline.parts.turn:
        logits = stages.head(stages.forward(stages.batch(encodings))).cpu()
    return pipeline.parts.activation.log_odds(logits)
