"""A run's folder belongs to one process at a time."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from harness.core.errors import UsageError


@contextlib.contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Hold a folder that is there for this process; UsageError where another one holds it.

    The system gives it back when the process ends, however it ends. Where folders cannot be locked (Windows, some
    network file systems) nothing is held.
    """
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        yield
        return
    try:
        with contextlib.suppress(OSError):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise UsageError(f"another process is writing into {folder}; wait for it, or end it") from None
        yield
    finally:
        os.close(handle)
