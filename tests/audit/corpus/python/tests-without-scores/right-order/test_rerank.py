import pytest
from fastapi.testclient import TestClient

from server import app


@pytest.fixture
def client():
    with TestClient(app) as c:
        yield c


def test_rerank(client):
    response = client.post(
        "/rerank",
        json={"query": "What is deep learning?", "texts": ["Cheese is made of milk", "Deep learning is..."]},
    )
    assert response.status_code == 200
    ranks = response.json()
    assert [r["index"] for r in ranks] == [1, 0]
    assert ranks[0]["score"] > 0.5 > ranks[1]["score"]
