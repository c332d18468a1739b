"""How a judge is declared and found: adding one touches one new file."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from harness.core.vocabulary import Severity

if TYPE_CHECKING:
    from harness.audit.matching import Match
    from harness.audit.tree import Tree
    from harness.audit.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Judged:
    """A match, or several of one symbol, that is a fault. Message and severity are the rule's own where they are
    empty.
    """

    matches: tuple[Match, ...]
    message: str = ""
    severity: Severity | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What a judge decides on: everything that a rule matched in one symbol, and what it may look at for that."""

    matches: Sequence[Match]
    tree: Tree
    vocabulary: Vocabulary
    settings: Mapping[str, Any]


Judge = Callable[[Case], Iterable[Judged]]


@dataclass(frozen=True, slots=True)
class Registered:
    """A judge, and whether it looks at nothing but the file of the matches: such files are judged side by side."""

    judge: Judge
    is_within_file: bool


_JUDGES: dict[str, Registered] = {}


def judge(name: str, *, within_file: bool = False) -> Callable[[Judge], Judge]:
    """Register the decorated function as the judge that rules call `name`; one `within_file` is given a tree of nothing
    but the file of the matches, and no vocabulary.
    """

    def register(body: Judge) -> Judge:
        _JUDGES[name] = Registered(body, within_file)
        return body

    return register


@cache
def judges() -> dict[str, Registered]:
    """Every judge by its name."""
    import harness.audit.judges as package

    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
    return dict(sorted(_JUDGES.items()))
