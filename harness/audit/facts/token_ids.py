"""Fact `token-ids`: words have certain ids in the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from harness.audit.facts.registry import fact, value
from harness.core.errors import UsageError

if TYPE_CHECKING:
    from harness.audit.vocabulary import Vocabulary


@fact("token-ids")
def token_ids(values: Mapping[str, Any], vocabulary: Vocabulary) -> tuple[bool, str]:
    """Each word that is named is the one token of that id."""
    if not values:
        raise UsageError("the fact token-ids takes words and their ids in `with`, such as { yes = 9693 }")
    told, right = [], True
    for word in values:
        id = value(values, word, int, "token-ids")
        ids = vocabulary.tokenizer.encode(word, add_special_tokens=False)
        right &= ids == [id]
        told.append(f"{id} is {vocabulary.text_of(id)}, {word!r} is {' and '.join(map(str, ids))}")
    return right, "; ".join(told)
