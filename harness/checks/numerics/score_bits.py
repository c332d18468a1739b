"""The dtype that the numbers themselves show, whatever was declared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from harness.checks.context import Context
from harness.checks.numerics.deviation import on_probes
from harness.checks.registry import check
from harness.core.errors import UsageError
from harness.core.findings import Outcome, at_least, holds, measured, not_applicable, warns
from harness.core.scores import Scale
from harness.core.vocabulary import Area, Phase, Stage
from harness.statistics.bits import (
    CHANCE,
    FORMATS,
    Census,
    Format,
    Known,
    bits_census,
    bits_of_grid,
    grid_census,
    ulp_distance,
)

#: Answers carry no more bits than these, whatever was computed: most interfaces write float32.
WRITTEN = FORMATS["float32"]
#: What somebody who names no dtype is taken to expect, where distances need one.
EXPECTED = FORMATS["float32"]
#: Log-odds are differences of logits: near 0 they are no more precise than at 1.
LEAST_MAGNITUDE = 1.0
REMEDY = (
    "compute the head and the sigmoid in float32: logits near 18 are 1/8 apart in bfloat16; or declare the dtype "
    "(--dtype) if it is meant"
)


@dataclass(frozen=True, slots=True)
class Sign:
    """One census, and the significant bits that it shows at most (None: no fewer than are written), as a number and in
    words.
    """

    bits: int | None
    words: str
    census: Census


@check(
    "numerics.score-bits",
    "Scores show no lower dtype than is declared",
    area=Area.NUMERICS,
    stage=Stage.HEAD,
    phase=Phase.VALUES,
    beside="names the dtype by the scores alone: behind a server there is no pipeline to look into, and maybe no model",
)
def score_bits(context: Context) -> list[Outcome]:
    """Neither the scores nor their log-odds lie on the grid of a format with fewer bits than the declared one, which
    they would by chance less than once in 10^9; where nobody declared a dtype, that of half precision is a remark.
    """
    declared = _declared(context)
    outcomes = [_verdict(list(_signs(context)), declared)]
    return [*outcomes, _distances(context, declared or EXPECTED)] if context.has_answers else outcomes


def _declared(context: Context) -> Format | None:
    """The format that the target is said to compute in: by its pipeline, or by whoever named it."""
    peer = context.target.reranker
    if peer is not None:
        precision = peer.parts.precision
        return FORMATS[str(precision.autocast or precision.dtype).removeprefix("torch.")]
    if context.dtype is not None and context.dtype not in FORMATS:
        raise UsageError(f"no dtype {context.dtype!r}; expected one of {', '.join(FORMATS)}")
    return None if context.dtype is None else FORMATS[context.dtype]


def _signs(context: Context) -> Iterator[Sign]:
    scores, capabilities = context.scores(context.judged_pairs), context.target.capabilities
    if capabilities.scale is Scale.PROBABILITY:
        known = Known.probabilities(scores, capabilities.decimals)
        yield _sign(bits_census(known), int, "probabilities need {:.0f} bits of significand")
        known = known.as_log_odds()
    else:
        known = Known.log_odds(scores, capabilities.decimals)
    half = FORMATS["float16"].bits
    yield _sign(bits_census(known), lambda found: half, "log-odds need {:.0f} bits of significand")
    yield _sign(grid_census(known), bits_of_grid, "log-odds are multiples of {:g}")


def _sign(census: Census, bits: Callable[[float], int], words: str) -> Sign:
    if census.found is None:
        return Sign(None, "", census)
    return Sign(bits(census.found), words.format(census.found), census)


def _verdict(signs: list[Sign], declared: Format | None) -> Outcome:
    telling = [sign for sign in signs if sign.census.telling]
    if not telling:
        count = max(sign.census.count for sign in signs)
        return not_applicable(f"{count} distinct scores, as they are written, tell no dtype", subject="bits")
    seen = min(telling, key=lambda sign: sign.bits or WRITTEN.bits)
    words = "the scores show no format below float32" if seen.bits is None else _named(seen, seen.bits)
    evidence = f"{seen.census.count} distinct numbers; chance would show a grid with a probability below {CHANCE:g}"
    if declared is not None:
        bits, limit = seen.bits or WRITTEN.bits, min(declared.bits, WRITTEN.bits)
        message = f"{words}; {declared.name} is declared"
        return at_least(bits, limit, "bits", message, evidence=evidence, remedy=REMEDY, subject="bits")
    if seen.bits is not None:
        return warns(f"{words}; nobody declared a dtype", evidence=evidence, remedy=REMEDY, subject="bits")
    return holds(True, words, evidence=evidence, subject="bits")


def _named(sign: Sign, bits: int) -> str:
    """What a census found, and what would explain it; there is no format between float16 and float32."""
    return f"{sign.words}: rounded to {'bfloat16' if bits < FORMATS['float16'].bits else 'half precision'}"


def _distances(context: Context, format: Format) -> Outcome:
    found = on_probes(context)
    distances = ulp_distance(found.target, found.reference, format, at_least=LEAST_MAGNITUDE)
    median, largest = (float(x) for x in np.quantile(distances, (0.5, 1.0), method="higher"))
    return measured(
        largest,
        "ulp",
        f"log-odds are {largest:.3g} units in the last place of {format.name} from the reference at most, {median:.3g} "
        "in the median",
        evidence=f"{distances.size} probes; units at the larger magnitude, and at {LEAST_MAGNITUDE:g} at least",
        subject="ulp",
    )
