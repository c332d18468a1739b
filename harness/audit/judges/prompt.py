"""Judge `prompt`: whether a template is the pinned prompt of the model's family, or a piece of it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from harness.audit.judges.registry import Case, Judged, judge
from harness.audit.matching import Match
from harness.audit.prompts import Pinned, as_text, counterpart, differences, is_part
from harness.audit.texts import composed, outermost, resolved

#: What shows that a text is meant for this model: its system message, or the labels of its fields.
_OURS = re.compile(r"Judge whether the [Dd]ocument|<Instruct>|<Document>|Instruct(ion)?: .*Document: ", re.S)
#: How a template begins; a longer text in which one is quoted is none.
_BEGINS = re.compile(r"\s{0,2}(<\|im_start\|>|<\|im_end\|>|system\n|Judge |<?Instruct|<Query>|<Document>|[{\0])")
#: A template language's own, that no comparison of texts can follow.
_JINJA = re.compile(r"\{%|\{\{[^}]*[(|]")
_SUFFIX = re.compile(r"^\s*(<\|im_end\|>\s*)?<\|im_start\|>assistant")


@judge("prompt")
def prompt(case: Case) -> Iterator[Judged]:
    """Texts that belong to the pinned prompt and are no piece of it, with the difference token by token."""
    template = case.vocabulary.template
    if template is None:
        return
    pinned = Pinned.of(template)
    for match, text in _texts(case, pinned):
        expected = _expected(text, match, pinned)
        if expected is not None:
            told = differences(text, expected, case.vocabulary.tokens)
            title = case.vocabulary.checkpoint.family.title
            yield Judged((match,), f"the template is not the prompt of {title}: {_brief(told)}", evidence=told)


def _brief(told: str) -> str:
    """The first differences in a line."""
    lines = [line.strip() for line in told.splitlines() if line.startswith("  ")]
    shown = [line if len(line) <= 60 else f"{line[:58]} …" for line in lines[:3]]
    return "; ".join([*shown, f"{len(lines) - 3} more"] if len(lines) > 3 else shown)


def _texts(case: Case, pinned: Pinned) -> Iterator[tuple[Match, str]]:
    """Each text once, however many of its literals were matched."""
    seen: set[tuple[int, int]] = set()
    for match in case.matches:
        whole = outermost(match.node)
        at = (whole.range().start.index, whole.range().end.index)
        if at not in seen:
            seen.add(at)
            literal = resolved(composed(whole, match.source), match.source)
            yield match, as_text(literal, pinned)


def _expected(text: str, match: Match, pinned: Pinned) -> str | None:
    """The piece of the pinned prompt that a text should be; None where it is that, or is not meant for this model."""
    if _is_instruction(text, pinned):
        return pinned.instruction
    is_ours = _OURS.search(text) or (_SUFFIX.search(text) and _OURS.search(match.source.text))
    if not is_ours or not _BEGINS.match(text) or _JINJA.search(text):
        return None
    if not is_part(text, pinned):
        return counterpart(text, pinned)
    return pinned.text[pinned.text.find(text[:20]) :] if _is_cut(text, match, pinned) else None


def _is_instruction(text: str, pinned: Pinned) -> bool:
    """Whether a text is nearly the default instruction, but not quite."""
    near = difflib.SequenceMatcher(None, text, pinned.instruction)
    return text != pinned.instruction and len(text) < 2 * len(pinned.instruction) and near.ratio() > 0.9


def _is_cut(text: str, match: Match, pinned: Pinned) -> bool:
    """Whether a piece ends within the suffix, and no other text of the file has what follows."""
    if "assistant" not in text and "<think>" not in text:
        return False
    if text.endswith(pinned.suffix[-len("</think>\n\n") :]):
        return False
    return "</think>" in text or "<think>" not in match.source.text
