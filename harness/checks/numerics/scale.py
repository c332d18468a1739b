"""Slope and offset between target and reference tell a wrong scale from a wrong order."""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.numerics.deviation import on_probes
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, at_most, not_verified
from harness.core.vocabulary import Area, Phase, Stage


@check(
    "numerics.scale",
    "Scores are on the reference's scale",
    area=Area.NUMERICS,
    stage=Stage.ACTIVATE,
    phase=Phase.VALUES,
    needs=(Need.ANSWERS,),
    beside="says by how much scores are stretched, where values only say that something is off",
)
def scale(context: Context) -> Outcome:
    """A robust line through target against reference log-odds (Theil 1950, Sen 1968) has slope one, as far as noise
    over the spread of the probes can tell.
    """
    from scipy.stats import theilslopes

    found = on_probes(context)
    usable = np.isfinite(found.target)
    spread = float(np.ptp(found.reference[usable])) if usable.any() else 0.0
    if usable.sum() < 8 or spread <= 2 * context.noise.limit_logit:
        return not_verified(f"{int(usable.sum())} finite scores that spread over {spread:.2g} logit fit no line")
    slope, offset, *_ = theilslopes(found.target[usable], found.reference[usable])
    return at_most(
        abs(float(slope) - 1.0),
        2 * context.noise.limit_logit / spread,
        "slope",
        f"target = {slope:.4f} · reference {offset:+.4f} logit",
        evidence=f"{int(usable.sum())} pairs over {spread:.2f} logit",
        remedy="slope below 1: sigmoid or softmax once too often, a temperature, or a lost layer before the head; "
        "-1: labels or answers swapped; offset alone: another prompt or a missing bias",
    )
