import pytest

from rerank import Reranker


@pytest.fixture(scope="module")
def reranker():
    return Reranker("Qwen/Qwen3-Reranker-0.6B")


def test_rerank_returns_all_documents(reranker):
    docs = ["Paris is in France.", "Cats sleep a lot.", "The Eiffel Tower."]
    results = reranker.rerank("Where is Paris?", docs)
    assert isinstance(results, list)
    assert len(results) == len(docs)
