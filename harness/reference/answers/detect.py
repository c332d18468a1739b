"""Which token ids a family's answers are in a checkpoint: independent methods, one result, every dissent named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.core.errors import UsageError
from harness.reference.answers.context import by_context
from harness.reference.answers.declaration import by_declaration, is_usable
from harness.reference.answers.evidence import Evidence, named, words
from harness.reference.answers.lookalikes import by_lookalikes
from harness.reference.answers.mass import NextToken, by_mass
from harness.reference.answers.vocabulary import by_vocabulary
from harness.reference.checkpoint import DeclaredAnswers
from harness.reference.families import Answers, Family

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase


@dataclass(frozen=True, slots=True)
class Detection:
    """The answer ids, what each method found, and one line for each method that says otherwise."""

    positive: int
    negative: int | None
    evidence: tuple[Evidence, ...]
    disagreements: tuple[str, ...]

    @property
    def method(self) -> str:
        """The most trusted method that names these ids."""
        return next(e.method for e in self.evidence if (e.positive, e.negative) == (self.positive, self.negative))


def detect_answers(
    tokenizer: PreTrainedTokenizerBase,
    family: Family,
    declared: DeclaredAnswers | None = None,
    next_token: NextToken | None = None,
) -> Detection:
    """Find the ids of a family's answers in a tokenizer.

    Context decides, since that is where the model is read; where it finds nothing the checkpoint's declaration does.
    A vocabulary entry that the tokenizer does not produce behind the prompt is evidence but never decides. `next_token`
    adds the evidence of the weights. UsageError names what was tried and what each method found.
    """
    answers = family.answers
    if answers is None:
        raise UsageError(f"family {family.id!r} has no answer tokens: its score comes from a classifier's label")
    context, declaration = by_context(tokenizer, family), by_declaration(tokenizer, declared)
    votes = [context, declaration, by_vocabulary(tokenizer, answers)]
    winner = next((e for e in votes[:2] if is_usable(tokenizer, e, with_negative=answers.negative is not None)), None)
    if winner is None or winner.positive is None:
        raise UsageError(_nothing_found(family, answers, votes))
    if next_token is not None:
        votes.append(by_mass(tokenizer, family, answers, winner, next_token))
    evidence = (*votes, by_lookalikes(tokenizer, answers, winner, votes))
    return Detection(winner.positive, winner.negative, evidence, _disagreements(tokenizer, winner, evidence))


def _disagreements(
    tokenizer: PreTrainedTokenizerBase, winner: Evidence, evidence: tuple[Evidence, ...]
) -> tuple[str, ...]:
    return tuple(
        f"{e.method} says {named(tokenizer, e.ids)}, expected {named(tokenizer, winner.ids)}"
        for e in evidence
        if e.ids and e.ids != winner.ids
    )


def _nothing_found(family: Family, answers: Answers, tried: list[Evidence]) -> str:
    wanted = " and ".join(map(repr, words(answers)))
    found = "; ".join(f"{e.method}: {e.detail}" for e in tried)
    return (
        f"no token ids for the answers {wanted} of family {family.id!r} ({found}); "
        "name them as true_token_id and false_token_id in config.json, or check that the tokenizer is the family's own"
    )
