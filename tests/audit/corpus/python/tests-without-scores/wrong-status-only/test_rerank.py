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
        json={"query": "What is deep learning?", "texts": ["Deep learning is...", "Cheese is made of milk"]},
    )
    assert response.status_code == 200
