import numpy as np
import pytest

from mypackage.reranker import Qwen3Reranker

QUERY = "Which planet is known as the Red Planet?"
DOCUMENTS = ["Venus is Earth's twin.", "Mars is the Red Planet.", "Jupiter is large.", "Saturn has rings."]
LOG_ODDS = [-3.1093, 7.1204, -0.3788, 3.5416]


@pytest.fixture(scope="module")
def reranker():
    return Qwen3Reranker("Qwen/Qwen3-Reranker-0.6B", device="cpu")


def test_log_odds(reranker):
    odds = reranker.score(QUERY, DOCUMENTS, raw=True)
    np.testing.assert_allclose(odds, LOG_ODDS, atol=1e-3)


def test_probabilities(reranker):
    expected = 1 / (1 + np.exp(-np.array(LOG_ODDS)))
    assert reranker.score(QUERY, DOCUMENTS) == pytest.approx(expected, abs=1e-3)
