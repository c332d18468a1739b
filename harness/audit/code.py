"""Code as text: what is said to people only left out."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from harness.audit.nodes import find, of_kinds, span

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    from harness.audit.languages import Language
    from harness.audit.source import Source

#: A text that nothing is done with: Python's way to document.
_DOCUMENTATION = {"rule": {"kind": "expression_statement", "has": {"kind": "string"}}}


def code(node: SgNode, language: Language) -> str:
    """The text of a node without comments and documentation."""
    left_out = of_kinds(node, language.comments)
    if language.name == "python":
        left_out += find(node, _DOCUMENTATION)
    text, offset = node.text(), span(node)[0]
    for start, end in sorted(map(span, left_out), reverse=True):
        text = text[: start - offset] + text[end - offset :]
    return text


@lru_cache(maxsize=64)
def whole_code(source: Source) -> str:
    """The text of a file without comments and documentation."""
    return code(source.root, source.language)
