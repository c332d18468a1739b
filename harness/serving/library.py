"""The faults of interfaces by id."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from harness.core.vocabulary import Stage
from harness.serving.faults import ServedFault
from harness.serving.interface import Asked, Ranked
from harness.serving.scoring import Computed


def served_faults() -> dict[str, type[ServedFault]]:
    """Every fault of an interface by its id."""
    return {kind.id: kind for kind in sorted(_descendants(ServedFault), key=lambda kind: kind.id) if kind.id}


def _descendants(kind: type[ServedFault]) -> list[type[ServedFault]]:
    return [each for child in kind.__subclasses__() for each in (child, *_descendants(child))]


class LastItemLost(ServedFault):
    """The last document of a ranking is not answered, with status 200."""

    id, title = "last-item-lost", "one item too few"

    def on_ranking(self, asked: Asked, ranking: list[Ranked]) -> list[Ranked]:
        """All but the last."""
        return ranking[:-1]


class IndexDoubled(ServedFault):
    """Two items carry the same index."""

    id, title = "index-doubled", "an index twice"

    def on_ranking(self, asked: Asked, ranking: list[Ranked]) -> list[Ranked]:
        """The second item under the first one's index."""
        return [*ranking[:1], *(replace(line, index=ranking[0].index) for line in ranking[1:2]), *ranking[2:]]


class IndexOfRank(ServedFault):
    """The index is the place in the ranking instead of the place in the request."""

    id, title = "index-of-rank", "results attached to other documents"

    def on_ranking(self, asked: Asked, ranking: list[Ranked]) -> list[Ranked]:
        """Numbered anew, the text still the right one."""
        return [replace(line, index=place) for place, line in enumerate(ranking)]


class Unsorted(ServedFault):
    """Items come in the order of the documents."""

    id, title = "unsorted", "order of the documents instead of the scores"

    def on_ranking(self, asked: Asked, ranking: list[Ranked]) -> list[Ranked]:
        """By index."""
        return sorted(ranking, key=lambda line: line.index)


class TiesTurned(ServedFault):
    """Equal scores come in the other order than the dialect has it."""

    id, title = "ties-turned", "ties in the wrong order"

    def on_ranking(self, asked: Asked, ranking: list[Ranked]) -> list[Ranked]:
        """Turned within each group of equal scores."""
        groups = itertools.groupby(ranking, key=lambda line: line.score)
        return [line for _, group in groups for line in reversed(list(group))]


class TextOfNeighbour(ServedFault):
    """The returned texts are those of other documents."""

    id, title = "text-of-neighbour", "texts attached to other indices"

    def on_ranking(self, asked: Asked, ranking: list[Ranked]) -> list[Ranked]:
        """Each item with the next one's text."""
        texts = [line.text for line in ranking]
        return [replace(line, text=text) for line, text in zip(ranking, texts[1:] + texts[:1], strict=True)]


class TopNIgnored(ServedFault):
    """`top_n` is accepted and does nothing."""

    id, title = "top-n-ignored", "top_n without effect"

    async def on_asked(self, request: Request, asked: Asked) -> Asked:
        """All of them."""
        return replace(asked, top_n=None)


class TopNBeforeSort(ServedFault):
    """`top_n` takes the first documents, and those are sorted."""

    id, title = "top-n-before-sort", "top_n cuts before it sorts"

    async def on_asked(self, request: Request, asked: Asked) -> Asked:
        """Only the first documents are scored."""
        return replace(asked, documents=asked.documents[: asked.top_n])


class RawIgnored(ServedFault):
    """The choice of raw scores is accepted and does nothing."""

    id, title, stage = "raw-ignored", "raw scores are activated all the same", Stage.ACTIVATE

    async def on_asked(self, request: Request, asked: Asked) -> Asked:
        """Never raw."""
        return replace(asked, raw=False)


class InstructionIgnored(ServedFault):
    """The instruction is accepted and does nothing."""

    id, title, stage = "instruction-ignored", "the instruction is not forwarded", Stage.ASSEMBLE

    async def on_asked(self, request: Request, asked: Asked) -> Asked:
        """The default."""
        return replace(asked, instruction=None)


class ScoresAsNull(ServedFault):
    """The best score is null."""

    id, title = "score-null", "null instead of a score"

    def on_ranking(self, asked: Asked, ranking: list[Ranked]) -> list[Ranked]:
        """NaN, which JSON cannot say."""
        return [replace(line, score=float("nan")) if place == 0 else line for place, line in enumerate(ranking)]

    async def on_response(self, request: Request, response: Response) -> Response:
        """NaN becomes null."""
        return _with_body(response, bytes(response.body).replace(b"NaN", b"null"))


class EndpointsApart(ServedFault):
    """The second endpoint answers other scores than the first."""

    id, title, stage = "endpoints-apart", "two endpoints disagree", Stage.ACTIVATE

    async def on_asked(self, request: Request, asked: Asked) -> Asked:
        """The second endpoint turns raw and activated round."""
        return replace(asked, raw=not asked.raw) if request.url.path in ("/score", "/predict") else asked


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


class ErrorsAsSuccess(ServedFault):
    """Requests that should be refused are answered with status 200 and the error in the body."""

    id, title = "errors-as-success", "status 200 for errors"

    async def on_response(self, request: Request, response: Response) -> Response:
        """Whatever it was, it is called a success."""
        response.status_code = 200
        return response


class ErrorsAsCrash(ServedFault):
    """Requests that should be refused crash the handler."""

    id, title = "errors-as-crash", "status 500 for bad requests"

    async def on_response(self, request: Request, response: Response) -> Response:
        """A web framework's last resort."""
        return response if response.status_code == 200 else Response("Internal Server Error", 500)


class EmptyAnswered(ServedFault):
    """A request without documents is answered with status 200 and nothing."""

    id, title = "empty-answered", "no documents, no error"

    async def on_response(self, request: Request, response: Response) -> Response:
        """An empty list of results."""
        refused = response.status_code in (400, 422) and b"mpty" in bytes(response.body)
        return _with_body(response, b"[]", 200) if refused else response


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


def _with_body(response: Response, body: bytes, status: int | None = None) -> Response:
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    return Response(body, status or response.status_code, headers)
