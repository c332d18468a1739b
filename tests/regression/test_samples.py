"""Speed and memory: what is sure and matters is told, what the machine did is left out."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from harness.core.comparison import Judgement, SampleChange
from harness.core.events import RunFinished, RunStarted, SamplesRecorded
from harness.core.run import Run
from harness.regression.samples import compare_samples

ENVIRONMENT = {"python": "3.11.2", "packages": {"numpy": "2.0"}, "cores": 2}
STARTED = RunStarted("2026-01-01T00:00:00Z", {"spec": "reference"}, {"id": "m"}, "cpu", "ci", ENVIRONMENT, id="a")


def measured(
    seed: int, *times: float, machine: float = 1.0, memory: float = 500.0, rounds: int = 30, better: str = "lower",
    name: str = "latency", **started: Any,
) -> Run:  # fmt: skip
    """A run with a take for each of `times`, on a machine that is `machine` times as slow as another."""

    def samples() -> Iterator[SamplesRecorded]:
        draw = np.random.default_rng(seed)
        for take, factor in enumerate(times or (1.0,)):
            slowed = machine * draw.lognormal(0.0, 0.2, rounds)  # does the same to both
            took = 25.0 * factor * slowed * draw.lognormal(0.0, 0.03, rounds)
            yield SamplesRecorded(name, "Latency of 10 documents", "ms", tuple(took), better, take)
            yield SamplesRecorded("yardstick", "A fixed computation", "ms", tuple(slowed), take=take)
            yield SamplesRecorded("memory", "Resident memory", "MiB", (memory,) * rounds, take=take)

    return Run.of([replace(STARTED, **started), *samples(), RunFinished("")])


def changes(base: Run, run: Run, *, other_hardware: bool = False) -> dict[str, SampleChange]:
    found, _ = compare_samples(base, run, alpha=0.01, other_hardware=other_hardware)
    return {change.id: change for change in found}


def left_out(base: Run, run: Run) -> list[str]:
    return compare_samples(base, run, alpha=0.01, other_hardware=False)[1]


def test_a_run_beside_itself_is_unchanged() -> None:
    found = changes(measured(0, 1.0, 1.0), measured(0, 1.0, 1.0))
    assert {name: (change.judgement, change.ratio) for name, change in found.items()} == {
        "latency": (Judgement.UNCHANGED, 1.0), "memory": (Judgement.UNCHANGED, 1.0),
    }  # fmt: skip


@pytest.mark.parametrize(("times", "judgement"), [(1.2, Judgement.WORSE), (0.8, Judgement.BETTER)])
def test_a_fifth_more_time_is_worse_and_a_fifth_less_is_better(times: float, judgement: Judgement) -> None:
    found = changes(measured(0, 1.0, 1.0), measured(1, times, times))["latency"]
    assert found.judgement is judgement
    assert found.low < times < found.high
    assert found.count == 60


def test_a_slow_machine_is_no_slow_target() -> None:
    found = changes(measured(0, 1.0, 1.0), measured(1, 1.0, 1.0, machine=2.0))["latency"]
    assert found.judgement is Judgement.UNDECIDED
    assert found.machine == pytest.approx(2.0, rel=0.1)
    assert found.run / found.base == pytest.approx(2.0, rel=0.1)


def test_what_a_machine_hides_that_keeps_no_speed_is_told() -> None:
    (told,) = left_out(measured(0, 1.0, 1.0), measured(1, 1.0, 1.0, machine=2.0))
    assert told.startswith("Latency of 10 documents: the machine's own speed moved by 37% meanwhile")


def test_too_few_rounds_are_not_the_machines_fault() -> None:
    assert left_out(measured(0, rounds=3), measured(1, rounds=3)) == []


def test_a_slower_target_is_found_on_a_faster_machine() -> None:
    assert changes(measured(0, 1.0, 1.0), measured(1, 1.5, 1.5, machine=0.5))["latency"].judgement is Judgement.WORSE


def test_what_is_slow_in_one_take_and_not_in_the_next_is_flaky() -> None:
    assert changes(measured(0, 1.0, 1.0), measured(1, 1.4, 1.0))["latency"].judgement is Judgement.FLAKY


def test_a_sure_change_that_matters_to_nobody_is_none() -> None:
    found = changes(measured(0), measured(0, memory=515.0))["memory"]
    assert (found.judgement, found.ratio) == (Judgement.UNCHANGED, pytest.approx(1.03))


def test_a_fifth_more_memory_is_worse_however_few_rounds_there_are() -> None:
    assert changes(measured(0, rounds=5), measured(1, memory=600.0, rounds=5))["memory"].judgement is Judgement.WORSE


def test_too_few_rounds_leave_it_undecided() -> None:
    assert changes(measured(0, rounds=3), measured(1, rounds=3))["latency"].judgement is Judgement.UNDECIDED


def test_where_more_is_better_less_is_worse() -> None:
    found = changes(measured(0, name="rate", better="higher"), measured(0, 0.5, name="rate", better="higher"))
    assert found["rate"].judgement is Judgement.WORSE


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"environment": {**ENVIRONMENT, "cores": 8}}, "the number of cores was 2, and is 8; --allow-other-hardware"),
        ({"device": "cuda"}, "the device was cpu, and is cuda"),
    ],
)
def test_another_machine_is_left_out_unless_it_is_asked_for(changed: dict[str, Any], told: str) -> None:
    base, run = measured(0), measured(1, **changed)
    assert told in left_out(base, run)[0]
    assert changes(base, run) == {}
    assert set(changes(base, run, other_hardware=True)) == {"latency", "memory"}


def test_a_yardstick_of_another_python_is_none() -> None:
    run = measured(1, environment={**ENVIRONMENT, "python": "3.14.0"})
    assert "Python 3.11.2 with numpy 2.0 in the base and Python 3.14.0" in left_out(measured(0), run)[0]
    assert set(changes(measured(0), run)) == {"memory"}


def test_memory_after_other_checks_is_left_out() -> None:
    told = left_out(measured(0), measured(1, planned=("numerics.values",)))
    assert told == [
        "Resident memory: the runs made other checks, and what these leave in memory counts as well; compare runs of "
        "one profile."
    ]


def test_without_a_yardstick_a_reader_is_told_so() -> None:
    base, run = (replace(each, samples=each.samples[:1]) for each in (measured(0), measured(1)))
    assert "without a yardstick" in left_out(base, run)[0]


def test_runs_without_samples_are_told() -> None:
    empty = Run.of([STARTED, RunFinished("")])
    assert "the base a has no samples" in left_out(empty, measured(0))[0]


def test_a_quantity_that_the_base_did_not_measure_or_that_has_no_logarithm_is_left_out() -> None:
    base = measured(0)
    assert "the base has no samples of it" in left_out(replace(base, samples=base.samples[2:]), measured(1))[0]
    assert "one that is not above 0" in left_out(base, measured(1, memory=0.0))[0]
