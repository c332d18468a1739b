"""A matrix of deployments: TOML with axes whose every combination is meant, what is left out, and what comes beside."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from harness.core.errors import UsageError
from harness.core.written import read_written

_SCHEMA = Path(__file__).with_name("matrix.schema.json")
#: Keys of a file, and the option of `verify` that one word of each is.
AXES = {"models": "model", "devices": "device", "dtypes": "dtype", "targets": "target", "profiles": "profile"}
#: Deployments of one file at most: more are a slip of the pen, and nobody reads their table.
MOST = 200

Words = Mapping[str, Any]
"""Options of `verify` by their names."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """The deployments of a file, each by the words in which it is given, and the options that hold for all."""

    deployments: tuple[Words, ...]
    options: Words


def read_matrix(path: Path, defaults: Words) -> Matrix:
    """The deployments of a file; `defaults` are the words of an axis that it does not name.

    UsageError names the key that is not known or of a wrong kind, the exclusion that matches nothing, and a file that
    means no deployment or too many.
    """
    written = read_written(path, "matrix", json.loads(_SCHEMA.read_text(encoding="utf-8")))
    axes = {option: written.get(key, [defaults.get(option)]) for key, option in AXES.items()}
    included = [{**defaults, **each} for each in written.get("include", [])]
    combinations = math.prod(map(len, axes.values())) if any(key in written for key in AXES) else 0
    if not combinations and not included:
        raise UsageError(
            f"{path} is no matrix: it names no deployment; give an axis ({', '.join(AXES)}) or include one"
        )
    if combinations + len(included) > MOST:
        told = f"it means {combinations + len(included)} deployments; at most {MOST} are verified in one go"
        raise UsageError(f"{path} is no matrix: {told}")
    combined = list(_combined(axes)) if combinations else []
    kept = (*_kept(combined, written.get("exclude", []), path), *included)
    if not kept:
        raise UsageError(f"{path} is no matrix: nothing is left to verify")
    return Matrix(kept, written.get("options", {}))


def _combined(axes: Mapping[str, Sequence[str | None]]) -> Iterator[Words]:
    for words in product(*axes.values()):
        yield dict(zip(axes, words, strict=True))


def _kept(deployments: list[Words], exclusions: Sequence[Words], path: Path) -> Iterator[Words]:
    for number, exclusion in enumerate(exclusions, 1):
        if not any(_matches(each, exclusion) for each in deployments):
            told = ", ".join(f"{name} {word}" for name, word in exclusion.items())
            raise UsageError(f"{path} is no matrix: exclude {number} ({told:.200}) matches no deployment")
    yield from (each for each in deployments if not any(_matches(each, exclusion) for exclusion in exclusions))


def _matches(deployment: Words, exclusion: Words) -> bool:
    return all(deployment.get(name) == word for name, word in exclusion.items())
