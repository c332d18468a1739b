"""A rule: what to look for in the syntax tree of each language, under which conditions, and how to tell it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harness.core.audit import About

#: A matcher as ast-grep takes it: `rule`, and `constraints` and `utils` where it has some.
Matcher = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """A piece of code that a rule must match, or must not; `files` by name, where more than one is needed."""

    language: str
    files: Mapping[str, str]
    wrong: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold of the function in which a match stands: `relation` leads from it to functions (`reaches`: it and
    all that it calls, however far; `made-from`: those that the match is made of, through any number of calls;
    `called-by`: those that call it), one of which contains a match of `concept`.
    """

    relation: str
    concept: str
    holds: bool
    """Whether there must be such a function, or must not."""
    through: str = ""
    """A regex of the names of the functions that the way there leads through, the last one too; any where empty."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One fault of source code, as data. `mentions` are words, in lower case, that a file holds in any case where the
    fault may be in it: one of each group; a matcher is costly to set up, words are not. `judge` names code that decides
    on what was matched.
    """

    about: About
    message: str
    mentions: tuple[tuple[str, ...], ...]
    matchers: Mapping[str, Matcher]
    concepts: Mapping[str, Mapping[str, Matcher]]
    conditions: tuple[Condition, ...]
    judge: str
    settings: Mapping[str, Any]
    examples: tuple[Example, ...]

    def may_be_in(self, lowered: str) -> bool:
        """Whether a file, by its text in lower case, has the words that the fault needs."""
        return all(any(word in lowered for word in group) for group in self.mentions)
