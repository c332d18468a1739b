"""Change points: found where there is one, named with what differs there, and hardly ever where there is none."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from harness.core.events import Event
from harness.history.changes import change_points
from harness.history.lines import lines_of, matching, told
from harness.history.store import open_store


def test_a_step_of_a_figure_that_never_moves_is_found_at_its_first_run() -> None:
    (found,) = change_points([0.9] * 10 + [0.8] * 3)
    assert (found.index, found.before, found.after) == (10, pytest.approx(0.9), pytest.approx(0.8))


def test_one_odd_night_is_no_change() -> None:
    assert change_points([0.9] * 10 + [0.8] + [0.9] * 10) == []


def test_a_change_too_small_to_matter_is_not_told() -> None:
    assert change_points([1.0] * 10 + [1.001] * 10) == []


@pytest.mark.parametrize("values", [[], [1.0], [1.0, 2.0, 1.0, 2.0, 1.0]])
def test_few_runs_have_no_change(values: list[float]) -> None:
    assert change_points(values) == []


def test_healthy_series_of_thirty_runs_raise_an_alarm_in_at_most_one_of_twenty() -> None:
    """Measured: 2 % of normal ones, and fewer of ones with heavy tails."""
    draw = np.random.default_rng(0)
    normal = [draw.normal(1, 0.03, 30) for _ in range(200)]
    heavy = [np.exp(0.1 * draw.standard_t(3, 30)) for _ in range(200)]
    assert [sum(bool(change_points(list(s))) for s in group) <= 10 for group in (normal, heavy)] == [True, True]


def test_a_shift_of_three_times_the_noise_is_found_with_half_of_thirty_runs_after_it() -> None:
    """Measured: 96 %, with the place right to a run."""
    draw = np.random.default_rng(1)
    found = 0
    for _ in range(50):
        series = np.concatenate([draw.normal(1, 0.03, 15), draw.normal(1.09, 0.03, 15)])
        found += any(abs(point.index - 15) <= 1 for point in change_points(list(series)))
    assert found >= 44


def test_a_change_is_named_with_its_first_run_and_what_differs_there(
    tmp_path: Path, stream: Callable[..., list[Event]]
) -> None:
    store = open_store(str(tmp_path / "h.sqlite"))
    for night in range(1, 13):
        late = night > 8
        store.add(
            stream(f"{night:032x}", night=night, value=3e-5 if late else 1e-5, torch="2.14.0" if late else "2.13.0")
        )
    (line,) = lines_of(store, matching(model="tiny-causal"), "numerics.values")
    (turn,) = line.turns
    assert turn.run.id == f"{9:032x}"
    assert [(d.name, d.base, d.run) for d in turn.differences] == [("packages: torch", "2.13.0", "2.14.0")]
    assert "packages: torch: 2.13.0 → 2.14.0" in " ".join(told(line))
