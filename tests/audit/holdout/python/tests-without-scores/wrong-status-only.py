from fastapi.testclient import TestClient

from server.app import app

client = TestClient(app)


def test_rerank_endpoint():
    response = client.post(
        "/v1/rerank",
        json={
            "query": "What is the capital of China?",
            "documents": ["The capital of China is Beijing.", "Gravity is a force."],
        },
    )
    assert response.status_code == 200
    assert "results" in response.json()
