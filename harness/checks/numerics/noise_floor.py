"""The noise floor, as a figure: what every numeric limit of this run rests on."""

from __future__ import annotations

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.events import SeriesRecorded
from harness.core.findings import Outcome, measured
from harness.core.vocabulary import Area, Phase, Severity, Stage


@check(
    "numerics.noise-floor",
    "Measured noise floor",
    area=Area.NUMERICS,
    stage=Stage.FORWARD,
    phase=Phase.VALUES,
    severity=Severity.INFO,
    needs=(Need.ANSWERS,),
    beside="measures what the limits of the others are made of",
)
def noise_floor(context: Context) -> Outcome:
    """Reports how far a healthy reranker of the target's dtype is, on this device, from the reference, and where that
    was measured: in this run, or in a calibration file. Numeric limits are a stated multiple of the largest of these.
    """
    noise, movement = context.noise, context.movement
    names, values = zip(*noise.sources, strict=True)
    context.emit(
        SeriesRecorded("noise", "Deviation of a healthy reranker", "bars", "logit", values, names, area=Area.NUMERICS)
    )
    shown = ", ".join(f"{name} {value:.1e}" for name, value in noise.sources)
    moves = f"between batches and repeats it moves by {movement.floor_logit:.1e} logit"
    return measured(
        noise.floor_logit,
        "logit",
        f"noise floor {noise.floor_logit:.2e} logit; limits are {noise.multiple:g} times as wide",
        evidence=f"{noise.count} scores, {noise.origin}: {shown}; {moves}",
    )
