"""Judge `prompt`: whether a template is the pinned prompt of the model's family, or a piece of it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from harness.audit.judges.registry import Case, Judged, judge
from harness.audit.languages import Literal, Slot
from harness.audit.matching import Match
from harness.audit.prompts import WORDS, Pinned, as_text, counterpart, differences, nearly, place_in
from harness.audit.source import Source
from harness.audit.texts import composed, is_streamed, outermost, resolved

if TYPE_CHECKING:
    from ast_grep_py import SgNode

#: What shows that a text is meant for this model: its system message, or the labels of its fields.
_OURS = re.compile(r"Judge whether the [Dd]ocument|<Instruct>|<Document>")
_PLAIN = re.compile(r"Instruct(ion)?: ")
#: What shows that a file is about this model, however much its texts differ from the prompt.
_ABOUT = re.compile(r"<Instruct>|<Document>|Judge whether the [Dd]ocument|Query and the Instruct")
#: How a template begins; a longer text in which one is quoted is none.
_BEGINS = re.compile(r"\s{0,2}(<\|im_start\|>|<\|im_end\|>|system\n|Judge |<?Instruct|<Query>|<Document>|[{\0])")
#: A template language's own, that no comparison of texts can follow.
_JINJA = re.compile(r"\{%|\{\{[^{}]*[(|]")
_SUFFIX = re.compile(r"\s*(<\|im_end\|>\s*)?<\|im_start\|>assistant")
#: What a text that writes such marks may leave to another one before it, and how a file looks that has that one.
_BEFORE = {
    "<|im_start|>": re.compile(r"<\|im_start\|>(?!system|user|assistant)"),
    "<|im_end|>": re.compile(r"<\|im_end\|>(?!\\n|\n)"),
    "<|im_start|>system\n": re.compile(r"<\|im_start\|>(?!user|assistant)"),
}
#: How a file looks in which a text may begin with the end of a line.
_NEWLINE = re.compile(r"""["']\\n|("{3}|'{3}|R"\w*\(|\br#*")\n|\bwriteln!|\bendl\b""")
_EMPTY = re.compile(r"(std::)?string\s*(\(\)|\{\})|String::new\(\)")
_THINK = re.compile("<think>")
#: Characters of the longest text that may be a prompt.
LONGEST = 20_000


@judge("prompt")
def prompt(case: Case) -> Iterator[Judged]:
    """Texts that belong to the pinned prompt and are no piece of it, with the difference token by token."""
    template = case.vocabulary.template
    if template is None:
        return
    pinned = Pinned.of(template)
    for match, text, is_first in _texts(case, pinned):
        expected = _expected(text, match.source, pinned, is_first)
        if expected is not None:
            told = differences(text, expected, case.vocabulary.tokens)
            title = case.vocabulary.checkpoint.family.title
            yield Judged((match,), f"the template is not the prompt of {title}: {_brief(told)}", evidence=told)


def _brief(told: str) -> str:
    """The first differences in a line."""
    lines = [line.strip() for line in told.splitlines() if line.startswith("  ")]
    shown = [line if len(line) <= 60 else f"{line[:58]} …" for line in lines[:3]]
    return "; ".join([*shown, f"{len(lines) - 3} more"] if len(lines) > 3 else shown)


def _texts(case: Case, pinned: Pinned) -> Iterator[tuple[Match, str, bool]]:
    """Each text once, however many of its literals were matched, and whether it has nothing before it on the spot."""
    seen: set[tuple[int, int]] = set()
    for match in case.matches:
        whole = outermost(match.node)
        at = (whole.range().start.index, whole.range().end.index)
        if at not in seen:
            seen.add(at)
            literal = resolved(composed(whole, match.source), match.source)
            if len(literal.text) <= LONGEST:
                yield match, as_text(literal, pinned), _is_first(literal, whole)


def _is_first(literal: Literal, whole: SgNode) -> bool:
    # a stream stands before what is written to it
    first = literal.pieces[is_streamed(whole) :][:1]
    return not any(isinstance(piece, Slot) and not _EMPTY.fullmatch(piece.name) for piece in first)


def _expected(text: str, source: Source, pinned: Pinned, is_first: bool) -> str | None:
    """The piece of the pinned prompt that a text should be; None where it is that, or is not meant for this model."""
    if _is_instruction(text, pinned):
        return pinned.instruction
    if _JINJA.search(text):
        return None
    if (place := place_in(text, pinned)) is not None:
        return _completed(text, place, source, pinned, is_first)
    if _BEGINS.match(text) and (_is_ours(text) or (_SUFFIX.match(text) and _is_about(source))):
        return counterpart(text, pinned)
    near = nearly(text, pinned)
    return near if near and (_is_ours(text) or _is_about(source)) else None


def _is_instruction(text: str, pinned: Pinned) -> bool:
    """Whether a text is nearly the default instruction, but not quite."""
    if text == pinned.instruction or len(text) >= 2 * len(pinned.instruction):
        return False
    return difflib.SequenceMatcher(None, text, pinned.instruction).ratio() > 0.9


def _is_ours(text: str) -> bool:
    plain = _PLAIN.search(text)
    return _OURS.search(text) is not None or (plain is not None and "Document: " in text[plain.end() :])


def _completed(text: str, place: tuple[int, int], source: Source, pinned: Pinned, is_first: bool) -> str | None:
    """A piece of the prompt with what is missing at its ends, and in the other texts of the file; None where nothing
    is.
    """
    if not _is_ours(text) and not ("assistant" in text and _is_about(source)):
        return None
    before = _before(text, pinned.text[: place[0]], source) if is_first else ""
    behind = "" if text.endswith("\0") else _behind(text, pinned.text[place[1] :], source)
    return before + text + behind if before or behind else None


def _before(text: str, missing: str, source: Source) -> str:
    """What has to stand before a text: the beginning of its first word, or a mark that no other text brings."""
    for word in WORDS.finditer(missing + text):
        if word.start() < len(missing) < word.end():
            return missing[word.start() :]
    mark = next((mark for mark in _BEFORE if missing.endswith(mark)), None)
    return mark if mark and "<|im_" in text and not _brings(_BEFORE[mark], source) else ""


def _behind(text: str, missing: str, source: Source) -> str:
    """What has to stand behind a text: the rest of the suffix, or the end of a line, that no other text brings."""
    if "assistant" in text or "<think>" in text:
        return "" if "</think>" not in text and _brings(_THINK, source) else missing
    return "\n" if text.endswith("<|im_start|>user") and not _brings(_NEWLINE, source) else ""


@lru_cache(maxsize=16)
def _brings(wanted: re.Pattern[str], source: Source) -> bool:
    return wanted.search(source.text) is not None


def _is_about(source: Source) -> bool:
    return _brings(_ABOUT, source)
