"""The cores of a machine, which its workers share."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def shared(workers: int) -> Iterator[None]:
    """Compute with this worker's share of the threads, unless the user chose their number.

    Threads of several processes that wait for each other's cores take many times as long: two workers with two threads
    each on two busy cores needed minutes for what takes one of them seconds. What is timed is not run in here, so that
    it is computed as without workers.
    """
    torch = sys.modules.get("torch")  # loaded by whatever computes: nothing else is to pay for it
    if torch is None or "OMP_NUM_THREADS" in os.environ:
        yield
        return
    before = torch.get_num_threads()
    torch.set_num_threads(max(1, before // workers))
    try:
        yield
    finally:
        torch.set_num_threads(before)
