"""Names in a file: where they stand, what gives them there, what they belong to, and what they stand on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from harness.audit.nodes import Span, find, span
from harness.audit.source import Source
from harness.audit.tree import Tree, types

if TYPE_CHECKING:
    from ast_grep_py import SgNode

#: Kinds that give a name, as regexes, by the field of the name; without a field, any child is one.
_GIVES = {
    "name": r"\w+_(item|definition|specifier|def)|(alias|field)_declaration|enum\w+|associated_type|named_expression"
    r"|\w*default_parameter|keyword_argument|type_parameter|import_statement", "module_name": r"\w+",
    "field": "field_initializer",
    "declarator": r"(?!\w+_declarator$)\w+", "left": r"assignment|for_\w+", "pattern": r"\w+", "alias": r"\w+",
    "": r"(closure_|lambda_)?parameters|as_pattern_target|friend_\w+|\w+al_statement|type_parameter_declaration",
}  # fmt: skip
#: Kinds that may stand between a name and what gives it, likewise.
_BETWEEN = {
    "": r"(?!struct_)\w+_pattern|pattern_list|dotted_name|relative_import|typed_parameter|(ref|par|str)\w+_declarator",
    "declarator": r"\w+_declarator", "name": "aliased_import|qualified_identifier|template_type",
}  # fmt: skip
IMPORTS = ("import_statement", "import_from_statement", "use_declaration", "using_declaration")
#: What a name stands on: a word, else the last character of an expression.
_STANDS_ON = re.compile(r"(super\(\)|\w+|\S)(?:(?:::)?<[^<>]*>)?(?:\s*\n\s*)?((?<!\.)\.|->|::)\s*$")


def names_in(name: str, source: Source) -> list[SgNode]:
    """Every place where a file names something."""
    kinds = [{"kind": kind} for kind in source.language.names]
    macros = [{"kind": "preproc_arg", "regex": rf"\b{name}\b"}] if source.language.name == "cpp" else []
    rules = [{"any": kinds, "regex": f"^{name}$"}, *macros]
    return find(source.root, {"rule": {"any": rules}}) if name.isidentifier() else []


def giver_of(name: SgNode) -> SgNode | None:
    """What gives something its name there: a definition, an assignment, a parameter; None where the name is used."""
    below = span(name)
    for node in name.ancestors():
        if _stands_at(below, node, _GIVES):
            # a capital in a pattern of Rust says what is compared with, `struct Model model` what is known
            compared = name.text()[0].isupper() and node.field("pattern") is not None
            behind = node.next() if node.kind().endswith("_specifier") and node.field("body") is None else None
            return None if compared or (behind is not None and behind.kind() != ";") else node
        if not _stands_at(below, node, _BETWEEN):
            break
        below = span(node)
    return None


def _stands_at(at: Span, above: SgNode, fields: dict[str, str]) -> bool:
    held = (kinds for field, kinds in fields.items() if not field or at in map(span, above.field_children(field)))
    return any(re.fullmatch(kinds, above.kind()) for kinds in held)


def owners_of(node: SgNode, source: Source) -> list[tuple[str, ...]]:
    """The names of what something belongs to, outermost first; C++ may write them before its own."""
    language = source.language
    kinds = (*language.owners, *language.functions, "enum_item", "enum_specifier")
    names = [language.name_of(n) for n in reversed(node.ancestors()) if n.kind() in kinds and n.field("body")]
    scope = language.name_of(node).rpartition("::")[0]
    plain = (re.sub(r"(?<=\w)<.*>", "", name) for name in (*names, "" if " " in scope else scope))
    return [types(part) for name in plain for part in ([name] if name[:1] == "<" else name.split("::")) if part]


def first_around(node: SgNode, kinds: Iterable[str]) -> SgNode | None:
    """The innermost node of one of some kinds that something stands in."""
    return next((n for n in node.ancestors() if n.kind() in kinds), None)


def stood_on(node: SgNode, file: Source, tree: Tree) -> tuple[str, str, set[str]]:
    """What a name stands on (of an import the module), the sign between them, and the types that this may be of."""
    listed = first_around(node, ("import_from_statement", "scoped_use_list"))
    module = None if listed is None else listed.field("module_name") or listed.field("path")
    before = file.text[: span(node)[0]][-200:]
    found = _STANDS_ON.search(before) or (_STANDS_ON.search(f"{module.text()}::") if module else None)
    (on, by), language, function = found.groups() if found else ("", ""), file.language, file.function_at(node)
    here = file.text if function is None else file.text[function.start : function.end]
    of_type = rf"\b{re.escape(on)}\s*[:=][^,;)\n]*\b{{0}}\b|\b{{0}}[\s&*]+{re.escape(on)}\b"
    words = {on, *(word for word in file.declared(on) if re.search(of_type.format(word), here))}
    if on in language.own_names or (not on and (language.name == "cpp" or function is None)):
        words = set(types(function.owner) if function else sum(owners_of(node, file)[-1:], ()))
    return on, by, {type for word in words - {""} for type in tree.kin(language.name, word)}
