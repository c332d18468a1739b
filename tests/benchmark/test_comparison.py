"""A change of speed is told where the samples show it, and only then."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from harness.benchmark.comparison import compare
from harness.benchmark.result import Benchmark, Entry
from harness.core.errors import UsageError
from harness.engine.benchmark import Asked


def benchmark(seed: int, *, times: float = 1.0, rounds: int = 12, **changed: Any) -> Benchmark:
    draw = np.random.default_rng(seed)
    entries = tuple(
        Entry(
            "reference", documents, 20, 100, tuple(times * draw.lognormal(0, 0.02, rounds)), (1e9,) * rounds,
            100, 100, None, 0.0,
        )
        for documents in (1, 10, 100)
    )  # fmt: skip
    made = Benchmark(
        {"id": "m", "digest": "sha256:a"}, "cpu", "float32", "a machine", 1, {}, "today", "bench", 1e-4, entries
    )
    return replace(made, **changed)


@pytest.mark.parametrize(("times", "verdict"), [(1.1, "slower"), (0.9, "faster"), (1.0, "unchanged")])
def test_a_tenth_is_told(times: float, verdict: str) -> None:
    assert {change.verdict for change in compare(benchmark(0), benchmark(1, times=times))} == {verdict}


def test_two_hundred_equal_runs_raise_no_more_alarms_than_the_rate_allows() -> None:
    alarms = sum(
        any(change.verdict != "unchanged" for change in compare(benchmark(2 * n), benchmark(2 * n + 1)))
        for n in range(200)
    )
    assert alarms <= 2


def test_a_sure_change_that_matters_to_nobody_is_none() -> None:
    now = benchmark(1, times=1.03, rounds=60)
    assert {change.verdict for change in compare(benchmark(0, rounds=60), now)} == {"unchanged"}


def test_the_rounds_that_bench_takes_unasked_can_decide() -> None:
    rounds = Asked().rounds
    changes = compare(benchmark(0, rounds=rounds), benchmark(1, times=1.2, rounds=rounds))
    assert {change.verdict for change in changes} == {"slower"}


def test_too_few_rounds_decide_nothing() -> None:
    changes = compare(benchmark(0, rounds=5), benchmark(1, times=3.0, rounds=5))
    assert all(change.verdict.startswith("not decided: 5 rounds") for change in changes)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"model": {"id": "m", "digest": "sha256:b"}}, "model was sha256:a, and is sha256:b"),
        ({"device": "cuda"}, "device"), ({"dtype": "bfloat16"}, "dtype"), ({"hardware": "another"}, "hardware"),
        ({"threads": 2}, "threads"),
    ],
)  # fmt: skip
def test_timings_of_something_else_are_refused(changed: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        compare(benchmark(0), benchmark(1, **changed))


def test_another_machine_is_compared_where_that_is_asked_for() -> None:
    assert compare(benchmark(0), benchmark(1, hardware="another"), other_hardware=True)
