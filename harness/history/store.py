"""Where runs are kept: whole, once, and with the figures that are followed."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, delete, insert, select

from harness.core.errors import UsageError
from harness.core.events import Event, from_json, to_json
from harness.core.run import Run
from harness.core.vocabulary import Verdict
from harness.history.acceptance import Acceptance
from harness.history.database import file_of, open_database, reading, writing
from harness.history.figures import figures_of
from harness.history.tables import ACCEPTANCES, FIGURES, RUNS

DEFAULT = Path("reports") / "out" / "history.sqlite"


@dataclass(frozen=True, slots=True)
class Kept:
    """A run as the store lists it; `started` and `finished` are ISO 8601, UTC."""

    id: str
    started: str
    finished: str | None
    verdict: str
    target: str
    model: str | None
    model_digest: str | None
    device: str
    dtype: str | None
    profile: str

    @property
    def key(self) -> tuple[str, str | None, str, str | None]:
        """Runs of one series: the same target, model, device and dtype."""
        return self.target, self.model, self.device, self.dtype


@dataclass(frozen=True, slots=True)
class Point:
    """A figure in one run."""

    run: Kept
    name: str
    slice: str
    value: float | None
    unit: str


@dataclass(frozen=True, slots=True)
class Store:
    """An open store. Every change is one transaction; errors are StoreUnusable or StoreUnreachable."""

    engine: Engine

    def add(self, events: Sequence[Event]) -> bool:
        """Keep a run; False where it is there already. One that was kept before its end is replaced by the whole.

        UsageError where another run has its id.
        """
        run, text = Run.of(events), "\n".join(map(to_json, events))
        digest = hashlib.sha256(text.encode()).hexdigest()
        with writing(self.engine) as connection:
            before = connection.execute(select(RUNS.c.digest, RUNS.c.events).where(RUNS.c.id == run.id)).first()
            if before is not None:
                if before.digest == digest or _text(before.events).startswith(text):
                    return False
                _require_beginning(_text(before.events), text, run)
                connection.execute(delete(FIGURES).where(FIGURES.c.run_id == run.id))
                connection.execute(RUNS.update().where(RUNS.c.id == run.id).values(_row(run, text, digest)))
            else:
                connection.execute(insert(RUNS).values(_row(run, text, digest)))
            _add_figures(connection, run)
        return True

    def runs(self) -> list[Kept]:
        """Every run, in the order in which they started."""
        with reading(self.engine) as connection:
            return [_kept(row) for row in connection.execute(_runs().order_by(RUNS.c.started, RUNS.c.id))]

    def events(self, name: str) -> list[Event]:
        """The events of the run of that id, or of the only one whose id begins so; UsageError otherwise."""
        with reading(self.engine) as connection:
            matching = RUNS.c.id.startswith(name, autoescape=True)
            found = connection.execute(select(RUNS.c.id, RUNS.c.events).where(matching).limit(2)).all()
        if len(found) != 1:
            what = "no run" if not found else "more than one run"
            raise UsageError(f"the store has {what} whose id begins with {name!r}; `rerank-harness history` lists them")
        return [from_json(line) for line in _text(found[0].events).split("\n")]

    def last_good(self, of: Run | None = None) -> Kept | None:
        """The newest run that passed or was accepted as a base: of the same target, model, device and dtype as `of`,
        which is not meant itself, and started before it.
        """
        accepted = {acceptance.run_id for acceptance in self.acceptances()}
        good = [kept for kept in self.runs() if kept.verdict == Verdict.PASS or kept.id in accepted]
        if of is not None:
            key, started = _kept_of(of).key, of.started.started
            good = [kept for kept in good if kept.key == key and kept.id != of.id and kept.started <= started]
        return good[-1] if good else None

    def series(self, name: str | None = None, part: str | None = None) -> list[Point]:
        """Figures of all runs in the order in which those started; of one name and slice where given."""
        columns = (FIGURES.c.name, FIGURES.c.slice, FIGURES.c.value, FIGURES.c.unit)
        query = _runs().add_columns(*columns).join(FIGURES, FIGURES.c.run_id == RUNS.c.id)
        query = query if name is None else query.where(FIGURES.c.name == name)
        query = query if part is None else query.where(FIGURES.c.slice == part)
        with reading(self.engine) as connection:
            rows = connection.execute(query.order_by(RUNS.c.started, RUNS.c.id, *columns[:2])).all()
        return [Point(_kept(row), row.name, row.slice, row.value, row.unit) for row in rows]

    def accept(self, acceptance: Acceptance) -> None:
        """Write down that a run is the base from now on; UsageError where it is not in the store."""
        self.events(acceptance.run_id)
        values = {
            "run_id": acceptance.run_id, "base_id": acceptance.base_id, "reason": acceptance.reason,
            "who": acceptance.who, "at": acceptance.when, "comparison": acceptance.comparison,
        }  # fmt: skip
        with writing(self.engine) as connection:
            connection.execute(insert(ACCEPTANCES).values(values))

    def acceptances(self) -> list[Acceptance]:
        """Every acceptance, the earliest first."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(ACCEPTANCES).order_by(ACCEPTANCES.c.at)).all()
        return [Acceptance(r.run_id, r.base_id, r.reason, r.who, r.at, r.comparison) for r in rows]

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def open_store(place: str | None = None, *, to_read: bool = False) -> Store:
    """The store of a URL or a file's path, by default reports/out/history.sqlite. A file is made where there is none;
    `to_read` makes that a UsageError, since an empty store has nothing to tell.
    """
    named = place or str(DEFAULT)
    if to_read and (file := file_of(named)) is not None and not file.exists():
        raise UsageError(f"there is no store {file}; `rerank-harness verify --store {named}` makes one")
    return Store(open_database(named))


def _require_beginning(before: str, text: str, run: Run) -> None:
    """A run that was kept before its end begins as the whole does; a resumed one lost what its last check had begun."""
    if Run.of(from_json(line) for line in before.split("\n")).finished is not None or (
        before.split("\n")[0] != text.split("\n")[0]
    ):
        raise UsageError(f"the store has another run of the id {run.id}; were its events changed?")


def _row(run: Run, text: str, digest: str) -> dict[str, Any]:
    kept = _kept_of(run)
    fields = {name: getattr(kept, name) for name in Kept.__slots__}
    return fields | {"digest": digest, "events": zlib.compress(text.encode(), 6)}


def _add_figures(connection: Connection, run: Run) -> None:
    rows = [
        {"run_id": run.id, "name": found.name, "slice": found.slice, "value": found.value, "unit": found.unit}
        for found in figures_of(run)
    ]
    if rows:
        connection.execute(insert(FIGURES), rows)


def _kept_of(run: Run) -> Kept:
    begun = run.started
    return Kept(
        run.id, _utc(begun.started), run.finished, run.verdict.value, str(begun.target.get("spec")),
        begun.model.get("id"), begun.model.get("digest"), run.device, begun.environment.get("dtype"), begun.profile,
    )  # fmt: skip


def _utc(iso: str) -> str:
    """A time as text that sorts as time does; unchanged where it is none."""
    try:
        return datetime.fromisoformat(iso).astimezone(UTC).isoformat(timespec="milliseconds")
    except ValueError:
        return iso


def _runs() -> Select[Any]:
    return select(*(RUNS.c[name] for name in Kept.__slots__))


def _kept(row: Row[Any]) -> Kept:
    return Kept(*(getattr(row, name) for name in Kept.__slots__))


def _text(events: bytes) -> str:
    return zlib.decompress(events).decode()
