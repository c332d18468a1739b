"""What a process is asked to verify, and what it says when it is done: a line of JSON each way.

It goes by pipes and never by the command line, which others can read: it may hold headers with keys, and the address of
a store with a password.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from harness.engine.afterwards import Afterwards
from harness.scoring.engine import HERE, Engine, Kind


@dataclass(frozen=True, slots=True)
class Task:
    """One deployment to verify into its folder, or to go on with where that is begun and `goes_on`."""

    request: Mapping[str, Any]
    headers: tuple[str, ...]
    only: tuple[str, ...]
    folder: Path
    afterwards: Afterwards
    goes_on: bool = False
    engine: Engine = HERE

    def as_line(self) -> str:
        """As it is sent."""
        told = {name: getattr(self, name) for name in ("request", "headers", "only", "goes_on")}
        beside = {**asdict(self.afterwards), "waivers": _word(self.afterwards.waivers)}
        return (
            json.dumps({**told, "folder": str(self.folder), "afterwards": beside, "engine": asdict(self.engine)}) + "\n"
        )

    @classmethod
    def of_line(cls, line: bytes) -> Self:
        """As it came."""
        told = json.loads(line)
        beside = told["afterwards"]
        beside["waivers"] = None if beside["waivers"] is None else Path(beside["waivers"])
        return cls(
            told["request"], tuple(told["headers"]), tuple(told["only"]), Path(told["folder"]), Afterwards(**beside),
            told["goes_on"], _engine(told["engine"]),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it: the exit status that the verification alone would have had, and why it is not 0, where no
    report says so.
    """

    exit_status: int
    reason: str = ""

    def as_line(self) -> str:
        """As it is sent."""
        return json.dumps(asdict(self)) + "\n"

    @classmethod
    def of_line(cls, line: bytes) -> Self | None:
        """As it came; None where it did not."""
        return cls(**json.loads(line)) if line.endswith(b"\n") else None


def _engine(told: Mapping[str, Any]) -> Engine:
    return Engine(**{**told, "kind": Kind(told["kind"])})


def _word(path: Path | None) -> str | None:
    return None if path is None else str(path)
