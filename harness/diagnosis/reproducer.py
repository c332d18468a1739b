"""The smallest request that still goes wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from harness.core.pairs import Pair

Request = tuple[Pair, ...]
Fails = Callable[[Request], bool]
T = TypeVar("T")

#: A word with the blanks behind it, or the blanks that a text begins with: all of them joined are the text again.
WORD = re.compile(r"\S+\s*|^\s+")


def shrink(pairs: tuple[Pair, ...], fails: Callable[[tuple[Pair, ...]], bool], budget: int = 60) -> tuple[Pair, ...]:
    """A request of fewer documents, then of shorter ones, then of a shorter query, for which `fails` is still true.

    The pairs share query and instruction, and keep their order. `fails` is called at most `budget` times, half of them
    for the number of documents, and never twice with the same request. The input comes back where it does not fail
    itself; what a text ends as has at least one word of it.
    """
    ask = _Asking(fails, budget)
    if not ask(pairs):
        return pairs
    smallest = _fewest(pairs, lambda kept: ask(kept, reserve=budget // 2))
    for place in range(len(smallest)):
        smallest = _with_shorter_document(smallest, place, ask)
    return _with_shorter_query(smallest, ask)


@dataclass
class _Asking:
    """Whether requests fail, as long as calls are left; what is no longer asked does not count as failing."""

    fails: Fails
    left: int
    _known: dict[Request, bool] = field(default_factory=dict)

    def __call__(self, request: Request, reserve: int = 0) -> bool:
        if request not in self._known:
            if self.left <= reserve:
                return False
            self.left -= 1
            self._known[request] = self.fails(request)
        return self._known[request]


def _with_shorter_document(pairs: Request, place: int, ask: Fails) -> Request:
    def changed(text: str) -> Request:
        return (*pairs[:place], replace(pairs[place], document=text), *pairs[place + 1 :])

    return changed(_shortest(pairs[place].document, lambda text: ask(changed(text))))


def _with_shorter_query(pairs: Request, ask: Fails) -> Request:
    def changed(text: str) -> Request:
        return tuple(replace(pair, query=text) for pair in pairs)

    return changed(_shortest(pairs[0].query, lambda text: ask(changed(text))))


def _shortest(text: str, fails: Callable[[str], bool]) -> str:
    words = tuple(WORD.findall(text))
    return "".join(_fewest(words, lambda kept: fails("".join(kept))))


def _fewest(items: tuple[T, ...], fails: Callable[[tuple[T, ...]], bool]) -> tuple[T, ...]:
    """Items that still fail, at least one: delta debugging (Zeller and Hildebrandt, Simplifying and Isolating
    Failure-Inducing Input, IEEE TSE 28(2), 2002), from halves to single items.
    """
    parts = 2
    while len(items) > 1:
        size = -(-len(items) // parts)
        smaller = next(filter(fails, _smaller(items, size)), None)
        if smaller is not None:
            parts = max(2, -(-len(smaller) // size))
            items = smaller
        elif size > 1:
            parts = min(2 * parts, len(items))
        else:
            break
    return items


def _smaller(items: tuple[T, ...], size: int) -> Iterator[tuple[T, ...]]:
    """Each part of `size` items alone, then all others without it."""
    starts = range(0, len(items), size)
    yield from (items[start : start + size] for start in starts)
    yield from (items[:start] + items[start + size :] for start in starts)
