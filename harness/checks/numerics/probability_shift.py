"""What deviations of log-odds do to the probabilities that users read."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from harness.checks.context import Context
from harness.checks.numerics.deviation import by_query
from harness.checks.registry import Need, check
from harness.core.events import SeriesRecorded
from harness.core.findings import Outcome, at_most, measured
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Stage
from harness.statistics.rank_changes import Ranked
from harness.statistics.shift import (
    Shift,
    Summary,
    largest_change,
    largest_kl,
    logits_of_change,
    logits_of_kl,
    probability_change,
    same_first,
    shift,
)

#: Percentiles of |Δp| in the figure.
SHOWN = (50.0, 75.0, 90.0, 95.0, 99.0, 99.9, 100.0)


@check(
    "numerics.probability-shift",
    "P(yes) is distributed as the reference has it",
    area=Area.NUMERICS,
    stage=Stage.ACTIVATE,
    phase=Phase.VALUES,
    needs=(Need.REFERENCE,),
    beside="says what deviations do to the probabilities: a logit in the middle is felt, one near 0 or 1 is not",
)
def probability_shift(context: Context) -> list[Outcome]:
    """On every judged pair, KL divergence and change of P(yes) are at most what log-odds that differ by the noise d can
    cause: d² / 8 nats and tanh(d / 4).
    """
    queries = list(by_query(context).values())
    reference, target = (np.concatenate([pair[side] for pair in queries]) for side in (0, 1))
    found, noise = shift(reference, target), context.noise.limit_logit
    context.emit(_figure(np.abs(probability_change(reference, target)), largest_change(noise)))
    return [_divergence(found, noise), _change(found, noise), _first(queries)]


def _divergence(found: Shift, noise: float) -> Outcome:
    kl = found.kl
    return at_most(
        kl.largest,
        largest_kl(noise),
        "nat",
        f"the KL divergence of P(yes) is {kl.mean:.2e} ± {kl.error:.1e} nat on average, {kl.largest:.2e} at most",
        evidence=f"{found.count} pairs; {_percentiles(kl)}; the smallest tolerance that would pass is that of "
        f"{logits_of_kl(kl.largest):.3e} logit",
        remedy="look at numerics.values: the first stage that differs is the cause",
        subject="kl",
    )


def _change(found: Shift, noise: float) -> Outcome:
    delta = found.delta
    largest = max(-delta.least, delta.largest)
    return at_most(
        largest,
        largest_change(noise),
        "probability",
        f"P(yes) changes by {delta.mean:+.2e} ± {delta.error:.1e} on average, root mean square {delta.rms:.2e}, "
        f"{largest:.2e} at most",
        evidence=f"min {delta.least:+.2e}, max {delta.largest:+.2e}; {_percentiles(delta)}; the smallest "
        f"tolerance that would pass is that of {logits_of_change(largest):.3e} logit",
        remedy="a change in one direction is an offset (prompt, bias, rounding); in both, noise or other documents",
        subject="delta-p",
    )


def _first(queries: Iterable[Ranked]) -> Outcome:
    share, error, count = same_first(queries)
    words = f"{share:.1%} ± {error:.1%} of {count} queries have the same first document"
    return measured(share, "share", words, subject="same-first")


def _percentiles(found: Summary) -> str:
    return ", ".join(f"p{at:g} {value:.2e}" for at, value in found.percentiles)


def _figure(changes: Scores, limit: float) -> SeriesRecorded:
    values = tuple(map(float, np.percentile(changes, SHOWN)))
    labels = tuple("max" if at == 100.0 else f"p{at:g}" for at in SHOWN)
    return SeriesRecorded(
        "probability-shift", "Change of P(yes) against the reference", "bars", "probability", values, labels,
        marks=(("what noise explains", limit),), area=Area.NUMERICS,
    )  # fmt: skip
