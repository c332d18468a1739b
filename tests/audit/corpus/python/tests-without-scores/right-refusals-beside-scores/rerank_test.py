import pytest

from engine import AsyncEngine, EngineArgs, EmptyInput


@pytest.fixture
async def engine():
    async with AsyncEngine(EngineArgs(model_path="tiny-reranker", device="cpu")) as e:
        yield e


async def test_no_documents_are_refused(engine):
    with pytest.raises(EmptyInput):
        await engine.rerank(query="Where is Munich?", docs=[])


async def test_relevant_document_scores_higher(engine):
    scores, usage = await engine.rerank(
        query="Where is Munich?", docs=["Munich is in Germany.", "The sky is blue."]
    )
    assert usage > 0
    assert len(scores) == 2
    assert scores[0] > scores[1]
