"""What `score` was asked for: the pairs of a file by the reference or by targets, in order or kept in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from fixtures.collections.pairs import Counted, count_pairs, read_pairs
from harness.core.errors import UsageError
from harness.engine.opening import now
from harness.engine.openings import ReferenceOpening, TargetOpening, need_of, on_worker
from harness.engine.resolve import DEFAULT_MODEL, resolve_model
from harness.engine.setup import Request
from harness.engine.threads import threads_of
from harness.reference.devices import Device
from harness.scoring.collecting import collect, in_order
from harness.scoring.crew import Crew
from harness.scoring.engine import HERE, Engine
from harness.scoring.manifest import NAME, Manifest
from harness.scoring.store import ScoreStore, arrow
from harness.scoring.units import Unit, units_of
from harness.scoring.worker import Identity, Opening
from harness.targets.http.connection import Connection, is_http
from reports.claim import claimed
from reports.store import SCORES

_CONNECTION = ("api_key_env", "timeout", "concurrency", "model_name")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is scored, and by whom: without targets by the reference."""

    pairs: Path
    targets: tuple[str, ...] = ()
    model: str | None = None
    device: str = "cpu"
    dtype: str | None = None
    allow_pickles: bool = False
    connection: Connection = field(default_factory=Connection)

    def __post_init__(self) -> None:
        """UsageError for what does not go together."""
        if len(self.targets) > 1 and (other := [spec for spec in self.targets if not is_http(spec)]):
            raise UsageError(f"several --target are for servers that share the load, and {other[0]!r} is none")
        if len(set(self.targets)) < len(self.targets):
            raise UsageError("a --target is named twice; name each server once")
        Device.parse(self.device)

    @property
    def limit(self) -> int | None:
        """Requests that a server may have at once; None where none is asked."""
        return self.connection.concurrency if self.targets and is_http(self.targets[0]) else None

    def openings(self, engine: Engine, threads: int) -> list[Opening]:
        """What workers open."""
        device = on_worker(self.device, engine)
        if not self.targets:
            return [ReferenceOpening(self.model or DEFAULT_MODEL, device, self.dtype, self.allow_pickles, threads)]
        requests = [
            Request(
                spec, self.model, device, dtype=self.dtype, allow_pickles=self.allow_pickles, connection=self.connection
            )
            for spec in self.targets
        ]
        return [TargetOpening(request, threads, str(Path.cwd()), as_log_odds=True) for request in requests]

    def words(self) -> dict[str, Any]:
        """As JSON. Headers may hold secrets: only how many there were is told."""
        reached = self.connection
        return {
            "pairs": str(self.pairs.absolute()), "targets": list(self.targets), "model": self.model,
            "device": self.device, "dtype": self.dtype, "allow_pickles": self.allow_pickles,
            "ca_file": None if reached.ca_file is None else str(reached.ca_file), "headers": len(reached.headers),
            **{name: getattr(reached, name) for name in _CONNECTION},
        }  # fmt: skip

    @classmethod
    def of_words(cls, words: Mapping[str, Any], headers: Sequence[str]) -> Asked:
        """What `words` told of, with headers given anew; UsageError where their number is another."""
        given = dict(words)
        if (count := given.pop("headers")) != len(headers):
            raise UsageError(f"the scoring began with {count} --header, which are not kept; {len(headers)} are given")
        ca_file = given.pop("ca_file")
        reached = Connection(
            headers=tuple(headers), ca_file=None if ca_file is None else Path(ca_file),
            **{name: given.pop(name) for name in _CONNECTION},
        )  # fmt: skip
        return cls(Path(given.pop("pairs")), tuple(given.pop("targets")), connection=reached, **given)


@dataclass(frozen=True, slots=True)
class Scoring:
    """One scoring of a file. `tell` hears in words of workers that were lost; `scored` how many pairs are done, of how
    many.
    """

    asked: Asked
    engine: Engine = HERE
    tell: Callable[[str], None] = lambda what: None
    scored: Callable[[int, int], None] = lambda done, of: None

    def in_order(self) -> Iterator[tuple[Unit, tuple[float, ...]]]:
        """Every unit with its log-odds, in the order of the file; UsageError before the first where the file, the
        model or a target is not what it should be.
        """
        counted, done = count_pairs(self.asked.pairs), 0
        with self._crew() as (crew, _):
            for unit, scores in in_order(self._units(), crew, self.engine.deadline, self.tell):
                done += len(scores)
                self.scored(done, counted.pairs)
                yield unit, scores

    def into(self, folder: Path) -> Manifest:
        """Write scores and manifest into a folder that holds none yet."""
        arrow()
        if (folder / NAME).exists():
            raise UsageError(f"{folder} holds a scoring; go on with it: --resume {folder}, or name another folder")
        counted = count_pairs(self.asked.pairs)
        with self._crew() as (crew, like):
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise UsageError(f"cannot write {folder}: {error.strerror}") from None
            with claimed(folder):
                begun = Manifest(self.asked.words(), _told(counted), like.alike, now())
                begun.write(folder)
                return self._collected(folder, begun, crew)

    def go_on(self, folder: Path, begun: Manifest) -> Manifest:
        """Score what is missing in a folder; UsageError where pairs, model or program are not those of its beginning,
        or another process writes into it.
        """
        with claimed(folder):
            if _told(count_pairs(self.asked.pairs)) != begun.pairs:
                raise UsageError(f"{self.asked.pairs} does not hold the pairs that {folder} began with; begin anew")
            with self._crew() as (crew, like):
                before = replace(like, alike=begun.alike)
                if differing := before.differing(like):
                    raise UsageError(f"{folder} cannot be gone on with: {'; '.join(differing[:3])}; begin anew")
                return self._collected(folder, begun, crew)

    def _collected(self, folder: Path, begun: Manifest, crew: Crew) -> Manifest:
        with ScoreStore(folder / SCORES) as store:
            units, pairs = store.units, 0
            for done in collect(self._units(), crew, store, self.engine.deadline, self.tell):
                units += len(done.load.units)
                pairs += sum(map(len, done.answer.scores))
                self.scored(pairs, begun.pairs["count"])
        finished = replace(begun, finished=now(), units=units)
        finished.write(folder)
        return finished

    def _units(self) -> Iterator[Unit]:
        return units_of(read_pairs(self.asked.pairs))

    @contextmanager
    def _crew(self) -> Iterator[tuple[Crew, Identity]]:
        """Who scores; the model is read first, so that a mistake in its name costs no cluster."""
        asked, checkpoint = self.asked, None
        if not asked.targets or asked.model is not None:
            checkpoint = resolve_model(asked.model or DEFAULT_MODEL, allow_pickles=asked.allow_pickles)
        computed = None if asked.limit is not None else checkpoint
        threads = threads_of(computed, self.engine.workers or 1)
        need = need_of(computed, Device.parse(asked.device), asked.dtype, threads)
        with self.engine.crew(asked.openings(self.engine, threads), need, asked.limit) as hired:
            yield hired


def begun_in(folder: Path, headers: Sequence[str]) -> tuple[Asked, Manifest]:
    """What the scoring that a folder holds was asked for; UsageError where it holds none."""
    begun = Manifest.read(folder)
    return Asked.of_words(begun.asked, headers), begun


def _told(counted: Counted) -> dict[str, Any]:
    return {"count": counted.pairs, "digest": counted.digest}
