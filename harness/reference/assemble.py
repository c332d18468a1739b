"""Stage `assemble`: instruction, query and document become prompt text."""

from __future__ import annotations

from dataclasses import dataclass

from harness.core.pairs import Pair
from harness.reference.families import Template

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Prompt:
    """Prefix and suffix frame the body and are never truncated; `second` is the other segment of a pair encoding."""

    prefix: str
    body: str
    suffix: str
    second: str | None = None

    @property
    def text(self) -> str:
        """The whole prompt, as it would be sent."""
        return self.prefix + self.body + (self.second or "") + self.suffix


def instruction_of(pair: Pair, template: Template) -> str:
    """The pair's instruction, or the family's default where the pair names none."""
    return template.instruction if pair.instruction is None else pair.instruction


def fill(template: Template, instruction: str, query: str, document: str) -> Prompt:
    """Render the pinned prompt. Braces in the texts are texts: no second substitution takes place."""
    fields = {"instruction": instruction, "query": query, "document": document}
    body, suffix = (part.format_map(fields) for part in (template.body, template.suffix))
    return Prompt(template.prefix, body, suffix)


def assemble_with(template: Template | None, pair: Pair) -> Prompt:
    """The prompt of a pair; without a template, query and document stay two segments and there is no instruction.

    Lone surrogates, which no UTF-8 text can carry, become U+FFFD, as a JSON server makes of them.
    """
    query, document = _valid(pair.query), _valid(pair.document)
    if template is None:
        return Prompt("", query, "", second=document)
    return fill(template, _valid(instruction_of(pair, template)), query, document)


def _valid(text: str) -> str:
    return "".join(REPLACEMENT if "\ud800" <= c <= "\udfff" else c for c in text) if _has_surrogates(text) else text


def _has_surrogates(text: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in text) if not text.isascii() else False
