"""A fleet from its plan to its page: begun in a folder, or gone on with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from harness.core.errors import UsageError
from harness.core.fleet import Deployment, Fleet, Overview, State, Verified
from harness.core.run import Run
from harness.engine.afterwards import Afterwards
from harness.engine.opening import request_of
from harness.engine.setup import Request
from harness.fleet.agreement import agreements
from harness.fleet.contrasts import contrasts
from harness.fleet.plan import read_plan, write_plan
from harness.fleet.planning import at_once_here, place_of
from harness.fleet.process import Process
from harness.fleet.running import Runner, Waiting
from harness.fleet.task import Outcome, Task
from harness.scoring.engine import HERE, Engine
from reports.claim import claimed
from reports.fleet import write_overview
from reports.fleet.terminal import Terminal
from reports.store import RunFolder, fleet_folder, read_events


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is not kept in a fleet's folder: headers, what becomes of the runs, how many are under way at once (as many
    as this machine bears where it is None), and who answers each one's questions of many pairs.
    """

    headers: tuple[str, ...] = ()
    afterwards: Afterwards = field(default_factory=Afterwards)
    at_once: int | None = None
    engine: Engine = HERE


def verify_fleet(fleet: Fleet, out: Path | None, wanted: Wanted) -> int:
    """Verify a fleet that was planned into a folder of its own; the exit status that says most of it."""
    wanted.afterwards.require()
    with _begun(fleet, out) as folder:
        return _Verification(fleet, folder, wanted).complete()


def resume_fleet(folder: Path, wanted: Wanted) -> int:
    """Go on with a fleet: what had finished is kept, what was interrupted is gone on with, the rest is verified.

    UsageError where the folder holds none, other headers are given than it was begun with, or another process is at it.
    """
    wanted.afterwards.require()
    with claimed(folder):
        fleet = read_plan(folder)
        for each in fleet.deployments:
            request_of(each.request, wanted.headers)
        return _Verification(fleet, folder, wanted, goes_on=True).complete()


@contextmanager
def _begun(fleet: Fleet, out: Path | None) -> Iterator[Path]:
    """The fleet's folder, held, with nothing of an earlier one where its deployments go, and its plan in it."""
    with ExitStack() as holding:
        folder = holding.enter_context(fleet_folder(out, fleet.kind))
        for each in fleet.deployments:
            with RunFolder.held(folder / each.name, each.name):
                pass
        write_plan(fleet, folder)
        yield folder


@dataclass
class _Verification:
    """A fleet under way: its plan is written whenever something begins or ends."""

    fleet: Fleet
    folder: Path
    wanted: Wanted
    goes_on: bool = False
    begun: set[str] = field(default_factory=set)

    def complete(self) -> int:
        """Verify what is left; the page is written also where that is interrupted."""
        left = [each for each in self.fleet.deployments if not self._done(each)]
        terminal = Terminal(self.folder)
        try:
            self._verify(left, terminal)
        finally:
            overview = overview_of(self.fleet, self.folder)
            write_overview(overview, self.folder)
            terminal.summary(overview)
        return overview.exit_status

    def _verify(self, left: Sequence[Deployment], terminal: Terminal) -> None:
        requests = {each.name: request_of(each.request, self.wanted.headers) for each in left}
        runner = Runner(partial(self._start, terminal), self._at_once(list(requests.values())))
        waiting = [Waiting(name, place_of(request)) for name, request in requests.items()]
        with closing(runner.outcomes(waiting)) as outcomes:
            for name, (state, outcome) in outcomes:
                self._note(name, *self._settled(name, state, outcome))
                terminal.ended(verified(self._named(name), self.folder))

    def _at_once(self, requests: Sequence[Request]) -> int:
        return self.wanted.at_once or at_once_here(requests)

    def _done(self, deployment: Deployment) -> bool:
        """Whether nothing is left to do for it: what becomes of a run may be wanted of one that had finished."""
        return deployment.state is State.FINISHED and self.wanted.afterwards == Afterwards()

    def _start(self, terminal: Terminal, name: str) -> Process:
        self._note(name, State.RUNNING, Outcome(0), ended=False)
        terminal.started(name)
        task = Task(
            self._named(name).request, self.wanted.headers, self.fleet.only, self.folder / name, self.wanted.afterwards,
            self.goes_on, self.wanted.engine,
        )  # fmt: skip
        return Process(task)

    def _settled(self, name: str, state: State, outcome: Outcome) -> tuple[State, Outcome]:
        """A run that came to its end has finished, whatever became of it then."""
        run = run_in(self.folder / name)
        whole = run is not None and run.finished is not None and state is not State.CRASHED
        return (State.FINISHED if whole else state), outcome

    def _note(self, name: str, state: State, outcome: Outcome, *, ended: bool = True) -> None:
        noted = replace(
            self._named(name), state=state, reason=outcome.reason, exit_status=outcome.exit_status if ended else None
        )
        deployments = tuple(noted if each.name == name else each for each in self.fleet.deployments)
        self.fleet = replace(self.fleet, deployments=deployments)
        write_plan(self.fleet, self.folder)

    def _named(self, name: str) -> Deployment:
        return next(each for each in self.fleet.deployments if each.name == name)


def overview_of(fleet: Fleet, folder: Path) -> Overview:
    """All that came of a fleet, by what lies in its folder."""
    every = tuple(verified(each, folder) for each in fleet.deployments)
    found = agreements(every)
    members = {each.name: each for each in every}
    return Overview(fleet, every, found, tuple(each for group in found for each in contrasts(group, members)))


def verified(deployment: Deployment, folder: Path) -> Verified:
    """A deployment with its run."""
    return Verified(deployment, run_in(folder / deployment.name))


def run_in(folder: Path) -> Run | None:
    """The run of a deployment's folder; None where there is not even its beginning."""
    try:
        return Run.of(read_events(RunFolder(folder).events))
    except UsageError:
        return None
