"""Throughput as a curve, of any target that answers."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

from harness.checks.context import Context
from harness.checks.performance.curve import DOCUMENTS, WORDS
from harness.core.events import Event, SeriesRecorded
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.targets.function import FunctionTarget

RunCheck = Callable[[str, Context], list[Outcome]]


def by_length(query: str, documents: list[str], instruction: str | None) -> list[float]:
    return [1 / (1 + len(document)) for document in documents]


def test_each_length_is_a_line_over_the_documents(run_check: RunCheck, context_for: Callable[..., Context]) -> None:
    events: list[Event] = []
    context = context_for(FunctionTarget(by_length, "python:test:by_length"), reference=None, emit=events.append)
    outcomes = run_check("performance.curve", context)
    (series,) = [event for event in events if isinstance(event, SeriesRecorded)]
    places = list(zip(series.labels, series.at, strict=True))
    assert places == [(f"{words} words", documents) for words, documents in product(WORDS, DOCUMENTS)]
    assert [outcome.status for outcome in outcomes] == [Status.PASS, Status.PASS]


def test_a_request_is_as_large_as_its_place_on_the_curve_says(
    run_check: RunCheck, context_for: Callable[..., Context]
) -> None:
    asked: set[tuple[int, int]] = set()

    def noting(query: str, documents: list[str], instruction: str | None) -> list[float]:
        asked.update((len(documents), len(document.split())) for document in documents)
        return by_length(query, documents, instruction)

    run_check("performance.curve", context_for(FunctionTarget(noting, "python:test:noting"), reference=None))
    assert set(product(DOCUMENTS, WORDS)) <= asked
