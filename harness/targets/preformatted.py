"""A target that takes prompts, not texts: the pair is put into the model's prompt before it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from harness.core.errors import UsageError
from harness.core.pairs import Pair
from harness.reference.assemble import instruction_of
from harness.reference.families import Template
from harness.targets.protocol import Capabilities, Target

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker


@dataclass(frozen=True)
class PreFormatted:
    """Sends both halves of the prompt as query and document, as callers of a server without a template have to."""

    target: Target
    template: Template

    def __post_init__(self) -> None:
        """UsageError for a template that cannot be cut into a query's half and a document's half."""
        halves(self.template, Pair("", ""))

    @property
    def spec(self) -> str:
        """That of the target."""
        return self.target.spec

    @property
    def capabilities(self) -> Capabilities:
        """Those of the target; the instruction is part of what is sent."""
        return replace(self.target.capabilities, instruction=True, prompt_by_caller=True)

    @property
    def reranker(self) -> Reranker | None:
        """That of the target."""
        return self.target.reranker

    @property
    def server(self) -> Any:
        """That of the target, where it is a server."""
        return getattr(self.target, "server", None)

    def score(self, query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
        """The target's scores of the formatted halves."""
        cut = [halves(self.template, Pair(query, document, instruction)) for document in documents]
        return self.target.score(cut[0][0] if cut else query, [document for _, document in cut], None)


def halves(template: Template, pair: Pair) -> tuple[str, str]:
    """A pair's prompt, cut at the beginning of the document's line; joined they are the prompt.

    A tokenizer that splits at line breaks gives both halves the ids that they have in the whole.
    """
    head, placeholder, tail = template.body.partition("{document}")
    if not placeholder or "{query}" in tail or "{query}" in template.suffix:
        raise UsageError("this family's prompt has the document before the query and cannot be sent as two halves")
    line = head.rfind("\n") + 1
    fields = {"instruction": instruction_of(pair, template), "query": pair.query, "document": pair.document}
    first = template.prefix + head[:line].format_map(fields)
    return first, (head[line:] + placeholder + tail + template.suffix).format_map(fields)
