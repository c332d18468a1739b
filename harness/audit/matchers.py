"""Matchers as rules write them, made ready for ast-grep: with the utilities that they name, and without the tables of
Unicode in regular expressions, which make a matcher many times as costly to set up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

#: What a matcher consists of.
PARTS = ("rule", "constraints", "utils")
#: Classes of characters as ASCII, within brackets and outside of them.
_WITHIN = {"w": "0-9A-Za-z_", "d": "0-9", "s": r"\x20\t\r\n"}
_OUTSIDE = {name: f"[{characters}]" for name, characters in _WITHIN.items()} | {
    "b": r"(?-u:\b)",
    "W": "[^0-9A-Za-z_]",
    "D": "[^0-9]",
    "S": r"[^\x20\t\r\n]",
}


def ready(matcher: Mapping[str, Any], utilities: Mapping[str, Any]) -> dict[str, Any]:
    """A matcher with those of some `utilities` that it names, and that these name in turn; its own come first."""
    known = {**utilities, **matcher.get("utils", {})}
    parts = {key: matcher[key] for key in PARTS if key in matcher and key != "utils"}
    used, waiting = dict[str, Any](), list(_named(parts))
    while waiting:
        name = waiting.pop()
        if name in known and name not in used:
            used[name] = known[name]
            waiting += _named(known[name])
    return dict(as_ascii({**parts, "utils": used} if used else parts))


def _named(matcher: Any) -> Iterator[str]:
    """Utilities that a part of a matcher names."""
    for key, value in matcher.items() if isinstance(matcher, Mapping) else ():
        if key == "matches" and isinstance(value, str):
            yield value
        yield from _named(value)
    for value in matcher if isinstance(matcher, list) else ():
        yield from _named(value)


def as_ascii(matcher: Any) -> Any:
    """A matcher whose every `regex` is about ASCII, as names and keywords are; other text is matched as it stands."""
    if isinstance(matcher, dict):
        return {key: _plain(value) if key == "regex" else as_ascii(value) for key, value in matcher.items()}
    return [as_ascii(part) for part in matcher] if isinstance(matcher, list) else matcher


def _plain(regex: Any) -> Any:
    if not isinstance(regex, str):
        return regex
    told, within, characters = [], False, iter(regex)
    for character in characters:
        if character == "\\":
            escaped = next(characters, "")
            told.append((_WITHIN if within else _OUTSIDE).get(escaped, "\\" + escaped))
            continue
        within = character != "]" if within else character == "["
        told.append(character)
    return "".join(told)
