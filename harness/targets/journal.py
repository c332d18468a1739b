"""Every answer of a target, written down as it comes, so that a run that was interrupted need not ask for it again."""

from __future__ import annotations

import json
import math
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from harness.core.errors import MalformedAnswer, Refused, UsageError
from harness.core.lines import LineFile, whole_lines

SCHEMA = "rerank-harness/answers/1"
#: Hexadecimal digits that stand for texts: 128 bits, so that no two requests of a run are taken for each other.
DIGITS = 32
Line = dict[str, Any]


class Journal:
    """One line an answer, under the section (a check) that it was asked in. Texts are there as digests only.

    A section that an earlier process was interrupted in gets the answers it had again: the i-th of equal requests gets
    the i-th answer, so that what is asked twice on purpose is not compared with itself. Threads may share a journal.
    `keeps` says whether the section keeps its answers at all.
    """

    def __init__(self, path: Path, earlier: Sequence[Line] = (), keep: int = 0) -> None:
        """Begin a journal, or go on behind the first `keep` bytes of one, which hold the lines `earlier`."""
        try:
            self._file = LineFile(path, keep)
        except OSError as error:
            raise UsageError(f"cannot write {path}: {error.strerror}") from None
        self._earlier: dict[str, list[Line]] = defaultdict(list)
        for line in earlier:
            self._earlier[line["during"]].append(line)
        self.keeps = False
        self._section, self._paced = "", False
        self._waiting: dict[str, deque[Line]] = {}
        self._lock = threading.Lock()

    def begin(self, run: str) -> None:
        """Write the first line: whose answers these are."""
        self._file.append(json.dumps({"schema": SCHEMA, "run": run}))

    def enter(self, section: str, *, keeps: bool = True, paced: bool = False) -> None:
        """From here on answers belong to `section`, which keeps them and gives them again, or does neither. An answer
        that is given again comes at once, or where the section is `paced` after the time that it took.
        """
        waiting: dict[str, deque[Line]] = defaultdict(deque)
        for line in self._earlier[section]:
            if "ask" in line:
                waiting[line["ask"]].append(line)
        with self._lock:
            self.keeps, self._section, self._paced, self._waiting = keeps, section, paced, waiting

    def current(self) -> str:
        """The section of now."""
        return self._section

    def write(self, **fields: Any) -> None:
        """Write down something that the section has come to, as JSON."""
        with self._lock:
            self._file.append(json.dumps({"during": self._section, **fields}, allow_nan=False))

    def answer(self, key: str, ask: Callable[[], Line]) -> Line:
        """The next recorded answer to the request `key`; else what `ask` returns, written down. Refused and
        MalformedAnswer are answers too.
        """
        with self._lock:
            known = self._waiting.get(key)
            line = known.popleft() if known else None
        if line is None:
            line = self._asked(ask)
            self.write(ask=key, **line)
        elif self._paced:
            time.sleep(line["seconds"])
        return _read(line)

    @staticmethod
    def _asked(ask: Callable[[], Line]) -> Line:
        began = time.perf_counter()
        try:
            answered = ask()
        except Refused as error:
            answered = {"refused": str(error), "status": error.status}
        except MalformedAnswer as error:
            answered = {"malformed": str(error)}
        return {"seconds": round(time.perf_counter() - began, 6), **answered}

    def close(self) -> None:
        """Make sure that all of it is on the disk."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def read_journal(path: Path, run: str) -> tuple[list[Line], int]:
    """The lines behind the first of a run's journal, and the bytes of all that is whole; UsageError where it is not
    this run's, or a line is broken.
    """
    try:
        found = whole_lines(path)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}; without it the run has to be made anew") from None
    lines = [_line(line, path, number) for number, line in enumerate(found, 1)]
    if lines and lines[0] != {"schema": SCHEMA, "run": run}:
        raise UsageError(f"{path} does not hold the answers of the run {run}; the run has to be made anew")
    return lines[1:], sum(map(len, found))


def digest(texts: Any) -> str:
    """What stands for the texts of a request: of their JSON, so that lone surrogates have one too."""
    return sha256(json.dumps(texts).encode()).hexdigest()[:DIGITS]


def written(scores: Iterable[float]) -> list[float | str]:
    """Scores as strict JSON that float() reads again: what is no finite number as its name."""
    return [float(score) if math.isfinite(score) else str(float(score)) for score in scores]


def _line(line: bytes, path: Path, number: int) -> Line:
    try:
        fields: Line = json.loads(line)
        if number == 1 or isinstance(fields["during"], str):
            return fields
    except (ValueError, KeyError, TypeError):
        pass
    raise UsageError(f"{path}, line {number} is no line of {SCHEMA}; the run has to be made anew")


def _read(line: Line) -> Line:
    """The answer; raised where it was an error."""
    if "refused" in line:
        raise Refused(line["refused"], line["status"])
    if "malformed" in line:
        raise MalformedAnswer(line["malformed"])
    return line
