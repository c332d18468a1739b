"""Method `declaration`: the answer ids that the checkpoint names itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.reference.answers.evidence import Evidence, in_vocabulary, named
from harness.reference.checkpoint import DeclaredAnswers

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

METHOD = "declaration"


def by_declaration(tokenizer: PreTrainedTokenizerBase, declared: DeclaredAnswers | None) -> Evidence:
    """The declared ids as they are, right or wrong; the detail names their file and their texts."""
    if declared is None:
        return Evidence(METHOD, None, None, "the checkpoint declares no answer tokens")
    ids = [i for i in (declared.positive, declared.negative) if i is not None]
    return Evidence.of(METHOD, ids, f"{declared.source} declares {named(tokenizer, ids)}")


def is_usable(tokenizer: PreTrainedTokenizerBase, evidence: Evidence, *, with_negative: bool) -> bool:
    """Whether a score can be read at these ids: known to the tokenizer, distinct, and as many as the family has."""
    distinct = len(set(evidence.ids)) == len(evidence.ids) == 1 + with_negative
    return distinct and all(in_vocabulary(tokenizer, i) for i in evidence.ids)
