"""Scores in files: none is lost, none is there twice."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from harness.core.errors import CannotWrite, UsageError
from harness.scoring.store import ScoreStore, read_scores
from harness.scoring.units import Unit, units_of
from tests.scoring.stubs import pairs_of, score_of


def as_killed(folder: Path, count: int) -> Path:
    """A folder as a process leaves it that is killed after it has written so many units."""
    with ScoreStore(folder / "writing") as store:
        for unit in UNITS[:count]:
            store.add([unit], scored([unit]))
        shutil.copytree(folder / "writing", folder / "killed")
    return folder / "killed"


def scored(units: list[Unit]) -> list[list[float]]:
    return [[score_of(unit.query, document) for document in unit.documents] for unit in units]


PAIRS = pairs_of(20, 10)
UNITS = list(units_of(PAIRS))
RIGHT = np.array([score_of(pair.query, pair.document) for pair in PAIRS])


def test_scores_are_read_by_position_in_whichever_order_they_were_written(tmp_path: Path) -> None:
    with ScoreStore(tmp_path, rows=35) as store:
        for unit in reversed(UNITS):
            store.add([unit], scored([unit]))
    assert np.array_equal(read_scores(tmp_path, len(PAIRS)), RIGHT)
    assert {path.suffix for path in tmp_path.iterdir()} == {".parquet"}


def test_what_was_written_before_a_kill_is_there(tmp_path: Path) -> None:
    with ScoreStore(as_killed(tmp_path, 7)) as after:
        assert [after.has(unit) for unit in UNITS] == [True] * 7 + [False] * 13


@pytest.mark.parametrize("lost", [1, 40, 400])
def test_a_stream_that_was_cut_off_is_good_up_to_its_last_whole_batch(tmp_path: Path, lost: int) -> None:
    stream = as_killed(tmp_path, 5) / "part-00000.arrows"
    stream.write_bytes(stream.read_bytes()[:-lost])
    with ScoreStore(stream.parent) as after:
        assert [after.has(unit) for unit in UNITS[:5]] == [True] * 4 + [False]


def test_a_part_that_was_written_and_whose_stream_is_left_counts_once(tmp_path: Path) -> None:
    killed = as_killed(tmp_path, 3)
    shutil.copy(tmp_path / "writing" / "part-00000.parquet", killed)
    with ScoreStore(killed) as store:
        assert store.units == 3
    assert {path.name for path in killed.iterdir()} == {"part-00000.parquet"}


def test_scores_of_other_pairs_are_not_taken_for_those_that_are_wanted(tmp_path: Path) -> None:
    with ScoreStore(tmp_path) as store:
        store.add(UNITS[:1], scored(UNITS[:1]))
    other = next(units_of(pairs_of(1, 11)))
    with ScoreStore(tmp_path) as store, pytest.raises(UsageError, match="holds scores of other pairs"):
        store.has(other)


def test_a_part_that_is_damaged_is_named(tmp_path: Path) -> None:
    (tmp_path / "part-00000.parquet").write_bytes(b"PAR1 nothing")
    with pytest.raises(UsageError, match=r"part-00000\.parquet cannot be read"):
        ScoreStore(tmp_path).__enter__()


def test_a_disk_without_room_is_told_and_what_was_written_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with ScoreStore(tmp_path) as store:
        store.add(UNITS[:2], scored(UNITS[:2]))
        monkeypatch.setattr(store, "_append", full)
        with pytest.raises(CannotWrite, match="No space left on device"):
            store.add(UNITS[2:3], scored(UNITS[2:3]))
    with ScoreStore(tmp_path) as after:
        assert after.units == 2


def test_what_is_no_number_is_kept_as_it_is(tmp_path: Path) -> None:
    with ScoreStore(tmp_path) as store:
        store.add(UNITS[:1], [[np.nan, np.inf, -np.inf, *[0.1] * 7]])
    assert np.array_equal(read_scores(tmp_path, 10)[:3], [np.nan, np.inf, -np.inf], equal_nan=True)


def test_scores_of_more_pairs_than_were_asked_for_are_refused(tmp_path: Path) -> None:
    with ScoreStore(tmp_path) as store:
        store.add(UNITS[:1], scored(UNITS[:1]))
    with pytest.raises(UsageError, match="holds scores of other pairs"):
        read_scores(tmp_path, 9)
