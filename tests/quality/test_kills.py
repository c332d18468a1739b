"""Each check sees a fault that no other check sees, or says why it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.checks.registry import all_checks, planned_checks
from harness.detection.kills import ELSEWHERE, HEALTHY, PIPELINE, SERVER, Planted, every_planted, members, row, updated
from harness.faults.catalogue import catalogue
from harness.serving.library import served_faults
from reports.kills import Row, lone, markdown, read_kills

REPORTS = Path(__file__).parents[2] / "reports"
MATRIX = read_kills(REPORTS / "kills.json")
ROWS = MATRIX.rows
#: Faults that one check sees, one of them behind a server, and none at all.
AGAIN = (
    Planted("instruction-dropped", PIPELINE), Planted("texts-stripped", PIPELINE),
    Planted("ties-turned", SERVER), Planted(HEALTHY, PIPELINE),
)  # fmt: skip


def test_every_fault_was_planted() -> None:
    assert [Planted(row.fault, row.situation) for row in ROWS] == list(every_planted())


def test_every_fault_is_seen_by_a_check() -> None:
    seen = {row.fault for row in ROWS if row.killed_by}
    assert {*catalogue(), *served_faults()} - seen == set(ELSEWHERE)


def test_no_check_fails_on_a_healthy_target_and_none_is_stopped_by_a_fault() -> None:
    assert [row.killed_by for row in ROWS if row.fault == HEALTHY] == [(), ()]
    assert [(row.fault, row.broken) for row in ROWS if row.broken] == []


@pytest.mark.parametrize("check", planned_checks(with_source=False), ids=lambda check: check.id)
def test_a_check_sees_a_fault_that_no_other_sees_or_says_why_it_is_there(check: object) -> None:
    alone = {id for found in lone(ROWS, members()).values() for id in found}
    assert check.id in alone or check.beside  # type: ignore[attr-defined]


def test_the_page_is_that_of_the_rows() -> None:
    assert (REPORTS / "kills.md").read_text(encoding="utf-8") == markdown(MATRIX, members())


def test_a_row_keeps_what_other_checks_saw_and_the_order_of_checks() -> None:
    first, second, third = (check.id for check in all_checks()[:3])
    before = Row("a-fault", PIPELINE, (first, second, "a-check-that-is-gone"), (second,))
    again = Row("a-fault", PIPELINE, (third,), (third,))
    assert updated(before, again, [second, third]) == Row("a-fault", PIPELINE, (first, third), (third,))


@pytest.mark.endurance
@pytest.mark.parametrize("planted", AGAIN, ids=lambda planted: f"{planted.fault or 'healthy'} {planted.situation}")
def test_the_same_checks_fail_again(planted: Planted) -> None:
    known = next(row for row in ROWS if (row.fault, row.situation) == (planted.fault, planted.situation))
    assert row(planted, MATRIX.tried) == updated(known, known, ())
