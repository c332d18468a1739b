"""Whether a class leaves out, or only seems to write, methods that what it derives from leaves to it.

A rule's matcher binds TYPE, the name of a class that derives from something, or NAME, that of a method that does
nothing. Settings: those of `types`; regexes of names of methods, `scores` and `embeds`, and of classes, `scorer`,
`embedder` and `doubles` (that stand in for models), and of what a method says: `later` where it is to come, `never`
where it is not for models of this kind, `elsewhere` where it names what is, and `refuses` where it only fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from harness.audit.classes import Type, Types, types_of
from harness.audit.judges.registry import Case, Judged, judge
from harness.audit.tree import types

if TYPE_CHECKING:
    from harness.audit.matching import Match


@judge("unimplemented")
def unimplemented(case: Case) -> Iterator[Judged]:
    """Keep classes that leave methods out, and methods that do nothing."""
    for match in case.matches:
        if match.text("TYPE"):
            yield from _left_out(match, _types(match, case))
        elif match.source.language.name == "rust" or _has_to_be_there(match, _types(match, case)):
            yield from _only_seems(match, case)


def _types(match: Match, case: Case) -> Types:
    return types_of(case.tree, match.source.language.name, case.settings)


def _left_out(match: Match, known: Types) -> Iterator[Judged]:
    """A class that leaves out methods, if it is made, or is no base of others."""
    type = known.find(match.text("TYPE"), match.place.path)
    above = None if type is None or type.leaves else known.ancestors(type)
    if type is None or not above:
        return
    has = type.has.union(*(base.has for base in above))
    missing = {name: base for base in above for name in sorted(base.leaves - has)}
    if missing and _stands_for_itself(type, known):
        names = ", ".join(name.removesuffix(" const") for name in sorted(missing))
        told = [f"{name} is left to others by {t.name} ({t.path}:{t.line})" for name, t in sorted(missing.items())]
        yield Judged((match,), f"{type.name} leaves out {names}, which it has to provide", evidence="\n".join(told))


def _stands_for_itself(type: Type, known: Types) -> bool:
    """Whether a class is made; in Python, whose factories make classes that they do not name, or is no base."""
    return (known.language == "python" and not known.is_base(type)) or known.is_made(type)


def _has_to_be_there(match: Match, known: Types) -> bool:
    """Whether something that the class of a method derives from leaves the method to it."""
    type = known.find(_owner(match), match.place.path)
    if type is None or not type.is_model or type.leaves:
        return False
    name = match.text("NAME")
    left = {method.removesuffix(" const") for base in known.ancestors(type) or () for method in base.leaves}
    return name in left and (known.is_made(type) or not known.is_base(type))


def _only_seems(match: Match, case: Case) -> Iterator[Judged]:
    """A method that does nothing, unless that is what a model of its kind has to say to it."""
    owner, name, says = _owner(match), match.text("NAME"), _Says(match, case)
    others = {f.name for f in case.tree.members(match.source.language.name, owner)} - {name}
    scores, embeds = (any(says.is_called(key, other) for other in others) for key in ("scores", "embeds"))
    is_scorer, is_later = says.holds("scorer", owner), says.holds("later")
    explained = says.holds("never") and not is_later
    if says.is_called("scores", name):
        another_kind = not is_later and (embeds or (scores and says.holds("refuses")))
        explained = explained and (not is_scorer or says.holds("elsewhere"))
        by_design = says.holds("embedder", owner) or explained or (another_kind and not is_scorer)
    elif says.is_called("embeds", name):
        by_design = explained or is_scorer or scores
    else:
        return
    if not by_design and not says.holds("doubles", match.place.symbol):
        yield Judged((match,), f"{owner} has a method {name} that does nothing")


class _Says:
    """What names and the text of a match say, by the regexes of the settings."""

    def __init__(self, match: Match, case: Case) -> None:
        self.match, self.settings = match, case.settings

    def holds(self, key: str, text: str = "") -> bool:
        """Whether a text, or else the match, holds something."""
        return re.search(self.settings[key], text or self.match.text()) is not None

    def is_called(self, key: str, name: str) -> bool:
        """Whether a whole name is such a one."""
        return re.fullmatch(self.settings[key], name) is not None


def _owner(match: Match) -> str:
    """The class that a method belongs to."""
    return "" if match.function is None else types(match.function.owner)[0].rpartition("::")[2]
