from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from harness.checks.context import Context
from harness.checks.registry import find
from harness.core.errors import TargetError
from harness.core.findings import Outcome
from harness.core.scores import Scale
from harness.core.vocabulary import Status
from harness.engine.session import Session
from harness.engine.setup import Request
from harness.faults import plant
from harness.reference.pipeline import Reranker
from harness.targets.controls import RandomControl
from harness.targets.function import FunctionTarget
from harness.targets.protocol import Capabilities

CHECK = "robustness.hostile-texts"
Build = Callable[..., Context]
Run = Callable[[str, Context], list[Outcome]]


@dataclass
class Dying:
    """Answers until it meets a text it cannot bear."""

    last_straw: str
    spec: str = "test:dying"
    reranker: None = None
    dead: list[bool] = field(default_factory=list)

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(Scale.PROBABILITY, instruction=False)

    def score(self, query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
        if self.dead or any(self.last_straw in text for text in (query, *documents)):
            self.dead.append(True)
            raise TargetError("connection refused")
        return RandomControl().score(query, documents, instruction)


@dataclass(frozen=True)
class Inventive(RandomControl):
    """Has a score ready when nobody asked for one."""

    def score(self, query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
        return super().score(query, documents or ["?"], instruction)


def test_a_healthy_pipeline_answers_every_text(reranker: Reranker, context_for: Build, run_check: Run) -> None:
    outcomes = run_check(CHECK, context_for(reranker))
    assert [o.status for o in outcomes] == [Status.PASS, Status.PASS]


@pytest.mark.parametrize("answer", [float("nan"), float("inf"), 1.5])
def test_a_silent_wrong_answer_is_named_with_its_text(answer: float, context_for: Build, run_check: Run) -> None:
    def on_empty(query: str, documents: list[str], instruction: str | None) -> list[float]:
        return [answer if not document.strip() else 0.5 for document in documents]

    texts, _ = run_check(CHECK, context_for(FunctionTarget(on_empty, "python:test:on_empty"), reference=None))
    assert texts.status is Status.FAIL
    assert "empty as document: scored" in texts.evidence


def test_a_planted_nan_is_found(reranker: Reranker, context_for: Build, run_check: Run) -> None:
    texts, _ = run_check(CHECK, context_for(plant(reranker, "nan-state"), reference=None))
    assert texts.status is Status.FAIL


def test_only_what_utf8_cannot_carry_may_be_refused(context_for: Build, run_check: Run) -> None:
    def strict(query: str, documents: list[str], instruction: str | None) -> list[float]:
        for text in (query, *documents):
            text.encode()
        return [0.5] * len(documents)

    texts, _ = run_check(CHECK, context_for(FunctionTarget(strict, "python:test:strict"), reference=None))
    assert texts.status is Status.PASS


def test_the_text_that_ended_the_target_is_named(context_for: Build, run_check: Run) -> None:
    with pytest.raises(TargetError, match="after the hostile text 'nul' the target no longer answers"):
        run_check(CHECK, context_for(Dying("\x00"), reference=None))


def test_a_target_that_never_names_each_document_has_not_gone(reranker: Reranker, context_for: Build) -> None:
    session = Session(Request(), context_for(plant(reranker, "last-item-lost")), lambda event: None)
    (finding,) = session.run(find(CHECK))
    assert (finding.status, "must name each of 1 documents" in finding.message) == (Status.FAIL, True)


def test_scores_for_no_documents_are_invented(context_for: Build, run_check: Run) -> None:
    _, empty = run_check(CHECK, context_for(Inventive(), reference=None))
    assert (empty.status, empty.message) == (Status.FAIL, "a request without documents is answered with 1 scores")


def test_a_request_without_documents_may_be_refused_loudly(context_for: Build, run_check: Run) -> None:
    def at_least_one(query: str, documents: list[str], instruction: str | None) -> list[float]:
        if not documents:
            raise ValueError("documents must not be empty")
        return [0.5] * len(documents)

    target = FunctionTarget(at_least_one, "python:test:at_least_one")
    _, empty = run_check(CHECK, context_for(target, reference=None))
    assert empty.status is Status.PASS
    assert "documents must not be empty" in empty.message
