"""Scores on the disk, in columns, as they come: nothing is lost when a process is killed, and nothing is there twice.

What was scored last lies in an Arrow stream, to which every load is appended; at `ROWS` rows it becomes a Parquet file
of the same name. A stream that was cut off in the middle is good up to its last whole batch.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

from harness.core.errors import CannotWrite, MissingDependency, UsageError
from harness.core.scores import Scores
from harness.scoring.units import DIGITS, Unit

if TYPE_CHECKING:
    import pyarrow

Numbers = npt.NDArray[np.int64]
Ids = npt.NDArray[np.bytes_]
#: Rows after which a stream becomes a Parquet file, of 0.8 MB (12.6 bytes a row: docs/scale.md).
ROWS = 2**16


def arrow() -> Any:
    """The module pyarrow; MissingDependency without it."""
    try:
        import pyarrow
        import pyarrow.ipc
        import pyarrow.parquet
    except ImportError:
        raise MissingDependency("pyarrow", "scores in files") from None
    return pyarrow


def schema() -> pyarrow.Schema:
    """The columns: the unit by number and id, the pair by its position in what was to be scored, its score."""
    pa = arrow()
    return pa.schema([("unit", pa.int64()), ("id", pa.string()), ("position", pa.int64()), ("score", pa.float64())])


@dataclass
class ScoreStore:
    """Parts of a folder, written by one process at a time. A context manager."""

    folder: Path
    rows: int = ROWS
    _earlier: tuple[Numbers, Ids] = field(default_factory=lambda: _sorted([], []), repr=False)
    _part: int = 0
    _written: int = 0
    _stream: Any = None
    _file: Any = None

    def __enter__(self) -> Self:
        """Go on behind what the folder holds; UsageError where it cannot be read or written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for left in sorted(self.folder.glob("part-*.arrows")):
                self._close_part(left)
        except OSError as error:
            raise UsageError(f"cannot write {self.folder}: {error.strerror}") from None
        tables = [_units_in(table) for table in parts_of(self.folder)]
        self._earlier = _sorted([numbers for numbers, _ in tables], [ids for _, ids in tables])
        self._part = 1 + max((int(path.stem[5:]) for path in self.folder.glob("part-*.parquet")), default=-1)
        return self

    @property
    def units(self) -> int:
        """How many units an earlier process left."""
        return len(self._earlier[0])

    def has(self, unit: Unit) -> bool:
        """Whether an earlier process left the unit's scores; UsageError where it left another unit's by its number."""
        numbers, ids = self._earlier
        place = int(np.searchsorted(numbers, unit.number))
        if place == len(numbers) or numbers[place] != unit.number:
            return False
        if ids[place].decode() != unit.id:
            raise UsageError(
                f"{self.folder} holds scores of other pairs: unit {unit.number} is not what it was; use another folder"
            )
        return True

    def known(self) -> Iterator[tuple[Numbers, Scores]]:
        """Positions and scores of what an earlier process left."""
        for table in parts_of(self.folder):
            yield table["position"].to_numpy(), table["score"].to_numpy()

    def add(self, units: Sequence[Unit], scores: Sequence[Sequence[float]]) -> None:
        """Write the scores of some units; CannotWrite where there is no room, and the folder is as it was before."""
        pa = arrow()
        lengths = [len(unit.documents) for unit in units]
        columns = [
            np.repeat([unit.number for unit in units], lengths),
            pa.array(np.repeat([unit.id for unit in units], lengths), pa.string()),
            np.concatenate([np.arange(unit.first, unit.first + len(unit.documents)) for unit in units]),
            np.concatenate([np.asarray(each, dtype=np.float64) for each in scores]),
        ]
        try:
            self._append(pa.record_batch(columns, schema=schema()))
        except OSError as error:
            raise CannotWrite(f"cannot write {self._path}: {error.strerror or error}") from None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Make a Parquet file of what is still in the stream."""
        with contextlib.suppress(OSError):  # no room: the stream stays, and is read as it is
            self._settle()

    @property
    def _path(self) -> Path:
        return self.folder / f"part-{self._part:05}.arrows"

    def _append(self, batch: pyarrow.RecordBatch) -> None:
        if self._stream is None:
            self._file = self._path.open("wb")
            self._stream = arrow().ipc.new_stream(self._file, schema())
        self._stream.write_batch(batch)
        self._file.flush()
        self._written += batch.num_rows
        if self._written >= self.rows:
            self._settle()

    def _settle(self) -> None:
        if self._stream is None:
            return
        stream, file, path = self._stream, self._file, self._path
        self._stream, self._file, self._written, self._part = None, None, 0, self._part + 1
        with file:
            stream.close()
        self._close_part(path)

    @staticmethod
    def _close_part(stream: Path) -> None:
        """Have a Parquet file take the place of a stream; where it is there already, the stream is what was left."""
        whole = stream.with_suffix(".parquet")
        if not whole.exists():
            table = read_stream(stream)
            beside = whole.with_suffix(".part")
            arrow().parquet.write_table(table, beside, compression="zstd")
            with beside.open("rb") as written:
                os.fsync(written.fileno())
            beside.replace(whole)
        stream.unlink()


def read_stream(path: Path) -> pyarrow.Table:
    """The whole batches of a stream, which its writer may have been killed over."""
    pa = arrow()
    batches = []
    with path.open("rb") as file, contextlib.suppress(pa.ArrowInvalid, OSError, EOFError):
        for batch in pa.ipc.open_stream(file):
            batches.append(batch)
    return pa.Table.from_batches(batches, schema())


def parts_of(folder: Path) -> Iterator[pyarrow.Table]:
    """Every part of a folder, the Parquet files first; UsageError where one of them is damaged."""
    pa = arrow()
    for path in sorted(folder.glob("part-*.parquet")):
        try:
            yield pa.parquet.read_table(path, schema=schema())
        except (OSError, pa.ArrowException) as error:
            raise UsageError(f"{path} cannot be read as scores ({str(error)[:120]}); delete it and go on") from None
    for path in sorted(folder.glob("part-*.arrows")):
        if not path.with_suffix(".parquet").exists():
            yield read_stream(path)


def read_scores(folder: Path, count: int) -> Scores:
    """The scores of `count` pairs by position, float64; NaN where there is none. UsageError for a position beyond."""
    scores = np.full(count, np.nan)
    for table in parts_of(folder):
        positions = table["position"].to_numpy()
        if len(positions) and not 0 <= positions.min() <= positions.max() < count:
            raise UsageError(f"{folder} holds scores of other pairs: one is the {positions.max() + 1}th, of {count}")
        scores[positions] = table["score"].to_numpy()
    return scores


def _units_in(table: pyarrow.Table) -> tuple[Numbers, Ids]:
    numbers, first = np.unique(table["unit"].to_numpy(), return_index=True)
    return numbers, np.array(table["id"].take(first).to_pylist(), dtype=f"S{DIGITS}")


def _sorted(numbers: Sequence[Numbers], ids: Sequence[Ids]) -> tuple[Numbers, Ids]:
    """Units by number, with their ids: 40 bytes each, however many there are."""
    every = np.concatenate([np.empty(0, np.int64), *numbers])
    order = np.argsort(every)
    return every[order], np.concatenate([np.empty(0, f"S{DIGITS}"), *ids])[order]
