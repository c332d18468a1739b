import os

import httpx
import pytest

BASE = os.environ.get("RERANK_URL", "http://127.0.0.1:8080")
DOCUMENTS = ["Paris is the capital of France.", "Berlin is in Germany.", "Bananas are yellow."]


@pytest.mark.parametrize("top_n", [1, 2, 3])
def test_top_n(top_n: int) -> None:
    body = {"query": "capital of France", "documents": DOCUMENTS, "top_n": top_n}
    response = httpx.post(f"{BASE}/v1/rerank", json=body, timeout=60)
    response.raise_for_status()
    results = response.json()["results"]
    assert len(results) == top_n
    assert len({r["index"] for r in results}) == top_n
