"""What a deployment is: an engine with one configuration, and what its verification should come to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from harness.targets.http.connection import Connection


class Unavailable(Exception):
    """The engine cannot be run here; the message says why."""


@dataclass(frozen=True, slots=True)
class Running:
    """A deployment that can be verified: its target, how it is reached, and who applies the prompt."""

    target: str
    connection: Connection = field(default_factory=Connection)
    applies_prompt: bool = True


#: From the checkpoint's folder and a folder to work in to a running deployment; Unavailable says why not.
Start = Callable[[Path, Path], AbstractContextManager[Running]]


@dataclass(frozen=True, slots=True)
class Deployment:
    """`expected` is the verdict of a sound verification: "pass", or "fail" with the checks in `because`.

    `explanations` say for a check (or check and subject) what was found out about its finding.
    """

    id: str
    title: str
    engine: str
    model: str
    packages: tuple[str, ...]
    start: Start
    expected: str = "pass"
    because: tuple[str, ...] = ()
    setting: str = ""
    summary: str = ""
    """What its findings come to: the one cause from which they follow, and how that is known."""
    explanations: tuple[tuple[str, str], ...] = ()
