"""A family's prompt as a chat template, for servers that take it in that form."""

from __future__ import annotations

import json
from pathlib import Path

from harness.core.errors import UsageError
from harness.reference.checkpoint import open_checkpoint
from harness.reference.families import Template


def as_chat_template(folder: Path) -> str:
    """Jinja for messages of the roles "query" and "document" and a variable `instruction`, as vLLM hands them over.

    UsageError for a checkpoint whose family has no prompt.
    """
    template = open_checkpoint(folder).family.template
    if template is None:
        raise UsageError(f"{folder}: this family has no prompt to make a chat template of")
    return (
        '{%- set given = namespace(query="", document="") -%}\n'
        "{%- for message in messages -%}\n"
        '{%- if message["role"] == "query" -%}{%- set given.query = message["content"] -%}{%- endif -%}\n'
        '{%- if message["role"] == "document" -%}{%- set given.document = message["content"] -%}{%- endif -%}\n'
        "{%- endfor -%}\n"
        "{%- if instruction is not defined or instruction is none -%}\n"
        f"{{%- set instruction = {json.dumps(template.instruction)} -%}}\n"
        "{%- endif -%}\n"
        f"{{{{- {_expression(template)} -}}}}"
    )


def _expression(template: Template) -> str:
    """The prompt as one expression, so that no engine trims a line break that a template's text would end with."""
    text = template.prefix + template.body + template.suffix
    parts = [text]
    for field, value in (("instruction", "instruction"), ("query", "given.query"), ("document", "given.document")):
        parts = [piece for part in parts for piece in _cut(part, "{" + field + "}", "\0" + value)]
    return " ~ ".join(part[1:] if part.startswith("\0") else json.dumps(part) for part in parts if part)


def _cut(part: str, placeholder: str, value: str) -> list[str]:
    if part.startswith("\0"):
        return [part]
    pieces = part.split(placeholder)
    return [item for n, piece in enumerate(pieces) for item in ([value] if n else []) + [piece]]
