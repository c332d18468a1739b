"""Method `context`: the answers encoded where the model gives them, right behind the family's real suffix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.reference.answers.evidence import Evidence, named, words
from harness.reference.assemble import fill
from harness.reference.families import Family, Template

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

METHOD = "context"


def by_context(tokenizer: PreTrainedTokenizerBase, family: Family) -> Evidence:
    """Each answer must be exactly one known token behind the suffix and decode to itself; the two must differ."""
    if family.answers is None:
        return Evidence(METHOD, None, None, "the family has no answers")
    found = [_behind_suffix(tokenizer, _suffix(family.template), word) for word in words(family.answers)]
    faults = [fault for token, fault in found if token is None]
    ids = [token for token, _ in found if token is not None]
    if not faults and len(set(ids)) < len(ids):
        faults = [f"both answers become token {ids[0]}"]
    if faults:
        return Evidence(METHOD, None, None, "; ".join(faults))
    return Evidence.of(METHOD, ids, f"behind the suffix the answers become {named(tokenizer, ids)}")


def _suffix(template: Template | None) -> str:
    return "" if template is None else fill(template, template.instruction, "", "").suffix


def _behind_suffix(tokenizer: PreTrainedTokenizerBase, suffix: str, answer: str) -> tuple[int | None, str]:
    """The answer's one id, or None and why there is none."""
    before, after = (_ids(tokenizer, text) for text in (suffix, suffix + answer))
    if after[: len(before)] != before:
        return None, f"{answer!r} merges with the end of the prompt"
    added = after[len(before) :]
    if len(added) != 1:
        pieces = ", ".join(repr(tokenizer.decode([i])) for i in added)
        return None, f"{answer!r} becomes {len(added)} tokens ({pieces})"
    if added[0] == tokenizer.unk_token_id:
        return None, f"{answer!r} becomes the unknown token {added[0]}"
    decoded = tokenizer.decode(added, clean_up_tokenization_spaces=False)
    return (added[0], "") if decoded == answer else (None, f"{answer!r} comes back as {decoded!r}")


def _ids(tokenizer: PreTrainedTokenizerBase, text: str) -> list[int]:
    return list(tokenizer(text, add_special_tokens=False)["input_ids"]) if text else []
