"""Regular expressions of rules without Unicode's tables: these make a matcher many times as costly to set up."""

from __future__ import annotations

from typing import Any

#: Classes of characters as ASCII, within brackets and outside of them.
_WITHIN = {"w": "0-9A-Za-z_", "d": "0-9", "s": r"\x20\t\r\n"}
_OUTSIDE = {name: f"[{characters}]" for name, characters in _WITHIN.items()} | {
    "b": r"(?-u:\b)",
    "W": "[^0-9A-Za-z_]",
    "D": "[^0-9]",
    "S": r"[^\x20\t\r\n]",
}


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
