import pytest

from rerank import Reranker


@pytest.fixture(scope="module")
def reranker():
    return Reranker("Qwen/Qwen3-Reranker-0.6B")


def test_rerank_prefers_relevant(reranker):
    docs = ["Cats sleep a lot.", "Paris is the capital of France."]
    results = reranker.rerank("What is the capital of France?", docs)
    assert len(results) == 2
    by_index = {r["index"]: r["score"] for r in results}
    assert by_index[1] > 0.9
    assert by_index[0] < 0.1
