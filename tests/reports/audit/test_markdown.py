"""The audit as Markdown: everything is told, and nothing of the tree becomes markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from harness.core.audit import Audited, Left, SourceFinding
from harness.core.vocabulary import Severity
from reports.audit import render

PARSER = MarkdownIt("commonmark").enable("table")
HOSTILE = "<script>|`* [a](b) ![c](d) # e"
ANYTHING = st.text(st.sampled_from("<>|`*_[]()#!-+=~1.\\ \n\t&;:a"), max_size=30)
Audit = Callable[..., Audited]
Make = Callable[..., SourceFinding]


def made_of(markdown: str) -> Counter[str]:
    """What a reader's program makes of a document: how many of each kind of block and of each kind of text."""
    blocks = PARSER.parse(markdown)
    return Counter(token.type for block in blocks for token in (block, *(block.children or ())) if token.type != "text")


def foreign(audit_of: Audit, found: Make, text: str) -> Audited:
    finding = found(message=text, snippet=f"x{text}", evidence=f"x{text}")
    return audit_of(finding, root=text, problems=(text,), left=(Left(text, text),))


@pytest.fixture(scope="module")
def harmless(audit_of: Audit, found: Make) -> Counter[str]:
    return made_of(render(foreign(audit_of, found, "harmless")))


def test_the_gravest_finding_comes_first(found: Make, audit_of: Audit) -> None:
    page = render(audit_of(found(severity=Severity.MINOR, message="lesser"), found(message="graver")))
    assert page.index("graver") < page.index("lesser")


def test_a_finding_is_told_with_place_reason_remedy_snippet_and_evidence(audited: Audited) -> None:
    page = render(audited)
    told = (
        "src/score.py:41",
        audited.rules[0].why,
        audited.rules[0].remedy,
        "return 0.0",
        "predict is called by rerank",
    )
    assert [text for text in told if text not in page] == []


def test_claims_and_the_manifest_are_tables(audited: Audited) -> None:
    page = render(audited)
    assert "| ties keep their order | ✕ refuted | rule nan-to-zero | score.py:41 |" in page
    assert "| src/score.py | Scorer | ◐ exists only | imported nowhere |" in page


def test_what_was_left_out_and_what_has_no_effect_are_told(audited: Audited) -> None:
    page = render(audited)
    assert "| src/odd.py | is not UTF-8 (byte 3) |" in page
    assert "expired on 2026-01-01" in page


def test_an_accepted_finding_says_why_and_until_when(found: Make, audit_of: Audit) -> None:
    assert "accepted until 2027-01-31 (comment): the client asks for it" in render(audit_of(found(accepted="comment")))


def test_sections_that_would_be_empty_are_not_there(audit_of: Audit) -> None:
    page = render(audit_of())
    assert page.startswith("# Source audit: nothing falls short ✓\n")
    assert "##" not in page


def test_a_tree_of_which_nothing_was_read_is_not_sound(audit_of: Audit) -> None:
    assert "nothing was read" in render(audit_of(files={})).splitlines()[0]


def test_a_message_that_looks_like_markup_stays_text(found: Make, audit_of: Audit, harmless: Counter[str]) -> None:
    assert made_of(render(foreign(audit_of, found, HOSTILE))) == harmless


@given(ANYTHING)
def test_no_text_of_a_source_makes_markdown(found: Make, audit_of: Audit, harmless: Counter[str], text: str) -> None:
    assert made_of(render(foreign(audit_of, found, f"a{text}a"))) == harmless
