"""From the command line to a fleet: several targets beside each other, or a matrix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from harness.core.errors import UsageError
from harness.core.fleet import Fleet
from harness.engine.afterwards import Afterwards
from harness.engine.distribution import refuse
from harness.engine.opening import request_of
from harness.engine.setup import Request
from harness.fleet.matrix import AXES, read_matrix
from harness.fleet.planning import fleet_of, varied
from harness.fleet.targets import distinct, read_targets
from harness.fleet.verifying import Wanted, verify_fleet
from harness.scoring.engine import HERE, Engine

#: Options that mean one target.
OF_ONE = ("record", "pid")


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands on the command line: a request for what is the same in all deployments, the names of the options that
    were `given`, and in what the deployments differ.
    """

    request: Request
    given: frozenset[str]
    targets: tuple[str, ...] = ()
    targets_file: Path | None = None
    matrix: Path | None = None
    only: tuple[str, ...] = ()

    @property
    def fleet(self) -> Fleet:
        """The deployments that are meant; UsageError for options that do not go together, and for bad input."""
        self._refuse(OF_ONE, "several deployments")
        if self.matrix is None:
            found = distinct([*self.targets, *(read_targets(self.targets_file) if self.targets_file else ())])
            requests = [varied(self.request, {"target": target}) for target in found]
            return fleet_of("replicas", requests, [None] * len(requests), self.only)
        self._refuse(("target", "targets", *AXES.values()), "--matrix", ": name it in the file")
        return self._of_matrix(self.matrix)

    def _of_matrix(self, path: Path) -> Fleet:
        """An option of the command line holds before one of the file; what an inclusion says of itself before both."""
        matrix = read_matrix(path, {axis: getattr(self.request, axis) for axis in AXES.values()})
        unsaid = {name: word for name, word in matrix.options.items() if name not in (*self.given, "only")}
        requests = [varied(varied(self.request, unsaid), words) for words in matrix.deployments]
        names = [words.get("name") for words in matrix.deployments]
        try:
            return fleet_of("matrix", requests, names, self.only or tuple(matrix.options.get("only", ())))
        except UsageError as error:
            raise UsageError(f"{path}: {error}") from None

    def _refuse(self, names: Iterable[str], beside: str, instead: str = "") -> None:
        if found := [name for name in names if name in self.given]:
            raise UsageError(f"--{found[0]} does not go with {beside}{instead}")


def verify_several(
    asked: Asked, out: Path | None, afterwards: Afterwards, at_once: int | None, engine: Engine = HERE
) -> int:
    """Plan what is meant and verify it; the exit status."""
    fleet = asked.fleet
    for deployment in fleet.deployments:
        refuse(request_of(deployment.request, asked.request.connection.headers), engine)
    return verify_fleet(fleet, out, Wanted(asked.request.connection.headers, afterwards, at_once, engine))
