from collections.abc import Callable

import numpy as np
import pytest

from harness.checks.context import Context
from harness.core.events import Event, SeriesRecorded
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.targets.controls import ConstantControl, RandomControl
from harness.targets.function import FunctionTarget

CHECK = "score-distribution.spread"
Run = Callable[[str, Context], list[Outcome]]


def test_a_constant_has_no_spread(context_for: Callable[..., Context], run_check: Run) -> None:
    (outcome,) = run_check(CHECK, context_for(ConstantControl(0.3), reference=None))
    assert (outcome.status, outcome.value) == (Status.FAIL, 0.0)


def test_what_differs_between_queries_only_is_no_spread(context_for: Callable[..., Context], run_check: Run) -> None:
    def by_query(query: str, documents: list[str], instruction: str | None) -> list[float]:
        return [1 / (2 + len(query))] * len(documents)

    (outcome,) = run_check(CHECK, context_for(FunctionTarget(by_query, "python:test:by_query"), reference=None))
    assert outcome.status is Status.FAIL


def test_figures_of_very_many_scores_are_drawn_from_some_that_lie_evenly_among_them(
    context_for: Callable[..., Context], run_check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harness.checks.score_distribution.spread.MOST_DRAWN", 101)
    events: list[Event] = []
    context = context_for(RandomControl(), reference=None, emit=events.append)
    run_check(CHECK, context)
    series = {e.id: e for e in events if isinstance(e, SeriesRecorded)}
    every, shown = context.scores(context.judged_pairs), series["probabilities"].values
    assert series["probabilities"].title == f"Scores as probabilities (101 of {every.size}, evenly by rank)"
    assert np.quantile(every, [0, 0.25, 0.5, 0.75, 1]) == pytest.approx(
        [shown[n] for n in (0, 25, 50, 75, 100)], abs=0.01
    )


def test_both_scales_are_recorded_with_the_known_constants(context_for: Callable[..., Context], run_check: Run) -> None:
    events: list[Event] = []
    (outcome,) = run_check(CHECK, context_for(RandomControl(), reference=None, emit=events.append))
    series = {e.id: [round(at, 4) for _, at in e.marks] for e in events if isinstance(e, SeriesRecorded)}
    assert (outcome.status, series) == (Status.PASS, {"probabilities": [0.5, 0.6225, 0.7311], "logits": []})
