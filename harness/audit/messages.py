"""Messages of Rust: variants of enums that one function sends and another one matches on."""

from __future__ import annotations

import re
from collections import defaultdict

#: Variants of enums; they are messages where the enum's name says so.
_VARIANT = re.compile(r"\b(?=([A-Z]\w*)::(\w+))")
_MESSAGES = ("Command", "Request", "Message", "Msg", "Job", "Task", "Event", "Op", "Action")
#: What stands behind, or before, a message that is matched on: an arm of Rust, or a `let`.
_ARM, _LET = re.compile(r"\b[^=;]{0,200}?=>"), re.compile(r"\blet\s+$")


def messages_in(text: str) -> dict[str, list[re.Match[str]]]:
    """Messages that a piece of Rust names, and where."""
    found = defaultdict[str, list[re.Match[str]]](list)
    for variant in _VARIANT.finditer(text):
        if variant[1].endswith(_MESSAGES):
            found[f"{variant[1]}::{variant[2]}"].append(variant)
    return found


def received(text: str) -> set[str]:
    """Messages that a piece of Rust matches on."""

    def is_received(at: re.Match[str]) -> bool:
        return bool(_ARM.match(text, at.end(2)) or _LET.search(text, max(0, at.start() - 20), at.start()))

    return {message for message, places in messages_in(text).items() if any(map(is_received, places))}
