"""What a release needs: devices, areas, checks, collections and margins, and what may be waived by whom."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from harness.core.errors import UsageError
from harness.core.vocabulary import Area, Severity
from harness.core.waivers import Accepted
from harness.core.written import read_written

_SCHEMA = Path(__file__).parent.parent / "schema" / "policy.schema.json"
#: From least data to most.
PROFILES = ("smoke", "ci", "nightly", "release")


@dataclass(frozen=True, slots=True)
class Waivable:
    """Findings of these checks and severities may be waived by these owners; checks and owners are patterns."""

    checks: tuple[str, ...]
    severities: tuple[Severity, ...]
    owners: tuple[str, ...]

    def allows(self, accepted: Accepted) -> bool:
        """Whether one finding may be accepted by the owner of its entry."""
        return (
            accepted.finding.severity in self.severities
            and any(fnmatchcase(accepted.finding.check, pattern) for pattern in self.checks)
            and any(fnmatchcase(accepted.waiver.owner, pattern) for pattern in self.owners)
        )


@dataclass(frozen=True, slots=True)
class Policy:
    """What must hold on each of `devices`. An empty tuple, or None, asks for nothing; nothing may be waived but what
    `waivable` says.
    """

    devices: tuple[str, ...]
    title: str = ""
    areas: tuple[Area, ...] = ()
    checks: tuple[str, ...] = ()
    """Patterns; of each something must have passed, and nothing may fall short."""
    collections: tuple[str, ...] = ()
    """Names or digests, each of which must have been verified."""
    models: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    """The prompts (digests) that runs may have; where none is named, all must have the same."""
    targets: tuple[str, ...] = ()
    profile: str = PROFILES[0]
    """The least one."""
    max_age_days: float | None = None
    margins: Mapping[str, float] = field(default_factory=dict)
    """Pattern of checks → the least margin of their findings, each in its own unit."""
    waivable: tuple[Waivable, ...] = ()

    def allows(self, accepted: Accepted) -> bool:
        """Whether one finding may be accepted by the owner of its entry."""
        return any(rule.allows(accepted) for rule in self.waivable)


def read_policy(path: Path) -> Policy:
    """The policy of a file; UsageError names the key that is not known, of a wrong kind, or missing."""
    written = read_written(path, "policy", json.loads(_SCHEMA.read_text(encoding="utf-8")))
    policy = _policy(written)
    if not policy.areas and not policy.checks:
        raise UsageError(f"{path} is no policy: it names neither areas nor checks, so that anything would pass")
    return policy


def _policy(written: Mapping[str, Any]) -> Policy:
    listed = {name: tuple(value) for name, value in written.items() if isinstance(value, list)}
    given: dict[str, Any] = {**written, **listed}
    given.pop("schema")
    given["areas"] = tuple(map(Area, given.get("areas", ())))
    given["waivable"] = tuple(map(_waivable, given.get("waivable", ())))
    return Policy(**given)


def _waivable(rule: Mapping[str, list[str]]) -> Waivable:
    return Waivable(tuple(rule["checks"]), tuple(map(Severity, rule["severities"])), tuple(rule["owners"]))
