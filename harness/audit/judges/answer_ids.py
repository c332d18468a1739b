"""Judge `answer-ids`: what the tokenizer makes of ids that are written as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from harness.audit.judges.registry import Case, Judged, judge
from harness.audit.matching import Match
from harness.audit.vocabulary import Vocabulary
from harness.core.vocabulary import Severity
from harness.reference.answers import lookalikes

_POSITIVE = re.compile(r"yes|true|pos", re.I)
_NEGATIVE = re.compile(r"(?<![a-z])no(?![rtn][a-z])|false|neg", re.I)
#: Names that say which word is meant; `true` and `positive` may be another spelling of the answer.
_WORD = re.compile(r"yes|(?<![a-z])no(?![a-z])", re.I)

#: Ids of one symbol that are told.
MOST = 10


@dataclass(frozen=True, slots=True)
class Written:
    """An id as it stands in the source, under the name that it was given there (empty where it has none)."""

    match: Match
    id: int
    name: str


@judge("answer-ids")
def answer_ids(case: Case) -> Iterator[Judged]:
    """Each id is decoded. Right ones are told as hard-coded only; numbers that no answer was meant by are left."""
    vocabulary = case.vocabulary
    if not vocabulary.expected:
        return
    found = [w for match in case.matches if (w := _written(match)) is not None]
    written = [w for w in found if w.name or _reads_like_an_answer(w.id, vocabulary)]
    if not written:
        return
    matches = tuple(w.match for w in written)
    told = _told([w.id for w in written], vocabulary)
    if all(_is_right(w, vocabulary) for w in written):
        yield Judged(matches, f"answer ids are written as numbers, though right ones: {told}", Severity.MINOR)
        return
    expected = ", ".join(f"{id} {word!r}" for word, id in vocabulary.expected.items())
    yield Judged(matches, f"{told}; expected {expected}")


def _told(ids: Iterable[int], vocabulary: Vocabulary) -> str:
    different = list(dict.fromkeys(ids))
    told = ", ".join(f"{id} is {vocabulary.text_of(id)}" for id in different[:MOST])
    return told if len(different) <= MOST else f"{told} and {len(different) - MOST} more"


def _written(match: Match) -> Written | None:
    digits = re.search(r"[0-9][0-9_']*", match.text())
    if digits is None:
        return None
    return Written(match, int(re.sub(r"[_']", "", digits[0])), match.text("NAME"))


def _is_right(written: Written, vocabulary: Vocabulary) -> bool:
    """Whether it is the id of the answer that its name means; of either answer where the name means both or none."""
    positive, negative = (*vocabulary.expected.values(), None)[:2]
    name = written.name
    if bool(_POSITIVE.search(name)) is bool(_NEGATIVE.search(name)):
        return written.id in (positive, negative)
    meant = positive if _POSITIVE.search(name) else negative
    if written.id == meant or _WORD.search(name):
        return written.id == meant
    return written.id in _lookalikes(vocabulary)


def _reads_like_an_answer(id: int, vocabulary: Vocabulary) -> bool:
    return id in vocabulary.expected.values() or id in _lookalikes(vocabulary)


@lru_cache(maxsize=2)
def _lookalikes(vocabulary: Vocabulary) -> frozenset[int]:
    found = vocabulary.expected.items()
    return frozenset(token for word, right in found for token in lookalikes(vocabulary.tokenizer, word, right))
