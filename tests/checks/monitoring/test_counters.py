from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from prometheus_client import CollectorRegistry, Counter

from harness.checks.context import Context
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.reference.metrics import Metrics
from harness.reference.pipeline import Reranker

CHECK = "monitoring.counters"
Build = Callable[..., Context]
Run = Callable[[str, Context], list[Outcome]]


@dataclass(frozen=True)
class Stuck(Metrics):
    """One of its counters counts into another registry than the one that is read."""

    name: str = "pairs"

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, self.name, Counter(f"lost_{self.name}", "lost", registry=CollectorRegistry()))


def test_the_counters_of_a_healthy_pipeline_move(reranker: Reranker, context_for: Build, run_check: Run) -> None:
    outcomes = run_check(CHECK, context_for(reranker))
    assert {o.status for o in outcomes} == {Status.PASS}


def test_what_was_counted_before_does_not_matter(reranker: Reranker, context_for: Build, run_check: Run) -> None:
    reranker.rerank("earlier", ["a", "b", "c"])
    assert {o.status for o in run_check(CHECK, context_for(reranker))} == {Status.PASS}


@pytest.mark.parametrize(
    ("name", "shown"), [("requests", "requests 0"), ("pairs", "pairs 0"), ("truncated", "truncated 0")]
)
def test_a_counter_that_does_not_move_is_found(
    name: str, shown: str, reranker: Reranker, context_for: Build, run_check: Run
) -> None:
    stuck = replace(reranker, metrics=Stuck(name=name))
    failed = [o.message for o in run_check(CHECK, context_for(stuck)) if o.status is Status.FAIL]
    assert failed
    assert all(shown in message for message in failed)


def test_truncation_that_is_not_told_is_found(reranker: Reranker, context_for: Build, run_check: Run) -> None:
    healthy = reranker.stages.encode
    silent = replace(reranker.stages, encode=lambda prompt: replace(healthy(prompt), truncated=0))
    failed = [o for o in run_check(CHECK, context_for(replace(reranker, stages=silent))) if o.status is Status.FAIL]
    assert [o.subject for o in failed] == ["one of three documents too long"]
