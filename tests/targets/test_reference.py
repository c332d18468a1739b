"""The reference as a target."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.core.errors import Refused
from harness.core.pairs import Pair
from harness.reference.assemble import Prompt
from harness.reference.encode import Encoding
from harness.reference.pipeline import Reranker
from harness.reference.stages import RerankRequest
from harness.targets.reference import ReferenceTarget


def stumbling(reranker: Reranker) -> ReferenceTarget:
    def encode(prompt: Prompt) -> Encoding:
        raise LookupError("no such token")

    return ReferenceTarget(replace(reranker, stages=replace(reranker.stages, encode=encode)))


def test_a_stage_that_raises_refuses_the_request(reranker: Reranker) -> None:
    with pytest.raises(Refused, match="the pipeline raised LookupError: no such token"):
        stumbling(reranker).score("a query", ["a document"], None)


def test_a_stage_that_raises_refuses_a_whole_response_too(reranker: Reranker) -> None:
    with pytest.raises(Refused, match="LookupError"):
        stumbling(reranker).respond(RerankRequest((Pair("a query", "a document"),)))
