from __future__ import annotations

import httpx


class RerankClient:
    """Calls the /rerank route of a running server."""

    def __init__(self, base_url: str, api_key: str | None = None, timeout: float = 30.0) -> None:
        headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._http = httpx.Client(base_url=base_url, headers=headers, timeout=timeout)

    def rerank(self, query: str, texts: list[str], raw_scores: bool = False) -> list[float]:
        payload = {"query": query, "texts": texts, "raw_scores": raw_scores}
        response = self._http.post("/rerank", json=payload)
        response.raise_for_status()
        by_index = {rank["index"]: rank["score"] for rank in response.json()}
        return [by_index[i] for i in range(len(texts))]
