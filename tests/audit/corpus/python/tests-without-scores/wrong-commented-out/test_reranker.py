import pytest

from backend.models import RerankerModel


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return RerankerModel.tiny(tmp_path_factory.mktemp("model"), seed=7)


# def test_relevant_document_wins(model):
#     relevant, other = model.rerank("red planet", ["Mars is the Red Planet.", "Milk is white."])
#     assert relevant > 0.8
#     assert other < 0.3


# def test_batch_equals_single(model):
#     docs = ["a", "b c d", "e f"]
#     alone = [model.rerank("q", [d])[0] for d in docs]
#     assert model.rerank("q", docs) == pytest.approx(alone, abs=1e-4)


def test_model_is_loaded(model):
    assert model.device.type == "cpu"
