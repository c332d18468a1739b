"""A run's questions of many pairs, scored by workers, whose answers lie in the run's folder beside its events."""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from harness.checks.context import Context
from harness.checks.many import Part
from harness.core.errors import UsageError
from harness.core.events import Noted
from harness.core.pairs import Pair
from harness.engine.openings import ReferenceOpening, TargetOpening, need_of, on_worker
from harness.engine.resolve import DEFAULT_MODEL
from harness.engine.setup import Request, reference_dtype
from harness.engine.threads import threads_of
from harness.reference.checkpoint import Checkpoint
from harness.reference.devices import Device
from harness.scoring.collecting import collect
from harness.scoring.crew import Crew
from harness.scoring.engine import Engine, Kind
from harness.scoring.placement import Need
from harness.scoring.store import ScoreStore, arrow
from harness.scoring.units import Unit, by_unit
from harness.scoring.worker import Opening
from harness.targets.http.connection import is_http
from harness.targets.journal import digest
from reports.store import SCORES


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked: workers that open this, each with that need, a server at most `limit` at once."""

    who: str
    opening: Opening
    need: Need
    limit: int | None = None


@dataclass
class Distribution:
    """Workers of one run. There is one crew at a time; it stays until the other one is wanted, or the run is over. In
    `folder` each question has a folder of its own, by check and by who is asked what.
    """

    request: Request
    engine: Engine
    folder: Path = Path()
    section: Callable[[], str] = str
    tell: Callable[[str], None] = lambda what: None
    _hired: str = ""
    _crew: Crew | None = None
    _open: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    _counts: Counter[Path] = field(default_factory=Counter)

    def ask(self, asked: Asked, pairs: Sequence[Pair]) -> Iterator[Part]:
        """All pairs with their scores, in the order in which workers answer; first those that an interrupted run had.

        HarnessError as a target raises it, or where workers or cluster are gone.
        """
        units, order = [], []
        for unit, places in by_unit(pairs):
            units.append(unit)
            order += places
        with ScoreStore(self._folder_of(asked, units)) as store:
            for positions, scores in store.known():
                yield [order[position] for position in positions], scores.tolist()
            for done in collect(units, self.hire(asked), store, self.engine.deadline, self.tell):
                for unit, found in zip(done.load.units, done.answer.scores, strict=True):
                    yield order[unit.first : unit.first + len(found)], found

    def answer(self, context: Context, folder: Path, section: Callable[[], str]) -> None:
        """From here on answer the questions of many pairs of a run into its folder; `section` says which check asks."""
        self.folder, self.section = folder / SCORES, section
        self.tell = lambda what: context.emit(Noted("engine", what))
        context.ask_many_by(partial(self.ask, self.target))
        if (checkpoint := self.request.checkpoint) is not None:
            context.computing = partial(self.ask, _reference(self.request, checkpoint, self.engine))
        self.tell(f"questions of many pairs are answered by {self.engine}")

    @cached_property
    def target(self) -> Asked:
        """The target, as workers ask it."""
        return _target(self.request, self.engine)

    def close(self) -> None:
        """End the workers."""
        self._hired, self._crew = "", None
        self._open.close()

    def _folder_of(self, asked: Asked, units: Sequence[Unit]) -> Path:
        """The same one for the same question in the same check: what is asked twice on purpose has two."""
        name = f"{asked.who}-{digest([unit.id for unit in units])[:12]}"
        folder = self.folder / self.section() / name
        self._counts[folder] += 1
        return folder if self._counts[folder] == 1 else folder.with_name(f"{name}-{self._counts[folder]}")

    def hire(self, asked: Asked) -> Crew:
        """Its workers, of which one is ready; those of another end."""
        if self._crew is None or self._hired != asked.who:
            self.close()
            self._crew, _ = self._open.enter_context(self.engine.crew([asked.opening], asked.need, asked.limit))
            self._hired = asked.who
        return self._crew


def refuse(request: Request, engine: Engine) -> None:
    """UsageError where workers cannot do what was asked for."""
    if engine.kind is Kind.LOCAL:
        return
    arrow()
    if request.record is not None:
        raise UsageError("--record writes what one process is answered; leave out --engine ray")
    if request.target.startswith("recorded:"):
        raise UsageError("a recording is read and not computed; leave out --engine ray")


@contextlib.contextmanager
def hired(request: Request, engine: Engine, context: Context | None) -> Iterator[Distribution | None]:
    """The workers of a run, of which the first is ready; None where there are to be none.

    UsageError and TargetError say why they cannot be had, before anything is written.
    """
    if engine.kind is Kind.LOCAL or context is None:
        yield None
        return
    with contextlib.closing(Distribution(request, engine)) as crews:
        crews.hire(crews.target)
        yield crews


def _target(request: Request, engine: Engine) -> Asked:
    computes = not is_http(request.target)
    checkpoint = request.checkpoint if computes else None
    threads = threads_of(checkpoint, engine.workers or 1)
    need = need_of(checkpoint, request.parsed_device, request.dtype, threads)
    sent = replace(request, given_target=None, device=on_worker(request.device, engine))
    limit = None if computes else request.connection.concurrency
    return Asked("target", TargetOpening(sent, threads, os.getcwd()), need, limit)


def _reference(request: Request, checkpoint: Checkpoint, engine: Engine) -> Asked:
    """On the CPU and in the dtype of the run's own reference."""
    threads, dtype = threads_of(checkpoint, engine.workers or 1), reference_dtype(checkpoint)
    opening = ReferenceOpening(
        request.model or DEFAULT_MODEL, dtype=dtype, allow_pickles=request.allow_pickles, threads=threads
    )
    return Asked("reference", opening, need_of(checkpoint, Device("cpu"), dtype, threads))
