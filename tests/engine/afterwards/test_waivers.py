"""A run is judged with what somebody accepted."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.core.vocabulary import Verdict
from harness.engine.afterwards import Afterwards
from tests.engine.afterwards.conftest import BASE, RUN, Verify, against, judgement

JUDGED = ("ranking-quality.above-chance", "ranking-quality.figures")
ENTRY = {
    "check": "ranking-quality.above-chance", "owner": "ana@example.com", "reason": "turned round on purpose",
    "link": "https://example.com/1", "expires": "2999-01-31", "justification": "FixDeferred",
}  # fmt: skip


@pytest.fixture
def waived(tmp_path: Path, served: Any) -> Callable[..., Afterwards]:
    """Accepts a failure in a file; the target's order is upside down."""
    served.worse_until = math.inf

    def write(**changes: str) -> Afterwards:
        lines = [f'{name} = "{value}"' for name, value in (ENTRY | changes).items()]
        path = tmp_path / "waivers.toml"
        path.write_text("\n".join(['schema = "rerank-harness/waivers/1"', "[[waiver]]", *lines]))
        return Afterwards(waivers=path)

    return write


def test_a_failure_that_is_accepted_is_none(
    waived: Callable[..., Afterwards], verify: Verify, capsys: pytest.CaptureFixture[str]
) -> None:
    finished = verify(RUN, waived(), checks=JUDGED)
    assert (finished.run.verdict, finished.exit_status) == (Verdict.FAIL, 0)
    assert (
        "accepted: ranking-quality.above-chance, by waiver 1 (ranking-quality.above-chance, ana@example.com), through "
        "2999-01-31\n"
    ) in capsys.readouterr().err


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"expires": "2026-01-31"}, "ranking-quality.above-chance, ana@example.com) expired on 2026-01-31"),
        (
            {"check": "ranking-quality.wishes"},
            "ranking-quality.wishes, ana@example.com) matches nothing that was found",
        ),
    ],
)
def test_an_entry_that_has_expired_or_matches_nothing_accepts_nothing(
    changes: dict[str, str], told: str, waived: Callable[..., Afterwards], verify: Verify,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    assert verify(RUN, waived(**changes), checks=JUDGED).exit_status == 1
    said = capsys.readouterr().err
    assert (f"waiver 1 ({told}" in said, "accepted: " in said) == (True, False)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "is not needed: nothing that it matches falls short any more"),
        ({"expires": "2026-01-31"}, "expired on 2026-01-31"), ({"check": "wishes.*"}, "matches nothing that was found"),
    ],
)  # fmt: skip
def test_an_entry_that_is_not_needed_is_a_failure_of_a_run_that_passes(
    changes: dict[str, str], told: str, waived: Callable[..., Afterwards], served: Any, verify: Verify,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    afterwards, served.worse_until = waived(**changes), 0
    finished = verify(RUN, afterwards, checks=JUDGED)
    assert (finished.run.verdict, finished.exit_status) == (Verdict.PASS, 1)
    assert told in capsys.readouterr().err


def test_an_entry_for_another_device_is_left_alone(
    waived: Callable[..., Afterwards], served: Any, verify: Verify
) -> None:
    afterwards, served.worse_until = waived(device="cuda"), 0
    assert verify(RUN, afterwards, checks=JUDGED).exit_status == 0


def test_what_is_accepted_excuses_nothing_that_is_worse_than_the_base(
    waived: Callable[..., Afterwards], served: Any, verify: Verify
) -> None:
    afterwards, served.worse_until = waived(), 0
    verify(BASE, checks=JUDGED)
    served.worse_until = math.inf
    finished = verify(RUN, against(waivers=afterwards.waivers), checks=JUDGED)
    assert (finished.exit_status, judgement()) == (1, "worse")
