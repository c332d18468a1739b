"""Texts are held against the pinned prompt: which piece of it they are, and where they differ."""

from __future__ import annotations

from typing import cast

import pytest

from harness.audit import Vocabulary
from harness.audit.languages import Literal, Slot
from harness.audit.prompts import Pinned, as_text, counterpart, differences, place_in
from harness.reference.families import Template, family

TEMPLATE = cast("Template", family("qwen3-reranker").template)
WHOLE = TEMPLATE.prefix + TEMPLATE.body + TEMPLATE.suffix


@pytest.fixture(scope="module")
def pinned() -> Pinned:
    """The pinned prompt."""
    return Pinned.of(TEMPLATE)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("query", "{query}"), ("req.user_query", "{query}"), ("question", "{query}"), ("task", "{instruction}"),
        ("self.instruct", "{instruction}"), ("doc", "{document}"), ("passages[i]", "{document}"), ("x", "\0x\0"),
    ],
)  # fmt: skip
def test_values_are_known_by_their_names(name: str, field: str, pinned: Pinned) -> None:
    assert as_text(Literal(("Is it ", Slot(name))), pinned) == f"Is it {field}"


def test_a_value_that_is_written_out_stands_for_its_field(pinned: Pinned) -> None:
    literal = Literal((f"<Instruct>: {TEMPLATE.instruction}\n<Query>: Where is Paris?\n<Document>: ", Slot("x")))
    assert as_text(literal, pinned) == "<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {document}"


def test_an_instruction_that_is_nearly_the_pinned_one_stands_for_itself(pinned: Pinned) -> None:
    text = f"<Instruct>: {TEMPLATE.instruction}."
    assert as_text(Literal((text,)), pinned) == "<Instruct>: {instruction}."


@pytest.mark.parametrize("text", [WHOLE, TEMPLATE.prefix, TEMPLATE.suffix, "\0x\0<Query>: \0y\0", "Judge whether"])
def test_pieces_of_the_prompt_are_parts_of_it(text: str, pinned: Pinned) -> None:
    assert place_in(text, pinned) is not None
    assert place_in(f"{text}!", pinned) is None


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("<|im_start|>system\nJudge", "<|im_start|>system", 'or "no".'), ("Judge whether", "Judge whether", 'or "no".'),
        ("<Instruct>: {instruction}<Document>: {document}", "<Instruct>", "{document}"),
        ("<|im_start|>system\nJudge<|im_start|>user", "<|im_start|>system", "<|im_start|>user\n"),
        ("<|im_end|>\n<|im_start|>assistant", "<|im_end|>\n<|im_start|>assistant", "</think>\n\n"),
        ("<Instruct>: {instruction}<|im_start|>assistant", "<Instruct>", "</think>\n\n"),
    ],
)  # fmt: skip
def test_a_piece_is_held_against_its_counterpart(text: str, begin: str, end: str, pinned: Pinned) -> None:
    expected = counterpart(text, pinned)
    assert expected.startswith(begin)
    assert expected.endswith(end)


def test_differences_show_what_stands_before_and_at_most_some_tokens() -> None:
    told = differences("a " * 3 + "b " * 50, "a " * 3, lambda text: text.split())
    assert told.splitlines() == ["behind 'a' 'a' 'a':", "  + " + " ".join(["'b'"] * 30) + " and 20 more tokens"]


def test_what_is_alike_has_no_difference() -> None:
    assert differences("a {query}", "a {query}", lambda text: text.split()) == ""


def test_the_template_is_the_one_that_the_vocabulary_brings(vocabulary: Vocabulary) -> None:
    assert isinstance(vocabulary.template, Template)
    assert vocabulary.template == TEMPLATE
