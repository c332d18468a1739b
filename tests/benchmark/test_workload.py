"""Requests have the documents and the tokens that they are said to have."""

import pytest

from harness.benchmark.workload import SHARED, workload
from harness.core.pairs import Pair
from harness.reference.pipeline import Reranker


@pytest.mark.parametrize(("documents", "length"), [(1, 20), (3, 100)])
def test_a_document_has_its_length_within_a_token(reranker: Reranker, documents: int, length: int) -> None:
    asked = workload(reranker, documents, length)
    empty = len(reranker.encoding(Pair(asked.pairs[0].query, "")).ids)
    lengths = [len(reranker.encoding(pair).ids) - empty for pair in asked.pairs]
    assert (len(lengths), {abs(found - length) <= 1 for found in lengths}) == (documents, {True})


def test_all_documents_differ_and_share_the_query(reranker: Reranker) -> None:
    asked = workload(reranker, 5, 20)
    assert (len({pair.query for pair in asked.pairs}), len({pair.document for pair in asked.pairs})) == (1, 5)
    assert asked.shared == SHARED
