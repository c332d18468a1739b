"""What one method says of the answer tokens, and how token ids are shown to a person: always with their text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.reference.families import Answers

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase


@dataclass(frozen=True, slots=True)
class Evidence:
    """One method's finding; `positive` None means that the method names no ids, and `detail` says why."""

    method: str
    positive: int | None
    negative: int | None
    detail: str

    @classmethod
    def of(cls, method: str, ids: Sequence[int], detail: str) -> Evidence:
        """Evidence that names one id or two, positive first."""
        return cls(method, ids[0], ids[1] if len(ids) == 2 else None, detail)

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids named, positive first."""
        return tuple(i for i in (self.positive, self.negative) if i is not None)


def words(answers: Answers) -> list[str]:
    """The answers as text, positive first; one word where the family has no negative answer."""
    return [word for word in (answers.positive, answers.negative) if word is not None]


def in_vocabulary(tokenizer: PreTrainedTokenizerBase, token: int) -> bool:
    """Whether the tokenizer knows this id."""
    return 0 <= token < len(tokenizer)


def text_of(tokenizer: PreTrainedTokenizerBase, token: int) -> str:
    """The quoted text of a token id, or words that say there is none."""
    if not in_vocabulary(tokenizer, token):
        return "no token"
    return repr(tokenizer.decode([token], clean_up_tokenization_spaces=False))


def named(tokenizer: PreTrainedTokenizerBase, ids: Sequence[int]) -> str:
    """Ids behind their texts: `'yes' 9693 and 'no' 2152`."""
    return " and ".join(f"{text_of(tokenizer, i)} {i}" for i in ids)


def describe_mismatch(tokenizer: PreTrainedTokenizerBase, found_ids: Sequence[int], expected_ids: Sequence[int]) -> str:
    """One line that decodes every id: `ids 9454 and 2901 are 'Yes' and 'irtual', expected 'yes' 9693 and 'no' 2152`."""
    numbers = " and ".join(map(str, found_ids))
    texts = " and ".join(text_of(tokenizer, i) for i in found_ids)
    subject, verb = ("id", "is") if len(found_ids) == 1 else ("ids", "are")
    return f"{subject} {numbers} {verb} {texts}, expected {named(tokenizer, expected_ids)}"
