"""Files that grow by lines, each whole or not at all, and what is left of one whose writer was killed."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from harness.core.errors import CannotWrite


class LineFile:
    """Appends lines; each is with the system once it is written, so that a killed process loses none.

    A line that cannot be written whole is taken back, and every later one then fails alike: after a hole, what follows
    would be read for something else. CannotWrite names the file and the reason.
    """

    def __init__(self, path: Path, keep: int = 0) -> None:
        """Begin a file, or go on behind the first `keep` bytes of one; OSError where it cannot be opened."""
        self.path = path
        self._whole = keep
        self._failed: OSError | None = None
        new = 0 if keep else os.O_TRUNC
        self._file: int | None = os.open(path, os.O_WRONLY | os.O_CREAT | new | getattr(os, "O_CLOEXEC", 0), 0o666)
        if keep:
            os.ftruncate(self._file, keep)
            os.lseek(self._file, keep, os.SEEK_SET)

    def append(self, line: str) -> None:
        """Write one line of ASCII, given without its end."""
        if self._file is None:
            raise ValueError(f"{self.path} is closed")
        try:
            if self._failed is not None:
                raise self._failed
            content = (line + "\n").encode("ascii")
            _write(self._file, content)
            self._whole += len(content)
        except OSError as error:
            self._failed = error
            with contextlib.suppress(OSError):
                os.ftruncate(self._file, self._whole)
            raise CannotWrite(f"cannot write {self.path}: {error.strerror}") from None

    def close(self) -> None:
        """Make sure that all of it is on the disk; closing again does nothing."""
        if self._file is None:
            return
        file, self._file = self._file, None
        try:
            os.fsync(file)
        except OSError as error:
            if self._failed is None:
                raise CannotWrite(f"cannot write {self.path}: {error.strerror}") from None
        finally:
            os.close(file)


def whole_lines(path: Path) -> list[bytes]:
    """The lines of a file with their ends; a last one that was cut off mid-write is left out. OSError if unreadable."""
    *whole, _ = path.read_bytes().split(b"\n")
    return [line + b"\n" for line in whole]


def _write(file: int, content: bytes) -> None:
    """All of it: the system may take less at a time."""
    while content:
        content = content[os.write(file, content) :]
