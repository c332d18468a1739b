from collections.abc import Callable

from harness.checks.context import Context
from harness.core.errors import TargetError
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.faults import plant
from harness.reference.pipeline import Reranker
from harness.targets.controls import RandomControl
from harness.targets.function import FunctionTarget

CHECK = "robustness.neighbours-of-hostile"
Build = Callable[..., Context]
Run = Callable[[str, Context], list[Outcome]]


def test_a_scorer_of_single_pairs_is_not_disturbed(context_for: Build, run_check: Run) -> None:
    outcomes = run_check(CHECK, context_for(RandomControl(), reference=None))
    assert [o.status for o in outcomes] == [Status.PASS, Status.PASS]


def test_padding_without_a_mask_disturbs_the_same_request(
    reranker: Reranker, context_for: Build, run_check: Run
) -> None:
    same, following = run_check(CHECK, context_for(plant(reranker, "mask-missing")))
    assert (same.status, following.status) == (Status.FAIL, Status.PASS)


def test_an_error_that_stays_disturbs_the_next_request(context_for: Build, run_check: Run) -> None:
    seen: list[str] = []

    def scarred(query: str, documents: list[str], instruction: str | None) -> list[float]:
        seen.extend(text for text in (query, *documents) if "<script>" in text)
        return [score / (1 + len(seen)) for score in RandomControl().score(query, documents, instruction)]

    context = context_for(FunctionTarget(scarred, "python:test:scarred"), reference=None)
    _, following = run_check(CHECK, context)
    assert (following.status, following.subject) == (Status.FAIL, "in the next request")


def test_a_hostile_query_that_is_remembered_disturbs_the_next_request(context_for: Build, run_check: Run) -> None:
    queries: list[str] = []

    def remembering(query: str, documents: list[str], instruction: str | None) -> list[float]:
        queries.extend([query] if "<script>" in query else [])
        return [score / (1 + len(queries)) for score in RandomControl().score(query, documents, instruction)]

    context = context_for(FunctionTarget(remembering, "python:test:remembering"), reference=None)
    same, following = run_check(CHECK, context)
    assert (same.status, following.status) == (Status.PASS, Status.FAIL)


def test_a_request_refused_as_a_whole_is_a_warning(context_for: Build, run_check: Run) -> None:
    def refusing(query: str, documents: list[str], instruction: str | None) -> list[float]:
        if any("\x00" in text for text in (query, *documents)):
            raise TargetError("422: unprocessable")
        return RandomControl().score(query, documents, instruction)

    context = context_for(FunctionTarget(refusing, "python:test:refusing"), reference=None)
    same, following = run_check(CHECK, context)
    assert (same.status, following.status) == (Status.WARN, Status.PASS)
