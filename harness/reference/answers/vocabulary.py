"""Method `vocabulary`: the answers looked up as entries of the vocabulary, bare and with a leading space.

Byte-level vocabularies spell bytes as letters and a leading space as "Ġ"; SentencePiece spells it as "▁". At the start
of the assistant's turn, after a line break, the bare form is the right one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tokenizers.pre_tokenizers import ByteLevel

from harness.reference.answers.evidence import Evidence, words
from harness.reference.families import Answers

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

METHOD = "vocabulary"
SENTENCEPIECE_SPACE = "▁"


def forms(tokenizer: PreTrainedTokenizerBase, word: str) -> dict[str, int]:
    """The spellings of a word that are entries of the vocabulary, with their ids; the bare word comes first."""
    spellings = dict.fromkeys((word, _byte_level(word), _byte_level(" " + word), SENTENCEPIECE_SPACE + word))
    ids = {spelling: token_id(tokenizer, spelling) for spelling in spellings}
    return {spelling: token for spelling, token in ids.items() if token is not None}


def token_id(tokenizer: PreTrainedTokenizerBase, entry: str) -> int | None:
    """The id of a vocabulary entry, None where there is none (and never the unknown token's id)."""
    found = tokenizer.convert_tokens_to_ids(entry)
    return found if isinstance(found, int) and tokenizer.convert_ids_to_tokens(found) == entry else None


def by_vocabulary(tokenizer: PreTrainedTokenizerBase, answers: Answers) -> Evidence:
    """The bare answers' ids where all of them are entries; the detail lists every form that exists."""
    found = {word: forms(tokenizer, word) for word in words(answers)}
    detail = "; ".join(f"{word!r}: {_listed(entries)}" for word, entries in found.items())
    bare = [entries[form] for word, entries in found.items() if (form := _bare(word, entries)) is not None]
    return Evidence.of(METHOD, bare, detail) if len(bare) == len(found) else Evidence(METHOD, None, None, detail)


def _bare(word: str, entries: dict[str, int]) -> str | None:
    return next((form for form in (word, _byte_level(word)) if form in entries), None)


def _listed(entries: dict[str, int]) -> str:
    return ", ".join(f"{entry} {token}" for entry, token in entries.items()) or "not in the vocabulary"


def _byte_level(text: str) -> str:
    pieces = ByteLevel(add_prefix_space=False, use_regex=False).pre_tokenize_str(text)
    return "".join(piece for piece, _ in pieces)
