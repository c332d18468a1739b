"""The tokenizer that ids and prompts in sources are held against, loaded when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from harness.reference.answers import detect_answers, text_of
from harness.reference.families import Answers, Template

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

    from harness.reference.checkpoint import Checkpoint


class Vocabulary:
    """What a model's tokenizer makes of ids and texts. `open_checkpoint` is called once, when it is first asked."""

    def __init__(self, open_checkpoint: Callable[[], Checkpoint]) -> None:
        self._open = open_checkpoint

    @cached_property
    def checkpoint(self) -> Checkpoint:
        """The model whose tokenizer it is."""
        return self._open()

    @cached_property
    def tokenizer(self) -> PreTrainedTokenizerBase:
        """The tokenizer itself."""
        from harness.reference.loading import load_tokenizer

        return load_tokenizer(self.checkpoint)

    @property
    def answers(self) -> Answers | None:
        """The words that the model answers with; None for a classifier."""
        return self.checkpoint.family.answers

    @property
    def template(self) -> Template | None:
        """The pinned prompt of the model's family, where it has one."""
        return self.checkpoint.family.template

    @cached_property
    def expected(self) -> dict[str, int]:
        """The answers and their ids, the positive one first; empty where they cannot be told."""
        if self.answers is None:
            return {}
        found = detect_answers(self.tokenizer, self.checkpoint.family, self.checkpoint.declared_answers)
        words = (self.answers.positive, self.answers.negative)
        ids = (found.positive, found.negative)
        return {word: token for word, token in zip(words, ids, strict=True) if word is not None and token is not None}

    def text_of(self, token: int) -> str:
        """The quoted text of an id, or words that say there is none."""
        return text_of(self.tokenizer, token)

    def tokens(self, text: str) -> list[str]:
        """The tokens of a text, each as the text that it stands for."""
        ids: Sequence[int] = self.tokenizer.encode(text, add_special_tokens=False)
        return [str(self.tokenizer.decode([i], clean_up_tokenization_spaces=False)) for i in ids]
