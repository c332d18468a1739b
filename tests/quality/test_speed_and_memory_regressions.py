"""Speed and memory: healthy runs raise no alarm beyond the stated rate, and what is planted is found.

The runs were really measured, one in each fresh process, on two virtual cores with busy neighbours, whose speed moved
by 2 to 16 % within a run and up to a half between runs: `measured_runs.py` says how. An alarm is a quantity that is
worse, better or flaky.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import permutations, product
from pathlib import Path

import pytest

from harness.core.comparison import ALPHA, Judgement
from harness.core.events import Event, RunStarted, from_json
from harness.core.run import Run
from harness.regression.measured import QUANTITIES, Measured, Series
from harness.regression.samples import compare_samples

HERE = Path(__file__).parent
PAIRS = 200
#: The speed of a machine that moves by less is kept.
STEADY = 0.1
ALARMS = (Judgement.WORSE, Judgement.BETTER, Judgement.FLAKY)


def runs_of(lines: Sequence[str]) -> list[Run]:
    """The runs of event streams that stand one behind the other."""
    streams: list[list[Event]] = []
    for event in map(from_json, lines):
        if isinstance(event, RunStarted):
            streams.append([])
        streams[-1].append(event)
    return [Run.of(stream) for stream in streams]


def measured(name: str) -> list[Run]:
    return runs_of((HERE / "measured" / f"{name}.jsonl").read_text().splitlines())


def judged(base: Run, run: Run) -> dict[str, Judgement]:
    changes, _ = compare_samples(base, run, alpha=ALPHA, other_hardware=False)
    return {change.id: change.judgement for change in changes}


def slower(base: Run, run: Run) -> bool:
    words = judged(base, run)
    return Judgement.WORSE in (words["latency"], words["processor-time"])


def moved(base: Run, run: Run) -> float:
    """How much the machine's own speed moved, as a standard deviation of logarithms."""
    before, now = Series.of(base, "latency"), Series.of(run, "latency")
    assert before is not None
    assert now is not None
    return Measured(QUANTITIES["latency"], before, now).moved


def drawn(pairs: list[tuple[Run, Run]]) -> list[tuple[Run, Run]]:
    return random.Random(0).sample(pairs, min(PAIRS, len(pairs)))


@pytest.fixture(scope="module")
def healthy() -> list[Run]:
    return measured("healthy")


@pytest.fixture(scope="module")
def beside_slower(healthy: list[Run]) -> list[tuple[Run, Run]]:
    return [*product(healthy, measured("slower"))]


def test_two_hundred_pairs_of_healthy_runs_raise_no_more_alarms_than_the_rate_allows(healthy: list[Run]) -> None:
    alarms = sum(any(word in ALARMS for word in judged(*pair).values()) for pair in drawn([*permutations(healthy, 2)]))
    assert alarms <= ALPHA * PAIRS


def test_a_run_beside_itself_raises_none(healthy: list[Run]) -> None:
    assert not any(word in ALARMS for run in healthy for word in judged(run, run).values())


def test_a_tenth_more_time_is_found_where_the_machine_keeps_its_speed(beside_slower: list[tuple[Run, Run]]) -> None:
    found = Counter(slower(*pair) for pair in beside_slower if moved(*pair) < STEADY)
    assert found.total() >= 20
    assert found[True] >= 0.8 * found.total()


def test_a_tenth_more_time_is_told_as_unchanged_nowhere(beside_slower: list[tuple[Run, Run]]) -> None:
    words = [judged(*pair)["processor-time"] for pair in beside_slower]
    assert not {Judgement.UNCHANGED, Judgement.BETTER} & set(words)


def test_a_fifth_more_memory_is_found_and_nothing_else(healthy: list[Run]) -> None:
    words = [judged(*pair) for pair in drawn([*product(healthy, measured("larger"))])]
    assert {word["memory"] for word in words} == {Judgement.WORSE}


@pytest.mark.slow
def test_a_slower_and_larger_target_is_found_on_this_machine(tmp_path: Path) -> None:
    def run(*options: str) -> Run:
        command = [sys.executable, str(HERE / "measured_runs.py"), "1", *options]
        made = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
        (only,) = runs_of(made.stdout.splitlines())
        return only

    words = judged(run(), run("--slower", "0.3", "--larger", "0.2"))
    assert words["processor-time"] is Judgement.WORSE
    assert words["memory"] is Judgement.WORSE
