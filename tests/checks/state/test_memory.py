import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harness.checks.context import Context
from harness.core.errors import UsageError
from harness.core.findings import Outcome
from harness.core.vocabulary import Severity, Status
from harness.deployments.process import free_port, server_process
from harness.targets.http.connection import Connection
from harness.targets.http.target import HttpTarget

CHECK = "state.memory"
Serve = Callable[..., HttpTarget]
Build = Callable[..., Context]
Run = Callable[[str, Context], list[Outcome]]


@contextmanager
def own_process(folder: Path, *options: str) -> Iterator[HttpTarget]:
    """A server that shares its memory with nobody: in this process others come and go."""
    port = free_port()
    command = [sys.executable, "-m", "harness.cli", "serve", "--stub", "--port", str(port), *options]
    with server_process(command, f"http://127.0.0.1:{port}/health", folder / "log") as pid:
        target = HttpTarget.open(f"http://127.0.0.1:{port}", Connection(pid=pid))
        yield target
        target.server.client.close()


def test_a_healthy_server_does_not_grow(tmp_path: Path, context_for: Build, run_check: Run) -> None:
    with own_process(tmp_path) as target:
        (outcome,) = run_check(CHECK, context_for(target))
    assert outcome.status is Status.PASS


def test_a_leak_is_found_with_its_size(tmp_path: Path, context_for: Build, run_check: Run) -> None:
    with own_process(tmp_path, "--fault", "memory-leaked") as target:
        (outcome,) = run_check(CHECK, context_for(target))
    assert outcome.status is Status.FAIL
    assert outcome.value == pytest.approx(65_536, rel=0.2)


def test_without_a_process_there_is_nothing_to_watch(served_target: Serve, context_for: Build, run_check: Run) -> None:
    (outcome,) = run_check(CHECK, context_for(served_target()))
    assert (outcome.status, outcome.severity) == (Status.NOT_VERIFIED, Severity.INFO)


def test_a_process_that_is_not_there_is_a_wrong_use(served_target: Serve, context_for: Build, run_check: Run) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        run_check(CHECK, context_for(served_target(pid=2**22 + 1)))
