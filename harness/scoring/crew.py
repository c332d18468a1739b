"""What every crew of workers can do, whether it is this process, its threads or a cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from harness.core.errors import HarnessError, MalformedAnswer, Refused, TargetError
from harness.scoring.units import Load
from harness.scoring.worker import Answer


@dataclass(frozen=True, slots=True)
class Done:
    """A load with its scores, and the worker that computed them."""

    load: Load
    answer: Answer
    worker: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A load that something was wrong with, as the worker says: it ends the work, unless others can be asked."""

    load: Load
    error: HarnessError
    worker: str


@dataclass(frozen=True, slots=True)
class Lost:
    """A load whose worker ended before it had answered. `computing` says whether it was this load that was computed."""

    load: Load
    why: str
    computing: bool


Report = Done | Failed | Lost


class Crew(Protocol):
    """Workers that take loads. Who uses a crew closes it."""

    @property
    def room(self) -> int:
        """Loads that it takes now without letting them wait for long."""

    def give(self, load: Load) -> None:
        """Have a load computed. Only while there is room."""

    def reports(self, seconds: float) -> list[Report]:
        """What has become of loads, as soon as there is something to tell, at the latest after so many seconds.

        HarnessError where no worker is left, or none comes to be.
        """

    def overdue(self, load: Load) -> float:
        """Seconds for which a worker has been computing this load; 0 while it waits for its turn."""

    def give_up(self, load: Load, why: str) -> None:
        """End the worker that computes this load, and take another in its place; the load is reported as lost."""

    def close(self) -> None:
        """End all workers."""


def is_gone(error: HarnessError) -> bool:
    """Whether a server or a backend is no longer there, which another one may be."""
    return isinstance(error, TargetError) and not isinstance(error, Refused | MalformedAnswer)
