"""Prompts."""

from hypothesis import given
from hypothesis import strategies as st

from harness.core.pairs import Pair
from harness.reference.assemble import assemble_with
from harness.reference.families import family

TEMPLATE = family("qwen3-reranker").template


def test_the_default_instruction_stands_where_none_is_given() -> None:
    text = assemble_with(TEMPLATE, Pair("q", "d")).text
    assert "<Instruct>: Given a web search query, retrieve relevant passages that answer the query\n" in text


def test_an_empty_instruction_is_an_instruction() -> None:
    assert "<Instruct>: \n<Query>: q" in assemble_with(TEMPLATE, Pair("q", "d", "")).text


@given(st.text(), st.text())
def test_braces_in_texts_are_texts(query: str, document: str) -> None:
    body = assemble_with(TEMPLATE, Pair("{document}" + query, "{query}" + document)).body
    assert "{document}" in body
    assert "{query}" in body


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert assemble_with(TEMPLATE, Pair("q", "a\ud800b")).body.endswith("<Document>: a\N{REPLACEMENT CHARACTER}b")


def test_without_a_template_there_are_two_segments() -> None:
    prompt = assemble_with(None, Pair("q", "d", "ignored"))
    assert (prompt.body, prompt.second) == ("q", "d")
