from collections.abc import Callable

from harness.checks.context import Context
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.targets.http.target import HttpTarget

CHECK = "state.after-failures"
Serve = Callable[..., HttpTarget]
Build = Callable[..., Context]
Run = Callable[[str, Context], list[Outcome]]


def test_failures_leave_nothing_behind_in_a_healthy_server(
    served_target: Serve, context_for: Build, run_check: Run
) -> None:
    outcomes = run_check(CHECK, context_for(served_target()))
    assert {o.status for o in outcomes} == {Status.PASS}
    assert "the connection was closed after" in outcomes[3].evidence


def test_the_failure_that_poisons_is_named(served_target: Serve, context_for: Build, run_check: Run) -> None:
    before, after, *_ = run_check(CHECK, context_for(served_target("tei", "poisoned-by-error")))
    assert (before.status, after.status) == (Status.PASS, Status.FAIL)
    assert after.message.startswith("after half a JSON document, an ordinary request is 5.00e-01 logit")


def test_what_was_poisoned_before_the_check_is_seen(served_target: Serve, context_for: Build, run_check: Run) -> None:
    context = context_for(served_target("vllm", "poisoned-by-error"))
    context.logits(context.judged_pairs[:9])
    run_check(CHECK, context)
    assert run_check(CHECK, context)[0].status is Status.FAIL
