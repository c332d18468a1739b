from collections.abc import Callable
from dataclasses import replace

from fixtures.collections import Judged
from fixtures.texts import HOSTILE
from harness.checks.context import Context
from harness.core.findings import Outcome
from harness.core.vocabulary import Severity, Status
from harness.targets.controls import RandomControl
from harness.targets.function import FunctionTarget

CHECK = "robustness.injection"
Build = Callable[..., Context]
Run = Callable[[str, Context], list[Outcome]]


def indifferent(query: str, documents: list[str], instruction: str | None) -> list[float]:
    """Reads the first twenty characters, to which nothing can be appended."""
    return RandomControl().score(query, [d[:20] for d in documents], instruction)


def obedient(query: str, documents: list[str], instruction: str | None) -> list[float]:
    return [
        0.9999 if "yes" in d else score for d, score in zip(documents, indifferent(query, documents, None), strict=True)
    ]


def test_each_order_has_its_figure(context_for: Build, run_check: Run) -> None:
    outcomes = run_check(CHECK, context_for(FunctionTarget(indifferent, "python:test:indifferent"), reference=None))
    assert [o.subject for o in outcomes] == [h.id for h in HOSTILE if h.injection]
    assert {(o.status, o.severity, o.value) for o in outcomes} == {(Status.PASS, Severity.INFO, 0.0)}


def test_an_order_that_is_obeyed_is_a_warning_with_its_gain(context_for: Build, run_check: Run) -> None:
    outcomes = run_check(CHECK, context_for(FunctionTarget(obedient, "python:test:obedient"), reference=None))
    assert {o.status for o in outcomes} == {Status.WARN}
    assert all(o.value is not None and o.value > 5 for o in outcomes)


def test_without_grades_nothing_can_be_passed(judged: Judged, context_for: Build, run_check: Run) -> None:
    flat = replace(judged, qrels={q: dict.fromkeys(grades, 0) for q, grades in judged.qrels.items()})
    (outcome,) = run_check(CHECK, context_for(RandomControl(), reference=None, collection=flat))
    assert outcome.status is Status.NOT_VERIFIED
