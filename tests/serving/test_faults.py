"""Faults of interfaces: each has a name, a stage, and a check that is shown to see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.faults.library import all_faults
from harness.serving.library import served_faults

PROOFS = "".join(path.read_text(encoding="utf-8") for path in (Path(__file__).parents[1] / "checks").rglob("test_*.py"))


@pytest.mark.parametrize("fault", served_faults())
def test_a_fault_of_an_interface_is_planted_in_a_test_of_the_check_that_sees_it(fault: str) -> None:
    assert f'"{fault}"' in PROOFS


def test_faults_of_interfaces_and_of_the_pipeline_have_different_names() -> None:
    assert not set(served_faults()) & {fault.id for fault in all_faults()}


def test_every_fault_has_a_title() -> None:
    assert [fault.id for fault in served_faults().values() if not fault.title] == []
