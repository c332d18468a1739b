"""Faults of what a server reads, batches and remembers."""

from __future__ import annotations

import asyncio
import itertools
import math
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

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


class MixedUpUnderLoad(ServedFault):
    """Requests that are under way at once may get each other's scores."""

    id, title, stage = "mixed-up-under-load", "results of concurrent requests are exchanged", Stage.STATE

    def __init__(self) -> None:
        self._under_way: dict[int, Asked] = {}
        self._numbers = itertools.count()

    async def on_asked(self, request: Request, asked: Asked) -> Asked:
        """With another request under way, its query is scored."""
        number = next(self._numbers)
        self._under_way[number] = asked
        await asyncio.sleep(0.02)
        others = [other for key, other in self._under_way.items() if key != number]
        self._under_way.pop(number)
        return replace(asked, query=others[0].query) if others else asked


class PrefixCacheStale(ServedFault):
    """A cache keyed by the beginning of a document answers for documents that go on differently."""

    id, title, stage = "prefix-cache-stale", "documents with a shared beginning share a score", Stage.STATE

    def __init__(self) -> None:
        self._scores: dict[str, float] = {}

    def on_computed(self, asked: Asked, computed: Computed) -> Computed:
        """The first score that was computed for a query and the first 48 characters of a document."""
        keys = [f"{asked.query}\0{asked.instruction}\0{document[:48]}" for document in asked.documents]
        scores = [self._scores.setdefault(key, own) for key, own in zip(keys, computed.log_odds, strict=True)]
        return replace(computed, log_odds=tuple(scores))


class PoisonedByError(ServedFault):
    """After a request that was refused, scores are off."""

    id, title, stage = "poisoned-by-error", "scores change after a refused request", Stage.STATE

    def __init__(self) -> None:
        self._errors = 0

    def on_computed(self, asked: Asked, computed: Computed) -> Computed:
        """Half a logit for the first request after it, and for all that follow."""
        offset = 0.5 if self._errors else 0.0
        return replace(computed, log_odds=tuple(score + offset for score in computed.log_odds))

    async def on_response(self, request: Request, response: Response) -> Response:
        """Remember that something went wrong."""
        self._errors += response.status_code >= 400
        return response


class NeedleLostBehind(ServedFault):
    """Documents beyond the thirty-second get the score of the first."""

    id, title, stage = "lost-behind-32", "documents behind the 32nd are not computed", Stage.BATCH

    def on_computed(self, asked: Asked, computed: Computed) -> Computed:
        """The first score stands in."""
        return replace(computed, log_odds=computed.log_odds[:32] + computed.log_odds[:1] * (len(asked.documents) - 32))


class ChunkedShort(ServedFault):
    """Only the first 512 characters of a document are read, although the model could read more."""

    id, title, stage = "chunked-short", "documents are cut far below the input limit", Stage.ENCODE

    async def on_asked(self, request: Request, asked: Asked) -> Asked:
        """Cut by characters."""
        return replace(asked, documents=tuple(document[:512] for document in asked.documents))


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


class AnswersExchanged(ServedFault):
    """Of two requests under way, the later one is answered with what the earlier one asked."""

    id, title, stage = "answers-exchanged", "a client gets another's answer", Stage.STATE

    def __init__(self) -> None:
        self._waiting: list[Asked] = []

    async def on_asked(self, request: Request, asked: Asked) -> Asked:
        """Another's query and documents, where they are as many."""
        self._waiting.append(asked)
        await asyncio.sleep(0.02)
        self._waiting.remove(asked)
        others = [other for other in self._waiting if len(other.documents) == len(asked.documents)]
        return others[0] if others else asked


class LoadRounded(ServedFault):
    """While another request is under way, scores are computed in fewer bits."""

    id, title, stage = "rounded-under-load", "another kernel under load", Stage.STATE

    def __init__(self) -> None:
        self._under_way = 0

    async def on_asked(self, request: Request, asked: Asked) -> Asked:
        """Count what has come and was not answered yet."""
        request.state.counted = True
        self._under_way += 1
        return asked

    def on_computed(self, asked: Asked, computed: Computed) -> Computed:
        """Eight bits of significand, as bfloat16 has them."""
        if self._under_way < 2:
            return computed
        return replace(computed, log_odds=tuple(_rounded(score) for score in computed.log_odds))

    async def on_response(self, request: Request, response: Response) -> Response:
        """One less."""
        self._under_way -= getattr(request.state, "counted", False)
        return response


def _rounded(score: float) -> float:
    significand, exponent = math.frexp(score)
    return math.ldexp(round(significand * 256) / 256, exponent)
