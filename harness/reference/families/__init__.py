"""Model families as data: one TOML file each, with template, answer tokens, maximum length and padding side."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from harness.core.errors import UsageError


@dataclass(frozen=True, slots=True)
class Template:
    """A pinned prompt: `body` names {instruction}, {query} and {document}; prefix and suffix are never truncated."""

    prefix: str
    body: str
    suffix: str
    instruction: str


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers as text. Without a negative answer the score is the sigmoid of the positive logit alone."""

    positive: str
    negative: str | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """What a family of rerankers has in common. No template: query and document are encoded as a pair of segments."""

    id: str
    title: str
    sources: tuple[str, ...]
    model_types: tuple[str, ...]
    max_length: int
    padding_side: str
    template: Template | None
    answers: Answers | None

    @property
    def takes_instruction(self) -> bool:
        """Whether the prompt has a place for an instruction."""
        return self.template is not None and "{instruction}" in self.template.body + self.template.suffix


@cache
def families() -> tuple[Family, ...]:
    """All families, specific ones before the one that takes any model type."""
    folder = files(__name__)
    found = [_parse(f.read_text(encoding="utf-8")) for f in folder.iterdir() if f.name.endswith(".toml")]
    return tuple(sorted(found, key=lambda family: ("*" in family.model_types, family.id)))


def family(family_id: str) -> Family:
    """The family of that id; UsageError names the ones there are."""
    for candidate in families():
        if candidate.id == family_id:
            return candidate
    known = ", ".join(f.id for f in families())
    raise UsageError(f"no model family {family_id!r}; known families: {known}")


def _parse(text: str) -> Family:
    data = tomllib.loads(text)
    return Family(
        id=data["id"],
        title=data["title"],
        sources=tuple(data["sources"]),
        model_types=tuple(data["model_types"]),
        max_length=data["max_length"],
        padding_side=data["padding_side"],
        template=Template(**data["template"]) if "template" in data else None,
        answers=Answers(**data["answers"]) if "answers" in data else None,
    )
