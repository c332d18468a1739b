"""A template in source code held against the pinned prompt: which part of it that is, and where it differs."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
    r"(<(Query|Document|Instruct)>: )((?:[^{}<\n]|<(?!\||Query|Document))+|\0[^\0]*\0)(?=\n|<\||$)"
)
#: A value of unknown name right behind a label, however that is written.
_UNNAMED = re.compile(r"(<?(Query|Document|Instruct)>?:\s*)\0[^\0]*\0")
_NAMES = {"Query": "query", "Document": "document", "Instruct": "instruction"}
#: Marks by which a piece of the prompt begins, and those that end it.
_STARTS = ("<|im_start|>system", "Judge whether", "<Instruct>")
_USER = "<|im_start|>user\n"
_LABEL = re.compile(r"<?Document>?: ?")
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

    @classmethod
    def of(cls, template: Template) -> Pinned:
        """The prompt of a family."""
        return cls(template.prefix + template.body + template.suffix, template.instruction, template.suffix)


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


def is_part(text: str, pinned: Pinned) -> bool:
    """Whether a text is a piece of the pinned prompt, values of unknown name standing for anything."""
    pieces = re.split(r"\0[^\0]*\0", text)
    return re.search(r"[^\n]*?".join(map(re.escape, pieces)), pinned.text) is not None


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
