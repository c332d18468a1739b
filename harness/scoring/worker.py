"""Who computes: opens what scores, says with which program and model, and scores the units it is given."""

from __future__ import annotations

import hashlib
import os
import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Protocol

from harness.core.errors import HarnessError
from harness.core.versions import version_of
from harness.scoring.units import Load

#: Packages that two workers must have alike, so that their scores can stand in one result.
PACKAGES = ("torch", "transformers", "tokenizers", "numpy")


class Scorer(Protocol):
    """What scores; `harness.targets` has the promises."""

    def score(self, query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
        """One score a document, in their order."""


def close(scorer: Scorer | None) -> None:
    """Give back what a scorer holds, e.g. connections, where it holds anything."""
    if ended := getattr(scorer, "close", None):
        ended()


class Opening(Protocol):
    """What a worker makes its scorer from: data that can be sent to another process."""

    @property
    def name(self) -> str:
        """What is asked, for messages."""

    def open(self) -> Scorer:
        """The scorer; HarnessError where something is missing here."""

    def inputs(self) -> Mapping[str, str]:
        """Digests of what is read from this machine, e.g. of the model."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Where a worker runs, and what must be the same for all: program, packages and inputs by version or digest."""

    host: str
    process: int
    alike: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.host} (process {self.process})"

    def differing(self, other: Identity) -> list[str]:
        """In words, what `other` has not as this one has it."""
        return [
            f"{name} is {other.alike.get(name)!s:.24} there and {value!s:.24} here"
            for name, value in self.alike.items()
            if other.alike.get(name) != value
        ]


@dataclass(frozen=True, slots=True)
class Answer:
    """The scores of a load's units, in their order, and the seconds that they took."""

    scores: tuple[tuple[float, ...], ...]
    seconds: float


@dataclass
class Worker:
    """Scores loads one after the other. Errors that a user can mend are returned, so that whoever asked can tell a
    worker's answer from its end.
    """

    opening: Opening
    _scorer: Scorer | None = field(default=None, repr=False)

    def ready(self) -> Identity | HarnessError:
        """Open the scorer and say who this is."""
        try:
            self._scorer = self.opening.open()
            return identity(self.opening)
        except HarnessError as error:
            return error

    def score(self, load: Load) -> Answer | HarnessError:
        """The scores of a load; HarnessError is the answer to one of its units."""
        began = time.perf_counter()
        try:
            scorer = self._opened()
            found = tuple(tuple(scorer.score(u.query, u.documents, u.instruction)) for u in load.units)
        except HarnessError as error:
            return error
        return Answer(found, time.perf_counter() - began)

    def close(self) -> None:
        """Give back what the scorer holds."""
        close(self._scorer)

    def _opened(self) -> Scorer:
        if self._scorer is None:
            self._scorer = self.opening.open()
        return self._scorer


def identity(opening: Opening) -> Identity:
    """Who this process is with that opening."""
    alike = {"rerank-harness": program_digest(), "python": platform.python_version()}
    alike |= {package: version_of(package) or "not installed" for package in PACKAGES}
    return Identity(platform.node(), os.getpid(), {**alike, **opening.inputs()})


@cache
def program_digest() -> str:
    """Version and digest of this program's own sources."""
    digest = hashlib.sha256()
    for package in ("harness", "fixtures"):
        for name, content in sorted(_sources(files(package), package)):
            digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return f"{version_of('rerank-harness')} {digest.hexdigest()[:12]}"


def _sources(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        name = f"{path}/{entry.name}"
        if entry.is_dir():
            found += _sources(entry, name)
        elif entry.name.endswith((".py", ".toml")):
            found.append((name, entry.read_bytes()))
    return found
