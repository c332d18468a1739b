"""A template in source code held against the pinned prompt: which part of it that is, and where it differs."""

from __future__ import annotations

import difflib
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from harness.audit.languages import Literal, Slot
from harness.reference.families import Template

#: How slots are told which value of a pair they take.
_FIELDS = (
    ("query", re.compile(r"query|question", re.I)),
    ("instruction", re.compile(r"instr|task", re.I)),
    ("document", re.compile(r"doc|passage|text|content|candidate", re.I)),
)
#: A value that is written out (in a test, say) or of an unknown name, between a label and the end of its field.
_WRITTEN_OUT = re.compile(
    r"(<(Query|Document|Instruct)>: )((?:[^{}<\n]|<(?!\||Query|Document|Instruct))+|\0[^\0]*\0)(?=\n|<\||$)"
)
#: A value of unknown name right behind a label, however that is written.
_UNNAMED = re.compile(r"(<?\b(Query|Document|Instruct)(?:>:?|:)\s*)\0[^\0]*\0")
_NAMES = {"Query": "query", "Document": "document", "Instruct": "instruction"}
#: Marks by which a piece of the prompt begins, and those that end it.
_STARTS = ("<|im_start|>system", "Judge whether", "<Instruct>")
_USER = "<|im_start|>user\n"
_LABEL = re.compile(r"<?Document>?: ?")
_SYSTEM = re.compile(r"system\n(.*?)<\|im_end\|>", re.S)
#: Words and marks, and what stands between them.
WORDS = re.compile(r"</?\|?\w+\|?>|\w+|\W")
#: How alike a text and a piece of the prompt are, in words, where the one is meant to be the other.
ALIKE = 0.8
#: Tokens around a difference that are shown with it.
AROUND = 3
#: Tokens of one difference that are shown.
MOST = 30


@dataclass(frozen=True, slots=True)
class Pinned:
    """The pinned prompt as one text, with `{query}`, `{document}` and `{instruction}` for the values."""

    text: str
    instruction: str
    suffix: str
    pieces: tuple[str, ...]
    """In which it is written down, the largest first."""

    @classmethod
    def of(cls, template: Template) -> Pinned:
        """The prompt of a family."""
        prefix, body, suffix = template.prefix, template.body, template.suffix
        system = _SYSTEM.search(prefix)
        pieces = (
            prefix + body + suffix,
            prefix + body,
            prefix,
            system[1] if system else "",
            body + suffix,
            body,
            suffix,
        )
        return cls(prefix + body + suffix, template.instruction, suffix, pieces)


def as_text(literal: Literal, pinned: Pinned) -> str:
    """A text of a program with its values named as those of the pinned prompt; another one stays between zeros."""
    told = "".join(piece if isinstance(piece, str) else _field(piece) for piece in literal.pieces)
    # what stands before it may be a stream, or another part of the prompt
    text = re.sub(r"^(\0[^\0]*\0)+", "", told)
    text = text.replace(f"<Instruct>: {pinned.instruction}", "<Instruct>: {instruction}")
    text = _UNNAMED.sub(lambda found: f"{found[1]}{{{_NAMES[found[2]]}}}", text)
    return _WRITTEN_OUT.sub(lambda found: _named(found, pinned), text)


def _field(slot: Slot) -> str:
    known = next((name for name, pattern in _FIELDS if pattern.search(slot.name)), None)
    return f"{{{known}}}" if known else f"\0{slot.name}\0"


def _named(found: re.Match[str], pinned: Pinned) -> str:
    """The field for a value that is written out, but for an instruction that is nearly the pinned one."""
    if found[2] == "Instruct" and difflib.SequenceMatcher(None, found[3], pinned.instruction).ratio() > 0.8:
        return found[0]
    return f"{found[1]}{{{_NAMES[found[2]]}}}"


def place_in(text: str, pinned: Pinned) -> tuple[int, int] | None:
    """Where in the pinned prompt a text is a piece of it, values of unknown name standing for anything on a line."""
    whole = pinned.text
    first, *others = re.split(r"(?:\0[^\0]*\0)+", text)
    # where what was read so far ends, and where it begins
    found = {at + len(first): at for at in _places(first, whole)}
    for piece in others:
        ends, last = sorted(found), found
        found = {}
        for at in _places(piece, whole):
            before = bisect_right(ends, at) - 1
            if before >= 0 and "\n" not in whole[ends[before] : at]:
                found.setdefault(at + len(piece), last[ends[before]])
    end = min(found, default=None)
    return None if end is None else (found[end], end)


def _places(piece: str, whole: str) -> list[int]:
    return [at for at in range(len(whole) - len(piece) + 1) if whole.startswith(piece, at)]


def nearly(text: str, pinned: Pinned) -> str | None:
    """The piece of the pinned prompt that a text is but for a few words."""
    words = WORDS.findall(text)
    for piece in pinned.pieces:
        if 2 * min(len(text), len(piece)) > ALIKE * (len(text) + len(piece)):
            alike = difflib.SequenceMatcher(None, words, WORDS.findall(piece), autojunk=False)
            if alike.quick_ratio() >= ALIKE and alike.ratio() >= ALIKE:
                return piece
    return None


def counterpart(text: str, pinned: Pinned) -> str:
    """The piece of the pinned prompt that a text stands for, from its first mark to its last."""
    whole = pinned.text
    first = next((mark for mark in _STARTS if mark in text), None)
    begin = whole.find(first) if first else 0
    if text.lstrip().startswith("<|im_end|>"):
        begin = whole.rfind(pinned.suffix)
    if "assistant" in text or "<think>" in text:
        return whole[begin:]
    if "{document}" in text or _LABEL.search(text):
        return whole[begin : whole.rfind("{document}") + len("{document}")]
    if "user" in text:
        return whole[begin : whole.find(_USER) + len(_USER)]
    return whole[begin : whole.find("<|im_end|>", begin)]


def differences(found: str, expected: str, tokens: Callable[[str], list[str]]) -> str:
    """Token by token how `found` differs from `expected`: a line for what is missing (-) and what is too much (+)."""
    ours, theirs = _tokens(found, tokens), _tokens(expected, tokens)
    lines = []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        before = _shown(theirs[max(0, i - AROUND) : i])
        lines.append(f"behind {before or 'the beginning'}:")
        lines += [f"  - {_shown(theirs[i:j])}"] if i < j else []
        lines += [f"  + {_shown(ours[k:m])}"] if k < m else []
    return "\n".join(lines)


@lru_cache(maxsize=64)
def _tokens(text: str, tokens: Callable[[str], list[str]]) -> list[str]:
    """The tokens of a text; a place for a value is one of its own."""
    parts = re.split(r"(\{(?:query|document|instruction)\}|\0[^\0]*\0)", text)
    found: list[str] = []
    for n, part in enumerate(parts):
        if n % 2:
            found.append("{" + part.strip("{}\0") + "}")
        elif part:
            found += tokens(part)
    return found


def _shown(tokens: Sequence[str]) -> str:
    shown = " ".join(map(repr, tokens[:MOST]))
    return shown if len(tokens) <= MOST else f"{shown} and {len(tokens) - MOST} more tokens"
