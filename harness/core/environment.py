"""What differs between the surroundings of two runs: versions, hardware, model, inputs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from harness.core.comparison import Difference
from harness.core.run import Run

#: A digest of all files stands for each of them.
_LEFT_OUT = ("model: files",)
NONE = "none"


def differences(base: Run, run: Run) -> tuple[Difference, ...]:
    """Every fact of environment, target, model, inputs and profile that is not the same in both, by its path
    ("packages: torch", "model: digest", "inputs: prompt").
    """
    before, after = dict(_facts(base)), dict(_facts(run))
    names = dict.fromkeys((*before, *after))
    return tuple(
        Difference(name, before.get(name, NONE), after.get(name, NONE))
        for name in names
        if before.get(name, NONE) != after.get(name, NONE)
    )


def _facts(run: Run) -> Iterator[tuple[str, str]]:
    begun = run.started
    told = {
        "target": begun.target, "model": begun.model, "inputs": begun.inputs, "device": begun.device,
        "profile": begun.profile, **begun.environment,
    }  # fmt: skip
    for name, value in _flat(told):
        if not name.startswith(_LEFT_OUT):
            yield name, value


def _flat(facts: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in facts.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}: ")
        elif value is not None:
            yield f"{prefix}{name}", str(value)
