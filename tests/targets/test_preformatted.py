"""Prompts that the caller sends in two halves."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from harness.core.errors import UsageError
from harness.core.pairs import Pair
from harness.core.scores import Scale
from harness.reference.assemble import assemble_with
from harness.reference.families import family
from harness.reference.pipeline import Reranker
from harness.targets.preformatted import PreFormatted, halves
from harness.targets.protocol import Capabilities

TEMPLATE = family("qwen3-reranker").template
PAIR = Pair("which planet is {document}?\n", "Mars {query}\n is red", "Judge {x}")


@dataclass(frozen=True)
class Concatenating:
    """A server without a template: it scores what it is sent, query and document joined."""

    reranker: Reranker
    spec: str = "http://server"

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(Scale.PROBABILITY, instruction=False)

    def score(self, query: str, documents: list[str], instruction: str | None) -> list[float]:
        bare = replace(TEMPLATE, prefix="", body="{query}{document}", suffix="")
        stages = replace(self.reranker.stages, assemble=lambda pair: assemble_with(bare, pair))
        return replace(self.reranker, stages=stages).rerank(query, documents, instruction)


def test_both_halves_joined_are_the_prompt() -> None:
    assert "".join(halves(TEMPLATE, PAIR)) == assemble_with(TEMPLATE, PAIR).text


def test_the_document_s_half_begins_with_its_line() -> None:
    assert halves(TEMPLATE, PAIR)[1].startswith("<Document>: Mars {query}")


def test_the_halves_score_as_the_model_defines(reranker: Reranker) -> None:
    target = PreFormatted(Concatenating(reranker), TEMPLATE)
    documents = ["Mars is red", "Venus is bright"]
    assert target.score("which planet is red?", documents, None) == reranker.rerank("which planet is red?", documents)


def test_the_instruction_is_sent_in_the_prompt(reranker: Reranker) -> None:
    target = PreFormatted(Concatenating(reranker), TEMPLATE)
    assert target.capabilities.instruction
    assert target.score("q", ["d"], "another") == reranker.rerank("q", ["d"], "another")


def test_a_prompt_with_the_document_first_cannot_be_cut() -> None:
    turned = replace(TEMPLATE, body="{document} {query}")
    with pytest.raises(UsageError, match="document before the query"):
        halves(turned, PAIR)
