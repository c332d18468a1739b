"""A Python callable as a target: `python:module:callable`, called as f(query, documents, instruction)."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from harness.core.errors import HarnessError, TargetError, UsageError, with_kind
from harness.core.scores import Scale
from harness.reference.device_errors import device_error
from harness.targets.protocol import Capabilities

#: What a callable may raise and is told of. With `sys.exit(0)` it would otherwise end the program as if all was well.
ENDS = (Exception, SystemExit)

ScoreFunction = Callable[[str, list[str], str | None], Sequence[float]]


@dataclass(frozen=True)
class FunctionTarget:
    """Wraps a callable. An attribute `scale` on it ("probability", the default, or "log-odds") declares its numbers,
    an attribute `takes_instruction` (default true) whether it uses the instruction.
    """

    function: ScoreFunction
    spec: str
    reranker: None = None

    @property
    def capabilities(self) -> Capabilities:
        """What the callable declares."""
        declared = getattr(self.function, "scale", Scale.PROBABILITY)
        try:
            scale = Scale(declared)
        except ValueError:
            raise UsageError(f"{self.spec}: scale {declared!r} is not one of {', '.join(Scale)}") from None
        return Capabilities(scale, bool(getattr(self.function, "takes_instruction", True)))

    def score(self, query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
        """The callable's scores; TargetError when it raises, or answers with something that is no list of numbers, and
        DeviceError where what it raises is about the device.
        """
        try:
            return scores_of(self.function(query, list(documents), instruction), len(documents), self.spec)
        except HarnessError:
            raise
        except ENDS as error:
            gone = TargetError(f"{self.spec} raised {with_kind(error)}")
            raise device_error(error) or gone from error


def scores_of(answer: Any, count: int, who: str) -> list[float]:
    """`answer` as `count` floats (NaN is let through: a check judges it); TargetError says what it is instead."""
    try:
        scores = [float(score) for score in answer]
    except (TypeError, ValueError):
        raise TargetError(f"{who} answered {answer!r:.120}, which is no list of numbers") from None
    if len(scores) != count:
        raise TargetError(f"{who} answered {len(scores)} scores for {count} documents")
    return scores


def import_function(spec: str) -> FunctionTarget:
    """The target of `python:module:callable`; the current folder can be imported from, as with `python -m`."""
    _, _, location = spec.partition(":")
    module_name, _, attribute = location.partition(":")
    if not module_name or not attribute:
        raise UsageError(f"target {spec!r} must read python:module:callable, e.g. python:my_server:rerank")
    if os.getcwd() not in sys.path:
        sys.path.insert(0, os.getcwd())
    try:
        module = importlib.import_module(module_name)
    except ENDS as error:
        raise UsageError(f"target {spec!r}: module {module_name!r} cannot be imported ({with_kind(error)})") from None
    function = getattr(module, attribute, None)
    if function is None:
        raise UsageError(f"target {spec!r}: module {module_name!r} has no {attribute!r}")
    if not callable(function):
        raise UsageError(f"target {spec!r}: {attribute!r} is a {type(function).__name__}, not a callable")
    return FunctionTarget(function, spec)
