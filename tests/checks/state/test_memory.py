import os
from collections.abc import Callable

import pytest

from harness.checks.context import Context
from harness.core.errors import UsageError
from harness.core.findings import Outcome
from harness.core.vocabulary import Severity, Status
from harness.targets.http.target import HttpTarget

CHECK = "state.memory"
Serve = Callable[..., HttpTarget]
Build = Callable[..., Context]
Run = Callable[[str, Context], list[Outcome]]


def test_a_healthy_server_does_not_grow(served_target: Serve, context_for: Build, run_check: Run) -> None:
    (outcome,) = run_check(CHECK, context_for(served_target(pid=os.getpid())))
    assert outcome.status is Status.PASS


def test_a_leak_is_found_with_its_size(served_target: Serve, context_for: Build, run_check: Run) -> None:
    (outcome,) = run_check(CHECK, context_for(served_target("tei", "memory-leaked", pid=os.getpid())))
    assert outcome.status is Status.FAIL
    assert outcome.value == pytest.approx(65_536, rel=0.2)


def test_without_a_process_there_is_nothing_to_watch(served_target: Serve, context_for: Build, run_check: Run) -> None:
    (outcome,) = run_check(CHECK, context_for(served_target()))
    assert (outcome.status, outcome.severity) == (Status.NOT_VERIFIED, Severity.INFO)


def test_a_process_that_is_not_there_is_a_wrong_use(served_target: Serve, context_for: Build, run_check: Run) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        run_check(CHECK, context_for(served_target(pid=2**22 + 1)))
