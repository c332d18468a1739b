"""The event stream: one JSON line an event, flushed as it happens; every report is a pure function of it."""

from __future__ import annotations

import json
import math
import sys
from dataclasses import dataclass, field, fields, is_dataclass
from numbers import Integral, Real
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from harness.core.causes import Cause, cause_from_dict
from harness.core.errors import UsageError
from harness.core.findings import Finding
from harness.core.vocabulary import Area, Severity, Stage, Status

SCHEMA = "rerank-harness/events/1"
D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class RunStarted:
    """First event of a run."""

    started: str
    target: dict[str, Any]
    model: dict[str, Any]
    device: str
    profile: str
    environment: dict[str, Any]
    planned: tuple[str, ...] = ()
    schema: str = SCHEMA
    id: str = ""
    """Unique to the run; streams of before have none."""
    inputs: dict[str, Any] = field(default_factory=dict)
    """Digests of what the run was made with: collection, prompt, and whatever else was given."""
    request: dict[str, Any] = field(default_factory=dict)
    """What was asked for, option by option, without secrets: enough to ask for it again."""


@dataclass(frozen=True, slots=True)
class DeviceUnavailable:
    """The device that was asked for is not there: nothing was verified on it."""

    device: str
    reason: str
    required: bool


@dataclass(frozen=True, slots=True)
class CheckStarted:
    """A check begins."""

    check: str


@dataclass(frozen=True, slots=True)
class CheckFinished:
    """A check came to its end: all that it found and measured has been told."""

    check: str


@dataclass(frozen=True, slots=True)
class FindingMade:
    """A check's outcome."""

    finding: Finding


@dataclass(frozen=True, slots=True)
class CauseFound:
    """The diagnosis of what fell short named a cause."""

    cause: Cause


@dataclass(frozen=True, slots=True)
class SeriesRecorded:
    """Numbers worth a figure. `kind`: "histogram" | "bars" | "points" | "lines" | "series"; `labels` name values where
    they have names; `marks` are (label, position) of known constants, limits or turns to draw across.

    Values of a line have its name as their label, and lie `at` places of an axis that is called `across`.
    """

    id: str
    title: str
    kind: str
    unit: str
    values: tuple[float | None, ...]
    labels: tuple[str, ...] = ()
    marks: tuple[tuple[str, float], ...] = ()
    area: Area = Area.SCORE_DISTRIBUTION
    at: tuple[float, ...] = ()
    across: str = ""


@dataclass(frozen=True, slots=True)
class ScoresRecorded:
    """What the target answered for one judged query: scores of its documents, in their order, on the target's `scale`
    ("probability" or "log-odds"); None where a score is no number. `grades` is empty where nobody judged the query.
    ValueError where there are not as many of one as of the other.

    `slices` names what the query belongs to (language, domain). `take` counts from 0 how often all was asked anew.
    """

    query: str
    documents: tuple[str, ...]
    grades: tuple[int, ...]
    scores: tuple[float | None, ...]
    scale: str
    slices: dict[str, str] = field(default_factory=dict)
    take: int = 0

    def __post_init__(self) -> None:
        counts = len(self.documents), len(self.grades) or len(self.documents), len(self.scores)
        if len({*counts}) != 1:
            raise ValueError(f"{counts[0]} documents with {len(self.grades)} grades and {counts[2]} scores")


@dataclass(frozen=True, slots=True)
class SamplesRecorded:
    """Repeated measurements of one quantity in their order, e.g. the milliseconds of each timed request.

    `better`: "lower" | "higher". `take` counts from 0 how often all was measured anew.
    """

    id: str
    title: str
    unit: str
    values: tuple[float, ...]
    better: str = "lower"
    take: int = 0


@dataclass(frozen=True, slots=True)
class NoiseRecorded:
    """How far a healthy target may move against itself (`movement_logit`) and may be from the reference
    (`deviation_logit`), and how that is known.
    """

    movement_logit: float
    deviation_logit: float
    source: str


@dataclass(frozen=True, slots=True)
class Noted:
    """Something happened that a reader should know: a batch was halved, a fallback was taken."""

    topic: str
    message: str
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunFinished:
    """Last event of a run that came to its end."""

    finished: str


Event = (
    RunStarted
    | DeviceUnavailable
    | CheckStarted
    | CheckFinished
    | FindingMade
    | CauseFound
    | SeriesRecorded
    | ScoresRecorded
    | SamplesRecorded
    | NoiseRecorded
    | Noted
    | RunFinished
)

_KINDS: dict[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}


def to_json(event: Event) -> str:
    """One line of strict JSON (NaN and infinities become null)."""
    return json.dumps({"event": type(event).__name__, **finite(event)}, ensure_ascii=True, allow_nan=False)


def from_json(line: str) -> Event:
    """The event of one line; UsageError if the line is no event of this schema."""
    try:
        told = json.loads(line)
        kind = _KINDS[told.pop("event")]
        return _sound(kind(**{name: _typed(name, value) for name, value in told.items()}))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"not an event of {SCHEMA}: {line[:80]!r} ({error})") from None


def finite(value: Any) -> Any:
    """`value` with every NaN and infinity replaced by None, in dicts and sequences too; numpy's numbers become ours,
    and dataclasses dicts.
    """
    if type(value) is float:  # by far the most there are
        return value if math.isfinite(value) else None
    if isinstance(value, bool | str):
        return value
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(k): finite(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [finite(v) for v in value]
    if is_dataclass(value):
        return {part.name: finite(getattr(value, part.name)) for part in fields(value)}
    return value


def _typed(name: str, value: Any) -> Any:
    match name:
        case "finding":
            return finding_from_dict(value)
        case "cause":
            return _sound(cause_from_dict(value))
        case "marks":
            # a mark at infinity was written as null; there is no place to draw it
            return tuple((str(label), float(at)) for label, at in value if at is not None)
        case "documents":
            # the same documents are candidates of many queries: an id is kept once
            return tuple(map(sys.intern, value))
        case "values" | "labels" | "planned" | "at" | "grades" | "scores":
            return tuple(value)
        case "area":
            return Area(value)
        case _:
            return value


def finding_from_dict(told: dict[str, Any]) -> Finding:
    """The finding that `asdict` or run.json wrote."""
    kinds: dict[str, Any] = {"area": Area, "stage": Stage, "status": Status, "severity": Severity}
    return _sound(Finding(**{name: kinds[name](value) if name in kinds else value for name, value in told.items()}))


def _sound(data: D) -> D:
    """`data` whose fields hold what they are declared to; TypeError names the first that does not."""
    for name, declared in get_type_hints(type(data)).items():
        if not _fits(getattr(data, name), declared):
            raise TypeError(f"{name}: {getattr(data, name)!r:.40} is no {declared}")
    return data


def _fits(value: Any, declared: Any) -> bool:
    """Whether `value` is of a declared type of this module: plain ones, unions, dicts and tuples."""
    parts = get_args(declared)
    if declared is Any or declared is float:
        return declared is Any or (isinstance(value, int | float) and not isinstance(value, bool))
    if isinstance(declared, UnionType):
        return any(_fits(value, part) for part in parts)
    if get_origin(declared) is tuple:
        if isinstance(value, tuple) and parts[-1] is Ellipsis and get_origin(parts[0]) is not tuple:
            # of plain values each type is looked at once: there may be a million of them
            value = tuple({type(each): each for each in value}.values())
        inner = parts[:1] * len(value) if parts[-1] is Ellipsis else parts
        return isinstance(value, tuple) and all(map(_fits, value, inner))
    return isinstance(value, get_origin(declared) or declared)
