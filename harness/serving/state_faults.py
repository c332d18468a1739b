"""Faults of what a server reads, batches and remembers."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import numpy as np
from starlette.requests import Request
from starlette.responses import Response

from harness.core.scores import to_log_odds, to_probability
from harness.core.vocabulary import Stage
from harness.serving.faults import ServedFault
from harness.serving.interface import Asked
from harness.serving.scoring import Computed


class TokensOfTextsOnly(ServedFault):
    """Tokens are counted without the prompt."""

    id, title, stage = "tokens-of-texts-only", "token counts leave the prompt out", Stage.ENCODE

    def on_computed(self, asked: Asked, computed: Computed) -> Computed:
        """As if each prompt were ten tokens shorter."""
        return replace(computed, tokens=tuple(max(0, count - 10) for count in computed.tokens))


class BatchCut(ServedFault):
    """More documents than fit into a batch are dropped without a word."""

    id, title, stage = "batch-cut", "documents beyond 8 are dropped", Stage.BATCH

    async def on_asked(self, request: Request, asked: Asked) -> Asked:
        """The first eight."""
        return replace(asked, documents=asked.documents[:8])


class HangsOnBlank(ServedFault):
    """A request with a blank document is never answered."""

    id, title, stage = "hangs-on-blank", "no answer to a blank document", Stage.STATE

    async def on_asked(self, request: Request, asked: Asked) -> Asked:
        """Longer than anybody waits."""
        if any(not document.strip() for document in asked.documents):
            await asyncio.sleep(3600)
        return asked


class PoisonedByError(ServedFault):
    """After a request that was refused, scores are off."""

    id, title, stage = "poisoned-by-error", "scores change after a refused request", Stage.STATE

    def __init__(self) -> None:
        self._errors = 0

    def on_computed(self, asked: Asked, computed: Computed) -> Computed:
        """Half a logit for the first request after it, and for all that follow."""
        if not self._errors:
            return computed
        odds = np.array(computed.scores) if asked.raw else to_log_odds(computed.scores)
        moved = odds + 0.5
        return replace(computed, scores=tuple((moved if asked.raw else to_probability(moved)).tolist()))

    async def on_response(self, request: Request, response: Response) -> Response:
        """Remember that something went wrong."""
        self._errors += response.status_code >= 400
        return response


class CountersStuck(ServedFault):
    """The counters never move."""

    id, title, stage = "counters-stuck", "metrics stand still", Stage.STATE

    def __init__(self) -> None:
        self._first: str | None = None

    def on_metrics(self, text: str) -> str:
        """The text of the first scrape."""
        self._first = self._first or text
        return self._first


class HistogramScaled(ServedFault):
    """The score histogram counts scores that were not sent."""

    id, title, stage = "histogram-scaled", "the score histogram is of other scores", Stage.STATE

    def on_metrics(self, text: str) -> str:
        """Every score is in the lowest bucket."""
        lines = text.splitlines(keepends=True)
        count = next((line.split()[-1] for line in lines if line.startswith("rerank_score_count")), "0")
        return "".join(
            f"{line.rsplit(' ', 1)[0]} {count}\n" if line.startswith("rerank_score_bucket") else line for line in lines
        )


class MetricsBroken(ServedFault):
    """The text of `/metrics` is not in Prometheus' format."""

    id, title, stage = "metrics-broken", "metrics that no scraper can read", Stage.STATE

    def on_metrics(self, text: str) -> str:
        """A brace is missing."""
        return text.replace("}", "", 1)


class MemoryLeaked(ServedFault):
    """Every answer leaves 64 KiB behind."""

    id, title, stage = "memory-leaked", "memory grows with each request", Stage.STATE

    def __init__(self) -> None:
        self._kept: list[bytes] = []

    def on_computed(self, asked: Asked, computed: Computed) -> Computed:
        """Written to, so that the pages are really taken."""
        self._kept.append(b"\x01" * 65_536)
        return computed
