"""Method `lookalikes`: tokens that read like an answer and are none, such as 'Yes' or ' yes' for 'yes'.

It names no ids of its own; it says which ids that others found are look-alikes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from harness.reference.answers.evidence import Evidence, named, words
from harness.reference.answers.vocabulary import forms
from harness.reference.families import Answers

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

METHOD = "lookalikes"


def lookalikes(tokenizer: PreTrainedTokenizerBase, answer: str, right: int) -> tuple[int, ...]:
    """Ids of an answer's variants in case and leading space, without the `right` one."""
    spellings = dict.fromkeys((answer, answer.lower(), answer.capitalize(), answer.upper()))
    ids = dict.fromkeys(token for spelling in spellings for token in forms(tokenizer, spelling).values())
    return tuple(token for token in ids if token != right)


def by_lookalikes(
    tokenizer: PreTrainedTokenizerBase, answers: Answers, winner: Evidence, others: Iterable[Evidence]
) -> Evidence:
    """All look-alikes of the answers, and those among the ids that other methods named."""
    pairs = list(zip(words(answers), winner.ids, strict=True))
    known = {token: word for word, right in pairs for token in lookalikes(tokenizer, word, right)}
    mistaken = [
        f"{named(tokenizer, [token])} ({other.method}) is a look-alike of {known[token]!r}"
        for other in others
        for token in other.ids
        if token in known
    ]
    listed = ", ".join(named(tokenizer, [token]) for token in known) or "none in the vocabulary"
    return Evidence(METHOD, None, None, "; ".join([*mistaken, f"look-alikes: {listed}"]))
