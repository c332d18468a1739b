"""Checks of a server's own metrics: they pass on a healthy one and fail on a planted fault."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.checks.context import Context
from harness.checks.registry import Need, all_checks
from harness.core.findings import Outcome
from harness.core.vocabulary import Area, Severity, Status
from harness.targets.http.target import HttpTarget

RunCheck = Callable[[str, Context], list[Outcome]]
SERVERS = [c.id for c in all_checks() if c.area is Area.MONITORING and Need.SERVER in c.needs]

SEEN = (
    ("monitoring.server-metrics", "tei", "metrics-broken", "does not parse"),
    ("monitoring.server-counters", "tei", "counters-stuck", "answered by 0, expected 5"),
    ("monitoring.server-counters", "vllm", "counters-stuck", "answered by 0, expected 5"),
    ("monitoring.server-counters", "tei", "errors-uncounted", "refused by"),
    ("monitoring.server-counters", "vllm", "errors-uncounted", "refused by"),
    ("monitoring.server-histogram", "infinity", "histogram-scaled", "buckets grew"),
)


@pytest.mark.parametrize("check_id", SERVERS)
@pytest.mark.parametrize("dialect", ["tei", "vllm", "infinity", "jina", "sglang"])
def test_a_healthy_server_s_metrics_pass(
    check_id: str, dialect: str,
    served_target: Callable[..., HttpTarget], context_for: Callable[..., Context], run_check: RunCheck,
) -> None:  # fmt: skip
    outcomes = run_check(check_id, context_for(served_target(dialect)))
    assert [o.message for o in outcomes if o.status is not Status.PASS and o.severity is not Severity.INFO] == []


@pytest.mark.parametrize(("check_id", "dialect", "fault", "reason"), SEEN)
def test_a_fault_of_the_metrics_is_seen(
    check_id: str, dialect: str, fault: str, reason: str,
    served_target: Callable[..., HttpTarget], context_for: Callable[..., Context], run_check: RunCheck,
) -> None:  # fmt: skip
    outcomes = run_check(check_id, context_for(served_target(dialect, fault)))
    assert any(reason in o.message for o in outcomes if o.status is Status.FAIL), [o.message for o in outcomes]


def test_every_check_of_a_server_s_metrics_is_shown_to_fail() -> None:
    assert {check_id for check_id, *_ in SEEN} == set(SERVERS)


def test_a_server_without_metrics_is_not_held_to_them(
    served_target: Callable[..., HttpTarget], context_for: Callable[..., Context], run_check: RunCheck
) -> None:
    (outcome,) = run_check("monitoring.server-metrics", context_for(served_target("jina")))
    assert (outcome.status, outcome.severity) == (Status.NOT_VERIFIED, Severity.INFO)
