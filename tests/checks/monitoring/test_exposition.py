from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from harness.checks.context import Context
from harness.checks.monitoring.exposition import samples
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.reference.metrics import Metrics
from harness.reference.pipeline import Reranker

CHECK = "monitoring.exposition"
Build = Callable[..., Context]
Run = Callable[[str, Context], list[Outcome]]


@dataclass(frozen=True)
class Altered(Metrics):
    """Exports something else than it counts."""

    change: Callable[[str], str] = str

    def text(self) -> str:
        return self.change(super().text())


def test_the_exported_text_holds_the_counters(reranker: Reranker, context_for: Build, run_check: Run) -> None:
    (outcome,) = run_check(CHECK, context_for(reranker))
    assert outcome.status is Status.PASS


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: "reranker_pairs_total{ 2", "does not parse"),
        (lambda text: text.replace("reranker_pairs_total 2.0", "reranker_pairs_total 0.0"), "3 of 4 counters"),
        (lambda text: "", "0 of 4 counters"),
    ],
)
def test_an_export_that_says_something_else_is_found(
    change: Callable[[str], str], message: str, reranker: Reranker, context_for: Build, run_check: Run
) -> None:
    (outcome,) = run_check(CHECK, context_for(replace(reranker, metrics=Altered(change=change))))
    assert outcome.status is Status.FAIL
    assert message in outcome.message


def test_samples_are_read_by_name() -> None:
    assert samples("# TYPE x counter\nx_total 3.0\n")["x_total"] == 3.0
