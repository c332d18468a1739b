"""Resident memory of a process of this machine."""

from __future__ import annotations

from harness.core.errors import UsageError


def resident(pid: int | None = None) -> int:
    """Bytes of a process and its children, of this process without one; UsageError where there is none of that id, or
    it must not be looked into.
    """
    import psutil

    try:
        process = psutil.Process(pid)
        return sum(each.memory_info().rss for each in (process, *process.children(recursive=True)))
    except psutil.Error as error:
        raise UsageError(f"the memory of process {pid} cannot be read ({error}); is --pid the server's?") from None
