"""What prompts begin with alike, and in which groups they are computed; needs no torch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.reference.encode import Encoding

if TYPE_CHECKING:
    from torch import Tensor

    KeysAndValues = tuple[Tensor, Tensor]
    """Keys and values of one layer, each of shape (heads, tokens, width)."""


@dataclass(eq=False)
class Prefix:
    """Token ids that `left` prompts begin with which are still to be computed; `kept` holds keys and values by layer,
    from the pass that computed them until no later one needs them.
    """

    ids: tuple[int, ...]
    left: int
    kept: dict[int, KeysAndValues] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Continuation:
    """A prompt as what follows a prefix: at least one token, at the last of which the answer is read."""

    prefix: Prefix
    ids: tuple[int, ...]


def continuations(encodings: Sequence[Encoding], requests: Iterable[Sequence[int]]) -> list[Continuation]:
    """Each prompt behind the longest prefix that all prompts of its request share. `requests` holds places in
    `encodings`; prompts that are alone in their request share what all of these begin with.
    """
    found: dict[int, Continuation] = {}
    alone: list[int] = []
    for places in requests:
        if len(places) == 1:
            alone += places
        else:
            found |= _behind_one_prefix(encodings, places)
    found |= _behind_one_prefix(encodings, alone)
    return [found[place] for place in range(len(encodings))]


def _behind_one_prefix(encodings: Sequence[Encoding], places: Sequence[int]) -> dict[int, Continuation]:
    prompts = [encodings[place].ids for place in places]
    shared = _common(prompts) if len(prompts) > 1 else 0
    prefix = Prefix(prompts[0][:shared] if prompts else (), len(prompts))
    return {place: Continuation(prefix, ids[shared:]) for place, ids in zip(places, prompts, strict=True)}


def _common(prompts: Sequence[tuple[int, ...]]) -> int:
    """Tokens that all prompts begin with, one less than the shortest has at most."""
    first, last = min(prompts), max(prompts)
    most = min(map(len, prompts)) - 1
    return next((n for n in range(most) if first[n] != last[n]), most)


def by_prefix(prompts: Sequence[Continuation]) -> Iterator[tuple[Prefix, list[int]]]:
    """Each prefix with the places of its prompts in `prompts`, longest first."""
    found: dict[Prefix, list[int]] = defaultdict(list)
    for place, prompt in enumerate(prompts):
        found[prompt.prefix].append(place)
    for prefix, places in found.items():
        yield prefix, sorted(places, key=lambda place: -len(prompts[place].ids))


def passes(prompts: Sequence[Continuation], tokens: int) -> Iterator[list[int]]:
    """Places in `prompts` in groups of at most `tokens` tokens, prefixes included, but of one prompt at least. The
    prompts of a prefix follow each other.
    """
    group: list[int] = []
    width = 0
    for prefix, places in by_prefix(prompts):
        width += len(prefix.ids)
        for place in places:
            own = len(prompts[place].ids)
            if group and width + own > tokens:
                yield group
                group, width = [], len(prefix.ids)
            group.append(place)
            width += own
    if group:
        yield group
