"""Whether code for a device can be reached at all: whether anything in the tree ever chooses that device.

Settings: `chooser` is a regex of the names of functions that choose a device, `chooses` what such a function holds,
`detects` what one holds whose name says only that it chooses, `takes` the name of a parameter by which it is told the
device, and for each language `device`, how the device is written, `asks`, where it is only asked for, `chosen`, how it
is chosen elsewhere, and `told`, how somebody outside says which device to use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from harness.audit.judges.registry import Case, Judged, judge
from harness.audit.nodes import of_kinds

if TYPE_CHECKING:
    from harness.audit.source import Function
    from harness.audit.tree import Tree

_TEST = re.compile(r"(^|/)(tests?|benches|benchmarks?|examples?)/|(^|/)(test_[^/]*|[^/]*_tests?\.\w+|conftest\.py)$")
#: Names that functions which choose a device may have, with the device's name in them and without.
_CALLED = re.compile(r"\b\w*(?:[Dd]evice|[Aa]ccelerator|[Bb]ackend|detect|pick|choose|select|probe)\w*(?=\s*[(<])")
_DETECTS = re.compile(r"_*(auto_?)?(detect|pick|choose|select|probe)(_\w+)?")
_REFUSES = re.compile(r"\b(raise|throw|bail!|panic!|Err\(|abort)")
#: What was found of a tree, by language and settings.
_KNOWN: WeakKeyDictionary[Tree, dict[tuple[str, str], list[Function]]] = WeakKeyDictionary()


@judge("unreachable-device")
def unreachable_device(case: Case) -> Iterator[Judged]:
    """Keep everything, with the functions that choose a device as evidence, where none of them chooses that one."""
    language = case.matches[0].source.language.name
    known = _KNOWN.setdefault(case.tree, {})
    key = language, repr(case.settings)
    if key not in known:
        known[key] = _others(case, language)
    choosers = known[key]
    if not choosers or _TEST.search(case.matches[0].place.path):
        return
    places = ", ".join(f"{f.symbol} ({f.path}:{case.tree.source(f.path).line_of(f.start)})" for f in choosers)
    yield Judged(tuple(case.matches), evidence=f"devices are chosen by {places}")


def _others(case: Case, language: str) -> list[Function]:
    """The functions that choose a device, where nothing chooses the one in question."""
    choosers = [f for f in _choosers(case.tree, language, case.settings) if not _TEST.search(f.path)]
    return [] if _is_chosen(case, language, choosers) else choosers


def _is_chosen(case: Case, language: str, choosers: list[Function]) -> bool:
    regexes = case.settings[language]
    device, chosen, told = (re.compile(regexes[key]) for key in ("device", "chosen", "told"))
    asks = re.compile(regexes.get("asks", "$^"))
    if any(device.search(asks.sub("", _code(case.tree, f))) or _is_told(case.tree, f, case.settings) for f in choosers):
        return True
    texts = (f for f in case.tree.files.values() if f.language.name == language and not _TEST.search(f.path))
    return any(chosen.search(file.text) or told.search(file.text) for file in texts)


def _choosers(tree: Tree, language: str, settings: Mapping[str, Any]) -> Iterator[Function]:
    """Functions of the language that choose a device, by their names and by what they hold."""
    name, holds, both = (re.compile(settings.get(key, "$^")) for key in ("chooser", "chooses", "detects"))
    texts = (file.text for file in tree.files.values() if file.language.name == language)
    called = {found for text in texts for found in _CALLED.findall(text)}
    for function_name in sorted(called):
        regex = holds if name.fullmatch(function_name) else both if _DETECTS.fullmatch(function_name) else None
        if regex is not None:
            yield from (f for f in tree.functions(language, function_name) if regex.search(_code(tree, f)))


def _is_told(tree: Tree, function: Function, settings: Mapping[str, Any]) -> bool:
    """Whether a function is told the device by who calls it."""
    parameters, _, body = _code(tree, function).partition("(")[2].partition(")")
    words = re.findall(r"\w+(?=\s*[,:=]|\s*$)", parameters)
    told = [word for word in words if re.match(settings["takes"], word, re.IGNORECASE)]
    return any(not _REFUSES.search(body) or _is_passed(word, body) for word in told)


def _is_passed(name: str, body: str) -> bool:
    """Whether a parameter is handed on, rather than only compared with what is known."""
    calls = r"(?<!\w)(?!(?:if|match|while|switch|not|in|str|\w+Error|\w+_error)\b)\w+\("
    handed = rf"{calls}[^()\"']*\b{name}\b(?!\s*[=!]=)|return\s+{name}\b"
    taken = rf"\b{name}\.(\w*unwrap\w*|clone|value\w*)\b|\b{name}\s+or\b"
    return re.search(f"{handed}|{taken}", body) is not None


def _code(tree: Tree, function: Function) -> str:
    """The text of a function without its comments."""
    source = tree.source(function.path)
    comments = of_kinds(source.root, source.language.comments)
    text = source.text[function.start : function.end]
    for at in sorted((c.range() for c in comments), key=lambda at: -at.start.index):
        if function.start <= at.start.index and at.end.index <= function.end:
            text = text[: at.start.index - function.start] + text[at.end.index - function.start :]
    return text
