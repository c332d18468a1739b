"""Stage `encode`: prompt text becomes token ids; only the body is truncated, so that prefix and suffix survive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from tokenizers import Tokenizer as FastTokenizer

from harness.core.errors import UsageError
from harness.reference.assemble import Prompt

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase


@dataclass(frozen=True, slots=True)
class Encoding:
    """Token ids of one prompt; segments are the token type ids of a pair encoding; `truncated` counts lost tokens."""

    ids: tuple[int, ...]
    segments: tuple[int, ...] | None = None
    truncated: int = 0


@dataclass(frozen=True)
class Encoder:
    """Turns prompts into ids with a checkpoint's own tokenizer.

    `control_tokens`: "parse" reads literal control tokens in query and document as the official recipe does;
    "neutralise" encodes them as plain text, so that no text can forge the frame.
    """

    tokenizer: PreTrainedTokenizerBase
    max_length: int
    control_tokens: str = "parse"

    def __call__(self, prompt: Prompt) -> Encoding:
        """Encode one prompt within `max_length` tokens."""
        if prompt.second is not None:
            return self._pair(prompt.body, prompt.second)
        prefix, suffix = self._frame(prompt.prefix), self._frame(prompt.suffix)
        room = self.max_length - len(prefix) - len(suffix)
        if room < 1:
            raise UsageError(
                f"the prompt's frame of {len(prefix) + len(suffix)} tokens leaves no room in {self.max_length}"
            )
        body = self._body(prompt.body)
        return Encoding((*prefix, *body[:room], *suffix), truncated=max(0, len(body) - room))

    def ids(self, text: str) -> list[int]:
        """Ids of a text of our own, control tokens parsed and nothing added at its ends."""
        return list(self.tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"]) if text else []

    @cached_property
    def _frame(self) -> Callable[[str], list[int]]:
        """Ids of a prefix or suffix, which are the same for every pair of a family."""
        return lru_cache(maxsize=64)(self.ids)

    def _body(self, text: str) -> list[int]:
        return self.ids(text) if self.control_tokens == "parse" else list(self._plain.encode(text).ids)

    def _pair(self, query: str, document: str) -> Encoding:
        whole = self.tokenizer(query, document, verbose=False)
        fit = self.tokenizer(query, document, truncation="longest_first", max_length=self.max_length)
        segments: Any = fit.get("token_type_ids")
        lost = len(whole["input_ids"]) - len(fit["input_ids"])
        return Encoding(tuple(fit["input_ids"]), None if segments is None else tuple(segments), lost)

    @cached_property
    def _plain(self) -> FastTokenizer:
        """The same vocabulary without any added token: every text is just text."""
        backend = getattr(self.tokenizer, "backend_tokenizer", None)
        if backend is None:
            raise UsageError("neutralising control tokens needs a fast tokenizer (tokenizer.json)")
        import json

        state = json.loads(backend.to_str())
        return FastTokenizer.from_str(json.dumps({**state, "added_tokens": [], "post_processor": None}))
