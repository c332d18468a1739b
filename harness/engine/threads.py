"""How many threads torch takes for one product on the CPU."""

from __future__ import annotations

import os

from harness.engine.setup import AFFORDABLE_IN_FLOAT64, Request
from harness.reference.checkpoint import Checkpoint

#: Where users choose by themselves; torch and its libraries read it too.
CHOSEN = "OMP_NUM_THREADS"


def is_small(checkpoint: Checkpoint) -> bool:
    """Whether its products are too small to be shared out.

    Measured with the embedded model on two cores: a run took 56 s on one thread and 73 s on two, and on a busy machine
    two waited for each other ten times as long.
    """
    return checkpoint.weight_bytes <= AFFORDABLE_IN_FLOAT64


def settle_threads(request: Request) -> None:
    """One thread for a small model on the CPU, unless the user chose."""
    small = request.checkpoint is not None and is_small(request.checkpoint)
    if small and request.parsed_device.kind == "cpu" and CHOSEN not in os.environ:
        set_threads(1)


def set_threads(threads: int) -> None:
    """From here on torch takes so many: scores have the same bits only with the same number."""
    import torch

    torch.set_num_threads(threads)


def threads_of(checkpoint: Checkpoint | None, workers: int) -> int:
    """Threads of each worker: what the user chose, one for a small model, else its share of this machine's cores."""
    chosen = os.environ.get(CHOSEN, "")
    if chosen.isdecimal() and int(chosen):
        return int(chosen)
    if checkpoint is None or is_small(checkpoint):
        return 1
    return max(1, (os.cpu_count() or 1) // workers)
