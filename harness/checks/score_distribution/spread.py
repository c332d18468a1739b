"""Do the scores of one query's documents differ at all?"""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.invariants.extremes import finite_logits
from harness.checks.registry import check
from harness.checks.tolerance import tolerance
from harness.core.events import SeriesRecorded
from harness.core.findings import Outcome, at_least
from harness.core.pairs import by_request
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Severity, Stage

#: Values of a figure: quartiles and bars of more would look the same, and every report would carry them.
MOST_DRAWN = 20_000
CONSTANTS = (("0.5", 0.5), ("σ(0.5) = 0.6225", 0.6224593), ("σ(1) = 0.7311", 0.7310586))


@check(
    "score-distribution.spread",
    "Scores tell a query's documents apart",
    area=Area.SCORE_DISTRIBUTION,
    stage=Stage.HEAD,
    phase=Phase.SPREAD,
    severity=Severity.CRITICAL,
    beside="comes early: a constant satisfies every invariant, and takes the meaning from them",
)
def spread(context: Context) -> Outcome:
    """In the median query, the log-odds of the candidates range over more than noise explains."""
    logits = context.logits(context.judged_pairs)
    _draw(context, logits)
    shown = finite_logits(context, context.judged_pairs)
    ranges = [float(np.ptp(shown[positions])) for _, _, positions, _ in by_request(context.judged_pairs)]
    value = float(np.median(ranges))
    return at_least(
        value,
        tolerance(context)[0],
        "logit",
        f"the candidates of a query range over {value:.3g} logit in the median of {len(ranges)} queries",
        evidence=f"narrowest {min(ranges):.3g}, widest {max(ranges):.3g} logit",
        remedy="a score that ignores the document: look at the template's fields, the position the answer is read at, "
        "and whether the head was loaded",
    )


def _draw(context: Context, logits: Scores) -> None:
    """Figures of all scores; of very many, of as many as a figure needs, which lie evenly among the sorted ones."""
    probabilities = context.probabilities(context.judged_pairs)
    chosen = np.linspace(0, logits.size - 1, MOST_DRAWN).round().astype(int) if logits.size > MOST_DRAWN else None
    told = "" if chosen is None else f" ({MOST_DRAWN} of {logits.size}, evenly by rank)"
    for name, title, unit, values, marks in (
        ("probabilities", "Scores as probabilities", "P(relevant)", probabilities, CONSTANTS),
        ("logits", "Scores as log-odds", "logit", logits, ()),
    ):
        shown = tuple((values if chosen is None else np.sort(values)[chosen]).tolist())
        context.emit(
            SeriesRecorded(name, title + told, "histogram", unit, shown, marks=marks, area=Area.SCORE_DISTRIBUTION)
        )
