"""The folder of a run: where its events are written as they happen, and read again."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate, count
from pathlib import Path
from types import TracebackType
from typing import Self

from harness.core.errors import UsageError
from harness.core.events import Event, from_json, to_json
from harness.core.lines import LineFile, whole_lines
from reports.claim import claimed

ROOT = Path("reports") / "out"
EVENTS = "events.jsonl"
ANSWERS = "answers.jsonl"
#: The folder of what workers answered, where there were any.
SCORES = "scores"
#: What a comparison with an earlier run leaves beside a run's reports.
COMPARED = ("nightly.md", "nightly.html", "comparison.json")
#: What several deployments verified in one go leave beside the folders of their runs.
FLEET = ("fleet.json", "matrix.md", "matrix.html", "matrix.json")


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The folder that a run writes into."""

    path: Path

    @property
    def events(self) -> Path:
        """The event stream."""
        return self.path / EVENTS

    @property
    def answers(self) -> Path:
        """What the target answered."""
        return self.path / ANSWERS

    @classmethod
    def create(cls, out: Path | None, device: object, now: datetime | None = None) -> RunFolder:
        """Make `out`, or reports/out/<UTC time>-<device>, to which reports/out/latest then points.

        A folder made by default is new even if two runs start in the same second; a given one may hold an earlier run,
        whose reports go. `device` is anything whose str() names it. UsageError if the folder cannot be written.
        """
        with _mending(out or ROOT):
            folder = cls(_new_folder(_stem(device, now or datetime.now(UTC)))) if out is None else cls(_emptied(out))
            folder.events.touch()
        if out is None:
            _point_latest_to(folder.path)
        return folder

    @classmethod
    @contextlib.contextmanager
    def held(cls, out: Path | None, device: object) -> Iterator[RunFolder]:
        """As `create`, for this process alone; UsageError where another one writes into `out`."""
        with contextlib.ExitStack() as holding:
            if out is not None:
                with _mending(out):
                    out.mkdir(parents=True, exist_ok=True)
                holding.enter_context(claimed(out))
            folder = cls.create(out, device)
            if out is None:
                holding.enter_context(claimed(folder.path))
            yield folder


@contextlib.contextmanager
def fleet_folder(out: Path | None, kind: str) -> Iterator[Path]:
    """The folder of several runs, for this process alone: `out`, or reports/out/<UTC time>-<kind>, to which
    reports/out/latest then points. What an earlier verification left in it goes, but for its folders; UsageError if it
    cannot be written, or another process writes into it.
    """
    with contextlib.ExitStack() as holding:
        with _mending(out or ROOT):
            folder = out or _new_folder(_stem(kind, datetime.now(UTC)))
            folder.mkdir(parents=True, exist_ok=True)
        holding.enter_context(claimed(folder))
        with _mending(folder):
            _emptied(folder)
        if out is None:
            _point_latest_to(folder)
        yield folder


class EventLog:
    """Appends events to a file, one JSON line each, flushed as it happens; callable, and a context manager."""

    def __init__(self, path: Path, keep: int = 0) -> None:
        """Begin a stream, or go on behind the first `keep` bytes of one."""
        self.path = path
        with _mending(path):
            self._file = LineFile(path, keep)

    def __call__(self, event: Event) -> None:
        """Write one event; CannotWrite where there is no room for it, and the stream then ends before it."""
        self._file.append(to_json(event))

    def close(self) -> None:
        """Make sure that all of it is on the disk; closing again does nothing."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def read_events(path: Path) -> list[Event]:
    """The events of a stream. A last line cut off mid-write is left out; any other broken line is UsageError."""
    try:
        *lines, last = path.read_bytes().split(b"\n")
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}; name the events.jsonl of a run") from None
    events = [_event(line, path, n) for n, line in enumerate(lines, 1) if line.strip()]
    if last.strip():
        with contextlib.suppress(UsageError):
            events.append(_event(last, path, len(lines) + 1))
    return events


def whole_events(path: Path) -> list[tuple[Event, int]]:
    """The events of a stream whose lines are whole, and how many bytes each ends after; UsageError as `read_events`."""
    try:
        lines = whole_lines(path)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}; name the folder of a run") from None
    events = [_event(line, path, number) for number, line in enumerate(lines, 1)]
    return list(zip(events, accumulate(map(len, lines)), strict=True))


def write_atomically(path: Path, text: str) -> None:
    """Write a file so that at every moment it is absent, the old one, or whole. UsageError if it cannot be written."""
    with _mending(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            # mkstemp makes files that only their owner may read; a report is for others too
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise


def _event(line: bytes, path: Path, number: int) -> Event:
    try:
        return from_json(line.decode())
    except (UsageError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}, line {number}: {error}") from None


def _stem(device: object, now: datetime) -> Path:
    name = re.sub(r"[^A-Za-z0-9.]+", "-", str(device)).strip("-.")
    return ROOT / f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{name}"


def _new_folder(stem: Path) -> Path:
    stem.parent.mkdir(parents=True, exist_ok=True)
    for n in count(1):
        path = stem if n == 1 else stem.with_name(f"{stem.name}-{n}")
        with contextlib.suppress(FileExistsError):
            path.mkdir()
            return path
    raise AssertionError("unreachable: count() has no end")


def _emptied(out: Path) -> Path:
    from reports.formats import FORMATS

    out.mkdir(parents=True, exist_ok=True)
    # reports of an earlier run beside the events of this one would be taken for this one's
    for name in (EVENTS, ANSWERS, *FORMATS, *COMPARED, *FLEET):
        (out / name).unlink(missing_ok=True)
    _without_parts(out / SCORES)
    return out


def _without_parts(folder: Path) -> None:
    """Take away the scores of an earlier run, and nothing else that somebody may have there."""
    for part in folder.rglob("part-*"):
        if part.suffix in (".parquet", ".arrows", ".part"):
            part.unlink()
    for left in sorted(folder.rglob("*"), reverse=True):
        if left.is_dir():
            with contextlib.suppress(OSError):
                left.rmdir()


def _point_latest_to(path: Path) -> None:
    with contextlib.suppress(OSError, NotImplementedError):
        link = path.with_name(f".latest-{path.name}")
        link.symlink_to(path.name, target_is_directory=True)
        try:
            os.replace(link, path.with_name("latest"))
        except OSError:
            link.unlink()


@contextlib.contextmanager
def _mending(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = error.filename or path
        reason = "a file is in the way" if isinstance(error, FileExistsError | NotADirectoryError) else error.strerror
        raise UsageError(f"cannot write {where}: {reason}; name a folder that can be written with --out") from None
