"""Whether what a program finds out is only said to people, so that nothing depends on it."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from harness.audit.nodes import holds, of_kinds, span
from harness.audit.values.given import sides

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    from harness.audit.languages import Language

#: Functions that say something to whoever reads logs or runs tests.
_TELLS = re.compile(
    r"(?i)\blog(ger|ging)?(\.|::)|^(tracing|spdlog|console|st|span|warnings)(\.|::)|LOG_|metric|"
    r"^_?(f?print\w*|eprintln|trace|debug|info|warn\w*|error|event|echo|log|assert\w*|expect_\w+|check|require|"
    r"torch_(warn|check))$|skipif$"
)
#: C++'s streams that do.
_STREAM = re.compile(r"^(std::)?(cerr|cout|clog)\b|^LOG\(")
#: Functions and variables that are for a page, by their names.
_SHOWS = re.compile(
    r"(?i)display|badge|icon|label$|title|pretty|descri|banner|colou?r$|emoji|caption|(^|_)(log|print|show|warn|help)(_|$)"
)
_STATEMENTS = ("block", "compound_statement")
_BRANCHES = ("if_statement", "if_expression")


def is_only_told(node: SgNode, language: Language) -> bool:
    """Whether a value is said at once, or put into a variable that is only said, or stands in what makes a page."""
    function = next((n for n in node.ancestors() if n.kind() in language.functions), None)
    if function is None:
        return _is_said(node, language)
    if _SHOWS.search(language.name_of(function)) or _is_said(node, language):
        return True
    given = next((n for n in _around(node, language) if n.kind() in language.gives), None)
    name = None if given is None else sides(given, language)[0]
    return name is not None and (_SHOWS.search(name.text()) is not None or _is_variable_said(name, function, language))


def _around(node: SgNode, language: Language) -> list[SgNode]:
    """What a node stands in, up to its statement."""
    return list(takewhile(lambda n: n.kind() not in (*_STATEMENTS, *language.functions), node.ancestors()))


def _is_said(node: SgNode, language: Language) -> bool:
    """Whether a node is given to what says it, or decides only whether something is said."""
    return any(_says(n) or (n.kind() in _BRANCHES and _only_says(n, language)) for n in _around(node, language))


def _says(node: SgNode) -> bool:
    called = node.field("function") or node.field("macro")
    if called is not None:
        return _TELLS.search(called.text()) is not None
    kind = node.kind()
    return kind == "assert_statement" or (kind == "binary_expression" and _STREAM.search(node.text()) is not None)


def _only_says(branch: SgNode, language: Language) -> bool:
    """Whether all that an `if` does is to say something."""
    done = branch.field("consequence")
    if done is None or branch.field("alternative") is not None:
        return False
    statements = done.named_children() if done.kind() in _STATEMENTS else [done]
    telling = [s for s in statements if s.kind() not in (*language.comments, "pass_statement")]
    return all(_says(s.named_children()[0] if s.kind() == "expression_statement" else s) for s in telling)


def _is_variable_said(name: SgNode, function: SgNode, language: Language) -> bool:
    """Whether a variable is said wherever its function uses it."""
    if name.kind() not in ("identifier", "pointer_declarator"):
        return False
    called, names = name.text().lstrip("*& "), set[tuple[int, int]]()
    uses = [n for n in of_kinds(function, language.names) if n.text() == called]
    for given in of_kinds(function, language.gives):
        if (left := sides(given, language)[0]) is not None and left.text().lstrip("*& ") == called:
            names.add(span(left))
    return all(_is_said(use, language) for use in uses if not any(holds(at, span(use)) for at in names))
