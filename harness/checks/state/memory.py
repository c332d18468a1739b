"""The memory of the server's process over many requests of equal shape."""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.invariants.law import ask
from harness.checks.protocol.asking import server_of
from harness.checks.registry import Need, check
from harness.checks.resident import resident
from harness.checks.state.asking import disjoint, repeats
from harness.core.events import SeriesRecorded
from harness.core.findings import Outcome, at_most, not_applicable
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Stage

#: Blocks of requests after the warm-up; the growth of the middle one is what a leak has in common with all of them.
BLOCKS = 7
WARM_UP = 2
#: Requests of a block for each repeat of the profile.
REQUESTS = 2
#: Bytes a request that pass. Behind the embedded model a healthy server grows by 0 to 307 (a page now and then), and
#: what leaks keeps at least the texts or scores of a request, of which one that is used has dozens of documents.
LEAST = 4096.0


@check(
    "state.memory",
    "The server's memory does not grow with the requests",
    area=Area.ROBUSTNESS,
    stage=Stage.STATE,
    phase=Phase.INVARIANTS,
    needs=(Need.SERVER,),
    beside="sees memory that leaks and moves no score; its test leaks in a server's own process",
)
def memory(context: Context) -> Outcome:
    """Over blocks of requests of equal shape, after a warm-up, the resident memory of the server's process and its
    children has no steady growth.
    """
    pid = server_of(context).client.connection.pid
    if pid is None:
        return not_applicable("the server's process is not known; name it with --pid where it runs on this machine")
    sizes = _sizes(context, pid)
    grown = np.diff(sizes)
    context.emit(_series(sizes))
    requests = REQUESTS * repeats(context)
    steady = float(np.median(grown)) / requests
    spread = float(np.median(np.abs(grown - np.median(grown)))) / requests
    return at_most(
        steady,
        max(LEAST, spread),
        "byte",
        f"resident memory grows by {steady:.0f} bytes a request in the middle one of {BLOCKS} blocks",
        evidence=f"{requests} requests a block; from {sizes[0] / 2**20:.1f} to {sizes[-1] / 2**20:.1f} MiB; "
        f"blocks differ by {spread:.0f} bytes a request",
        remedy="each request leaves something behind: a cache without a bound, a list of answers, graphs of autograd",
    )


def _sizes(context: Context, pid: int) -> Scores:
    """Resident bytes after the warm-up and after each block, shape (BLOCKS + 1,)."""
    query, documents = disjoint(context, 1)[0]
    sizes = []
    for _ in range(WARM_UP + BLOCKS):
        for _ in range(REQUESTS * repeats(context)):
            ask(context, (query, documents[:1]))
        sizes.append(resident(pid))
    return np.array(sizes[WARM_UP - 1 :], dtype=np.float64)


def _series(sizes: Scores) -> SeriesRecorded:
    labels = ("warm", *(f"block {n}" for n in range(1, BLOCKS + 1)))
    values = tuple((sizes / 2**20).tolist())
    return SeriesRecorded("memory", "Resident memory", "bars", "MiB", values, labels, area=Area.ROBUSTNESS)
