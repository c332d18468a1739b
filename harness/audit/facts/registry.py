"""How a fact is declared and found: adding one touches one new file."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from harness.core.errors import UsageError

if TYPE_CHECKING:
    from harness.audit.vocabulary import Vocabulary

T = TypeVar("T")
#: Whether the fact is so with some values, and what was seen.
Fact = Callable[[Mapping[str, Any], "Vocabulary"], tuple[bool, str]]
_FACTS: dict[str, Fact] = {}


def fact(name: str) -> Callable[[Fact], Fact]:
    """Register the decorated function as the experiment that claims call `name`."""

    def register(body: Fact) -> Fact:
        _FACTS[name] = body
        return body

    return register


@cache
def facts() -> dict[str, Fact]:
    """Every fact by its name."""
    import harness.audit.facts as package

    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
    return dict(sorted(_FACTS.items()))


def value(values: Mapping[str, Any], name: str, kind: type[T], of: str) -> T:
    """A value that a claim gives to a fact; UsageError where it is missing or of another kind."""
    given = values.get(name)
    if not isinstance(given, kind) or isinstance(given, bool):
        raise UsageError(f"the fact {of} takes {name} ({kind.__name__}) in `with`; there is {given!r}")
    return given
