import os

import httpx
import pytest

BASE = os.environ.get("EMBED_URL", "http://127.0.0.1:8080")


@pytest.mark.parametrize("route", ["/health", "/metrics", "/info"])
def test_routes_answer(route: str) -> None:
    response = httpx.get(f"{BASE}{route}", timeout=10)
    assert response.status_code == 200


def test_tokenize() -> None:
    response = httpx.post(f"{BASE}/tokenize", json={"inputs": ["hello world"]}, timeout=10)
    assert response.status_code == 200
    assert len(response.json()) == 1
