"""Weights of eight bits: what they would do to this model, and whether the target has them already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, holds, measured, not_applicable, warns
from harness.core.pairs import Pair, by_request
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Stage
from harness.statistics.integer_grid import Grids, integer_grids
from harness.statistics.rank_changes import Ranked, all_flips
from harness.statistics.shift import same_first

if TYPE_CHECKING:
    from torch import Tensor
    from torch.nn import Linear

    from harness.reference.pipeline import Reranker

#: Pairs that are scored with quantised weights, as a multiple of the profile's probes: 192 take tiny-causal a second.
TIMES = 4
#: Blocks of a matrix that are looked at, and the weights of each: the smallest groups that share a step in common
#: formats (GGUF Q8_0 and Q4_0). By chance the int8 weights of tiny-causal would lie so once in 10^31 at most.
BLOCKS, WIDTH = 32, 32


@check(
    "numerics.quantised",
    "Weights are not quantised, and what that would do",
    area=Area.NUMERICS,
    stage=Stage.FORWARD,
    phase=Phase.VALUES,
    needs=(Need.REFERENCE,),
    beside="names quantised weights by the weights alone, and says what they would cost: it measures the model",
)
def quantised(context: Context) -> Iterator[Outcome]:
    """No matrix that the target's linear layers compute with is made of integers of four or eight bits times a step for
    each row or 32 weights of it, as by chance less than one in 10^9 is. Reported is how far scores and ranks of this
    model move when its linear layers below the head have weights of eight bits.
    """
    from harness.reference.quantise import linear_layers

    reference, pipeline = context.reference, context.target.reranker
    assert reference is not None
    if pipeline is not None:
        yield _weights(pipeline, reference, context.probes[0])
    if linear_layers(reference.parts.module):
        yield from _what_it_would_do(reference, context)
    else:
        yield not_applicable("the model has no linear layers below its head", subject="movement")


def _weights(pipeline: Reranker, reference: Reranker, probe: Pair) -> Outcome:
    seen = _grids(pipeline, probe)
    if not seen:
        return not_applicable("no linear layer below the head computes anything", subject="weights")
    bits = {name: grids.bits for name, grids in seen.items() if grids.bits is not None}
    if not bits:
        return holds(True, f"none of {len(seen)} weight matrices is made of integers", subject="weights")
    message = f"{len(bits)} of {len(seen)} weight matrices are made of integers of {max(bits.values())} bits"
    evidence = f"{BLOCKS} blocks of {WIDTH} weights in each matrix: {', '.join(bits)}"[:600]
    declared = pipeline.parts.precision.dtype
    if any(grids.bits is not None for grids in _grids(reference, probe).values()):
        said = f"{message}, in the checkpoint too: these are the weights of a quantised model, widened to {declared}"
        return warns(said, evidence=evidence, remedy="compare with the model as it was before", subject="weights")
    return holds(
        False,
        f"{message}: the weights are those of a quantised model, and {declared} is declared",
        evidence=evidence,
        remedy="load the checkpoint without quantisation; what it costs is told beside this",
        subject="weights",
    )


def _grids(pipeline: Reranker, probe: Pair) -> dict[str, Grids]:
    """Of the weights that linear layers have while a pair is computed, by the layers' names."""
    from harness.reference.quantise import linear_layers

    found: dict[str, Grids] = {}

    def look(name: str, layer: Linear, inputs: object) -> None:
        found[name] = integer_grids(_blocks(layer.weight))

    stages = pipeline.stages
    with pipeline.parts.turn:
        layers = linear_layers(pipeline.parts.module)
        handles = [layer.register_forward_pre_hook(partial(look, name)) for name, layer in layers.items()]
        try:
            stages.forward(stages.batch([pipeline.encoding(probe)]))
        finally:
            for handle in handles:
                handle.remove()
    return found


def _blocks(weight: Tensor) -> list[Scores]:
    """The first weights of rows that are spread evenly over a matrix."""
    rows = range(0, weight.shape[0], -(-weight.shape[0] // BLOCKS))
    return list(weight.detach()[list(rows), :WIDTH].cpu().double().numpy())


def _what_it_would_do(reference: Reranker, context: Context) -> Iterator[Outcome]:
    from harness.reference.quantise import quantised

    requests = list(_requests(context))
    pairs = [pair for request in requests for pair in request]
    right, found = context.reference_logits(pairs), quantised(reference).log_odds(pairs)
    largest, p99, median = np.quantile(np.abs(found - right), (1.0, 0.99, 0.5), method="higher")
    yield measured(
        float(largest),
        "logit",
        f"weights of eight bits would move a score by up to {largest:.2e} logit: p99 {p99:.2e}, median {median:.2e}",
        evidence=f"{len(pairs)} pairs of {len(requests)} queries, computed in {reference.parts.precision.dtype}",
        subject="movement",
    )
    ends = np.cumsum([len(request) for request in requests])[:-1]
    yield from _changes(list(zip(np.split(right, ends), np.split(found, ends), strict=True)))


def _changes(queries: Sequence[Ranked]) -> Iterator[Outcome]:
    """What becomes of the order within each query."""
    flips, (same, error, count) = all_flips(queries), same_first(queries)
    yield measured(
        flips.gaps.size / max(1, flips.count),
        "share",
        f"weights of eight bits would let {flips.gaps.size} of {flips.count} pairs of documents change places",
        evidence=f"the widest gap that is crossed is {flips.widest:.2e} logit",
        subject="order",
    )
    yield measured(
        1.0 - same,
        "share",
        f"weights of eight bits would put another document first in {1.0 - same:.1%} ± {error:.1%} of {count} queries",
        subject="first",
    )


def _requests(context: Context) -> Iterator[list[Pair]]:
    """The judged pairs of whole queries, spread evenly over the collection."""
    pairs = context.judged_pairs
    places = [places for _, _, places, _ in by_request(pairs)]
    step = max(1, -(-len(pairs) // (TIMES * context.profile.probes)))
    return ([pairs[place] for place in chosen] for chosen in places[::step])
