"""Do the deployments of one model agree; and if not, which of them are away from those that are right?"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from harness.core.fleet import Agreement, Apart, Judge, State, Verified
from harness.core.run import Run
from harness.core.vocabulary import Status
from harness.fleet.scores import NONE, Spread, apart, spread_of
from harness.regression.allowance import TIMES
from harness.statistics.recorded import takes_of

#: The check that holds a target's scores against the reference.
AS_REFERENCE = "numerics.values"
Runs = Mapping[str, Run]
Key = tuple[str, str]


def agreements(verified: Iterable[Verified]) -> tuple[Agreement, ...]:
    """What the deployments of each model have in common, where there are two or more whose run came to its end.

    Of one model are those whose runs name the same weights, or none at all, and the same questions: several targets
    without a model are said to serve the same one.
    """
    groups: dict[tuple[object, object], dict[str, Run]] = {}
    for each in verified:
        if each.run is not None and each.deployment.state is State.FINISHED:
            begun = each.run.started
            key = begun.model.get("digest"), begun.inputs.get("collection")
            groups.setdefault(key, {})[each.name] = each.run
    return tuple(agreement(runs) for runs in groups.values() if len(runs) > 1)


def agreement(runs: Runs) -> Agreement:
    """Who agrees with whom among runs of one model, by name. Right are those whose scores hold against the reference;
    where none does, those that more than half agree with.
    """
    scored = {name: run for name, run in runs.items() if takes_of(run)}
    pairs = _pairs(scored)
    alike = {name: {name, *_near(name, pairs)} for name in scored}
    trusted = [name for name, run in scored.items() if holds(run)]
    middle = _middle(trusted or list(scored), alike, pairs)
    judge = _judge(middle, bool(trusted), alike)
    agreeing = () if judge is Judge.NOBODY else _from(str(middle), alike, scored)
    odd = () if judge is Judge.NOBODY else tuple(name for name in scored if name not in agreeing)
    model = next(iter(runs.values())).started.model.get("id")
    unscored = tuple(name for name in runs if name not in scored)
    return Agreement(model, judge, agreeing, odd, tuple(pairs.values()), unscored)


def holds(run: Run) -> bool:
    """Whether the scores of a run hold against the reference."""
    statuses = {finding.status for finding in run.findings if finding.check == AS_REFERENCE}
    return Status.PASS in statuses and Status.FAIL not in statuses


def _pairs(scored: Runs) -> dict[Key, Apart]:
    """How far each two are apart; where no noise was measured, a majority of three or more says what may be."""
    found = _apart(scored)
    if any(run.noise is not None for run in scored.values()):
        return found
    spread = Spread(
        TIMES * spread_of(_distances(scored, {key: each.median for key, each in found.items()})),
        TIMES * spread_of(_distances(scored, {key: each.largest for key, each in found.items()})),
    )
    widened = any(spread.largest > each.limit or spread.typical > each.typical_limit for each in found.values())
    return _apart(scored, spread) if widened else found


def _apart(scored: Runs, spread: Spread = NONE) -> dict[Key, Apart]:
    both = ((a, b, apart((a, scored[a]), (b, scored[b]), spread)) for a, b in combinations(scored, 2))
    return {(a, b): found for a, b, found in both if found is not None}


def _distances(names: Iterable[str], between: dict[Key, float]) -> list[list[float]]:
    """Those of each to all; what has nothing in common is infinitely far."""
    every = list(names)
    known = between | {(b, a): far for (a, b), far in between.items()} | {(a, a): 0.0 for a in every}
    return [[known.get((a, b), math.inf) for b in every] for a in every]


def _near(name: str, pairs: Mapping[Key, Apart]) -> Iterable[str]:
    for (one, other), found in pairs.items():
        if name in (one, other) and not found.beyond:
            yield other if name == one else one


def _middle(names: Sequence[str], alike: Mapping[str, set[str]], pairs: Mapping[Key, Apart]) -> str | None:
    """The one of `names` that most agree with; among equals the one that is nearest to all, then the first."""
    far = {name: sum(each.median for key, each in pairs.items() if name in key) for name in names}
    return min(names, key=lambda name: (-len(alike[name]), far[name]), default=None)


def _judge(middle: str | None, trusted: bool, alike: Mapping[str, set[str]]) -> Judge:
    if trusted:
        return Judge.REFERENCE
    most = middle is not None and 2 * len(alike[middle]) > len(alike)
    return Judge.MAJORITY if most else Judge.NOBODY


def _from(middle: str, alike: Mapping[str, set[str]], scored: Runs) -> tuple[str, ...]:
    """Those that agree with the middle, which comes first, the others in their order."""
    return (middle, *(name for name in scored if name in alike[middle] and name != middle))
