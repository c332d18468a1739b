"""Whether a class leaves out, or only seems to write, methods that what it derives from leaves to it.

Settings, regexes: `models` is how the classes in question are called, or one that they derive from, and `others` how
they are not; `scores` and `embeds` are methods of one kind and of the other, `scorer` and `embedder` classes of one
kind and of the other, and `doubles` classes that stand in for models.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from harness.audit.judges.registry import Case, Judged, judge
from harness.audit.judges.types import Type, Types, types_of

if TYPE_CHECKING:
    from harness.audit.matching import Match

#: A method that says why it is not there, or only refuses.
_EXPLAINED = re.compile(
    r"(?i)\bonly\b|unsupported|not support|(does|do|can)( ?not|n't)\b|cannot|instead|\bneeds\b|\bno \w+ scores"
)
_LATER = re.compile(r"(?i)\byet\b|todo|later|not[ _]?implemented[^E]|\bsoon\b|wip\b")
#: What a class that is made for scores may say all the same.
_INSTEAD = re.compile(r"(?i)\binstead\b|\bonly\b|\buse\b")
_REFUSES = re.compile(r"\braise\b|(unimplemented|panic|bail|anyhow)!|\bErr\(|\bthrow\b")


@judge("unimplemented")
def unimplemented(case: Case) -> Iterator[Judged]:
    """Keep classes (matched by what they derive from) that leave methods out, and methods that do nothing."""
    for match in case.matches:
        if match.node.kind() in ("argument_list", "base_class_clause"):
            yield from _left_out(match, case)
        elif match.source.language.name == "rust":
            yield from _only_seems(
                match, case, match.place.symbol.partition(" as ")[0].rpartition("<")[2], _siblings(match)
            )
        else:
            yield from _written(match, case)


def _left_out(match: Match, case: Case) -> Iterator[Judged]:
    """A class that leaves out methods, if it is no base for others itself and is made at all."""
    types, language = types_of(case.tree, match.source.language.name), match.source.language.name
    type = _own(match, types)
    if type is None or type.is_abstract or "__abstractmethods__" in match.source.text:
        return
    ancestors = list(types.ancestors(type))
    known = [ancestor for ancestor in ancestors if ancestor is not None]
    if len(known) < len(ancestors) or not _is_model([type, *known], case):
        return
    providers = [type, *known]
    missing = {
        name: ancestor
        for ancestor in known
        for name in ancestor.abstract
        if not any(provider.provides(name, ancestor) for provider in providers)
    }
    if missing and (types.is_made(type) if language == "cpp" or types.has_heirs(type) else True):
        names = ", ".join(sorted(missing))
        told = "\n".join(
            f"{name} is left to others by {t.name} ({t.path}:{t.line})" for name, t in sorted(missing.items())
        )
        yield Judged((match,), f"{type.name} leaves out {names}, which it has to provide", evidence=told)


def _written(match: Match, case: Case) -> Iterator[Judged]:
    """A method that does nothing, though something that its class derives from leaves it to the class."""
    types = types_of(case.tree, match.source.language.name)
    owner = re.split(r"\.|::", match.place.symbol)[-2:-1]
    type = types.find(owner[0], match.place.path) if owner else None
    if type is None or type.is_abstract or (types.has_heirs(type) and not types.is_made(type)):
        return
    known = [ancestor for ancestor in types.ancestors(type) if ancestor is not None]
    name = match.text("NAME")
    if any(name in ancestor.abstract for ancestor in known) and _is_model([type, *known], case):
        yield from _only_seems(match, case, type.name, type.provided - {name})


def _only_seems(match: Match, case: Case, owner: str, others: frozenset[str]) -> Iterator[Judged]:
    """A method that does nothing, unless that is what a model of its kind has to say to it."""
    fits = {key: re.compile(case.settings[key]) for key in ("scores", "embeds", "scorer", "embedder", "doubles")}
    name = match.text("NAME")
    has_scores, has_embeds = (any(fits[key].match(other) for other in others) for key in ("scores", "embeds"))
    if fits["doubles"].search(owner) or fits["doubles"].search(match.place.symbol):
        return
    written = match.text()
    later = _LATER.search(written)
    explained = _EXPLAINED.search(written) is not None and not later
    if fits["scores"].match(name):
        other_kind = not later and (has_embeds or (has_scores and _REFUSES.search(written)))
        explained = explained and (not fits["scorer"].search(owner) or _INSTEAD.search(written) is not None)
        by_design = explained or fits["embedder"].search(owner) or (not fits["scorer"].search(owner) and other_kind)
    else:
        by_design = explained or fits["scorer"].search(owner) or has_scores
    if not by_design:
        yield Judged((match,), f"{owner} has a method {name} that does nothing")


def _own(match: Match, types: Types) -> Type | None:
    above = match.node.parent()
    name = above.field("name") if above is not None else None
    return types.find(name.text(), match.place.path) if name is not None and types.may_leave_out(name.text()) else None


def _is_model(types: list[Type], case: Case) -> bool:
    models, others = (re.compile(case.settings[key]) for key in ("models", "others"))
    return any(models.search(t.name) for t in types) and not any(others.search(t.name) for t in types)


def _siblings(match: Match) -> frozenset[str]:
    """The other methods of an implementation that do something."""
    block = match.node.parent()
    functions = (
        [] if block is None else [n for n in block.named_children() if n.kind() == "function_item" and n != match.node]
    )
    names = (n.field("name") for n in functions if not re.search(r"\{\s*\w*(todo|unimplemented|panic|bail)!", n.text()))
    return frozenset(name.text() for name in names if name is not None)
