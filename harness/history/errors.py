"""What can go wrong with a store, in one line that says that nothing is lost."""

from __future__ import annotations

from harness.core.errors import HarnessError, UsageError

KEPT = "the run's events are kept: repeat with `rerank-harness store RUN --store URL`"


class StoreUnusable(UsageError):
    """The store is locked, read-only, full, damaged or none of ours (exit status 2)."""


class StoreUnreachable(HarnessError):
    """The database server cannot be reached, or went away in the middle (exit status 3)."""

    exit_status = 3
