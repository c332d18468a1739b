"""The kill matrix: which checks see which planted fault, and which fault each check is the only one to see."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from reports.formats.markdown import escaped

SCHEMA = "rerank-harness/kills/1"
#: Checks that see a fault are named up to this many; beyond, they are counted.
NAMED = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One fault (an empty string: none) in one situation.

    `killed_by` are the checks that failed, `without_model` those that fail too where nobody says what the target should
    compute, and `broken` those that could not be made.
    """

    fault: str
    situation: str
    killed_by: tuple[str, ...]
    without_model: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A check as the matrix knows it: whether it looks into a pipeline, and why it is there beside others."""

    id: str
    looks_inside: bool
    beside: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """The rows, and the ids of the checks that were made for every one of them."""

    rows: tuple[Row, ...]
    tried: tuple[str, ...]


def write_kills(matrix: Matrix, checks: Sequence[Member], to: Path) -> None:
    """Write kills.json and kills.md."""
    to.mkdir(parents=True, exist_ok=True)
    document = {"schema": SCHEMA, "tried": matrix.tried, "rows": [asdict(row) for row in matrix.rows]}
    (to / "kills.json").write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (to / "kills.md").write_text(markdown(matrix, checks), encoding="utf-8")


def read_kills(path: Path) -> Matrix:
    """The matrix of a kills.json."""
    document = json.loads(path.read_text(encoding="utf-8"))
    rows = tuple(
        Row(row["fault"], row["situation"], *(tuple(row[name]) for name in ("killed_by", "without_model", "broken")))
        for row in document["rows"]
    )
    return Matrix(rows, tuple(document["tried"]))


def lone(rows: Sequence[Row], checks: Sequence[Member]) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The faults that each check is the only one to see: of all checks, of those that need no look inside, and of those
    that need no model.
    """
    outside = {check.id for check in checks if not check.looks_inside}
    return {
        "alone": _lone((row.fault, row.killed_by) for row in rows),
        "alone from outside": _lone((row.fault, [id for id in row.killed_by if id in outside]) for row in rows),
        "alone without a model": _lone((row.fault, row.without_model) for row in rows),
    }


def _lone(seen: Iterable[tuple[str, Sequence[str]]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for fault, killers in seen:
        if len(killers) == 1:
            found.setdefault(killers[0], {})[fault] = None
    return {id: tuple(faults) for id, faults in found.items()}


def markdown(matrix: Matrix, checks: Sequence[Member]) -> str:
    """The whole page."""
    rows = matrix.rows
    return "\n".join([_INTRODUCTION, _summary(rows), "", *_checks(matrix, checks), "", *_faults(rows)]) + "\n"


_INTRODUCTION = """# Which check sees which fault

Each fault of the library is planted in the embedded model, in this process and, where an interface can show it, behind
a served dialect; every check is then made by itself with the profile *smoke*, also those that a verification would hold
back by then. *Alone* are the faults that no other check sees; *alone from outside*, that no other check sees where the
target cannot be looked into; *alone without a model*, that no other check sees where nobody says what the target should
compute. *Not tried* are checks that were added since. `make kills` makes this page.
"""


def _summary(rows: Sequence[Row]) -> str:
    planted = {row.fault for row in rows if row.fault}
    seen = {row.fault for row in rows if row.fault and row.killed_by}
    modelless = {row.fault for row in rows if row.fault and row.without_model}
    return f"Of {len(planted)} faults {len(seen)} are seen, {len(modelless)} of them also without a model."


def _checks(matrix: Matrix, checks: Sequence[Member]) -> list[str]:
    seen_alone = lone(matrix.rows, checks)
    lines = [f"| check | faults seen | {' | '.join(seen_alone)} | why it is there beside others |"]
    lines.append(f"|---|--:|{'---|' * (len(seen_alone) + 1)}")
    for check in checks:
        seen = len({row.fault for row in matrix.rows if check.id in row.killed_by})
        columns = [_few(found.get(check.id, ())) for found in seen_alone.values()]
        told = str(seen) if check.id in matrix.tried else "not tried"
        lines.append(f"| {' | '.join([check.id, told, *columns, escaped(check.beside)])} |")
    return lines


def _faults(rows: Sequence[Row]) -> list[str]:
    lines = ["| fault | situation | seen by |", "|---|---|---|"]
    return lines + [f"| {row.fault or '*none*'} | {row.situation} | {_few(row.killed_by) or '—'} |" for row in rows]


def _few(names: Sequence[str]) -> str:
    rest = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + rest
