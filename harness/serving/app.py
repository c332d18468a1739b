"""The application: one dialect's paths around a scorer, with authorisation, limits, metrics and planted faults."""

from __future__ import annotations

import hmac
import json
import math
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from harness.core.events import finite
from harness.core.scores import Scores
from harness.serving.faults import Replying, ServedFault
from harness.serving.interface import Answer, Asked, Body, Interface, Ranked, Rejected, Rejection
from harness.serving.metrics import ServedMetrics
from harness.serving.scoring import LONGEST, Computed

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Service:
    """Answers the requests of one dialect. Each fault may change what was asked, computed, ranked or answered."""

    interface: Interface
    api_key: str | None = None
    faults: tuple[ServedFault, ...] = ()
    metrics: ServedMetrics = field(init=False)

    def __post_init__(self) -> None:
        """Count as the dialect does."""
        object.__setattr__(self, "metrics", self.interface.new_metrics())

    def application(self) -> Starlette:
        """The ASGI application."""
        interface = self.interface
        routes = [
            Route(path, self._counted(path, self._ranking(path, body)), methods=["POST"])
            for path, body in interface.bodies.items()
        ]
        routes += [
            Route(path, self._counted(path, self._posted(call)), methods=["POST"])
            for path, call in interface.calls().items()
        ]
        routes += [Route(path, self._told(tell), methods=["GET"]) for path, tell in interface.information().items()]
        routes.append(Route("/health", self._healthy, methods=["GET"]))
        if interface.measures:
            routes.append(Route("/metrics", self._measured, methods=["GET"]))
        return Starlette(routes=routes, exception_handlers={404: self._strayed, 405: self._strayed})

    def _counted(self, path: str, endpoint: Endpoint) -> Endpoint:
        async def answer(request: Request) -> Response:
            try:
                self._authorise(request)
                response = await endpoint(request)
            except Rejected as rejected:
                response = _respond(self.interface.error(rejected))
            except ClientDisconnect:
                return Response(status_code=400)  # nobody is there to read it
            for fault in self.faults:
                response = await fault.on_response(request, response)
            self.metrics.answered(path, request.method, response.status_code)
            return response

        return answer

    def _ranking(self, path: str, body: type[Body]) -> Endpoint:
        async def answer(request: Request) -> Response:
            return await self._rank(request, path, body)

        return answer

    async def _rank(self, request: Request, path: str, body: type[Body]) -> Response:
        asked = self._understood(await self._body(request), body, path)
        for fault in self.faults:
            asked = await fault.on_asked(request, asked)
        self._limit(asked)
        computed = await run_in_threadpool(self._computed, self._cut(asked))
        if asked.truncate is False and computed.truncated:
            raise Rejected(Rejection.TOO_LONG, f"`inputs` must have at most {self.interface.scorer.max_length} tokens")
        ranking = self._reply(asked)(np.array(self._scores(computed)), asked.top_n)
        for fault in self.faults:
            ranking = fault.on_ranking(asked, ranking)
        self.metrics.scored([line.score for line in ranking], sum(computed.tokens))
        return _respond(self.interface.answer(asked, ranking, computed, path))

    def _cut(self, asked: Asked) -> Asked:
        """What is asked to be read of each document."""
        scorer, documents = self.interface.scorer, asked.documents
        if asked.document_tokens is not None:
            documents = tuple(scorer.first(document, asked.document_tokens) for document in documents)
        if asked.keep_end:
            documents = tuple(scorer.last_that_fit(asked.query, document) for document in documents)
        return replace(asked, documents=documents)

    def _computed(self, asked: Asked) -> Computed:
        computed = self.interface.scorer(asked.query, asked.documents, asked.instruction, raw=asked.raw)
        for fault in self.faults:
            computed = fault.on_computed(asked, computed)
        return computed

    def _scores(self, computed: Computed) -> Sequence[float]:
        if any(math.isnan(score) for score in computed.scores):
            raise Rejected(Rejection.NOT_A_NUMBER, "score is NaN")
        return computed.scores

    def _reply(self, asked: Asked) -> Replying:
        """The dialect's ranking, with the faults planted in it."""

        def rank(scores: Scores, top_n: int | None) -> Sequence[Ranked]:
            return self.interface.rank(asked, scores.tolist(), top_n)

        reply: Replying = rank
        for fault in self.faults:
            reply = fault.reply(reply)
        return reply

    def _posted(self, call: Callable[[Any], Any]) -> Endpoint:
        async def answer(request: Request) -> Response:
            document = await self._body(request)
            return _respond(Answer(await run_in_threadpool(call, document)))

        return answer

    def _told(self, tell: Callable[[], Any]) -> Endpoint:
        async def answer(request: Request) -> Response:
            try:
                self._authorise(request)
            except Rejected as rejected:
                return _respond(self.interface.error(rejected))
            document = tell()
            for fault in self.faults:
                document = fault.on_information(document)
            return _respond(Answer(document))

        return answer

    async def _strayed(self, request: Request, error: Exception) -> Response:
        """A path or a method that is not there."""
        status = getattr(error, "status_code", 404)
        return _respond(Answer(self.interface.stray(status), status))

    async def _healthy(self, request: Request) -> Response:
        return Response()

    async def _measured(self, request: Request) -> Response:
        text = self.metrics.text()
        for fault in self.faults:
            text = fault.on_metrics(text)
        return PlainTextResponse(text, media_type="text/plain; version=0.0.4; charset=utf-8")

    def _authorise(self, request: Request) -> None:
        given = request.headers.get("authorization", "").encode()
        if not all(fault.guards(request.url.path) for fault in self.faults):
            return
        if self.api_key is not None and not hmac.compare_digest(given, f"Bearer {self.api_key}".encode()):
            raise Rejected(Rejection.UNAUTHORISED, "the API key is missing or wrong")

    async def _body(self, request: Request) -> Any:
        """The JSON of a request, read no further than the payload limit."""
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise Rejected(Rejection.CONTENT_TYPE, "Expected request with `Content-Type: application/json`")
        content = bytearray()
        async for part in request.stream():
            content += part
            if len(content) > self.interface.payload_limit:
                raise Rejected(Rejection.TOO_LARGE, "Failed to buffer the request body: length limit exceeded")
        try:
            return json.loads(content)
        except (ValueError, RecursionError) as error:
            raise Rejected(Rejection.NO_JSON, f"Failed to parse the request body as JSON: {error}") from None

    def _understood(self, document: Any, body: type[Body], path: str) -> Asked:
        try:
            return body.model_validate(document).asked(path)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(map(str, first["loc"])) or "body"
            raise Rejected(Rejection.SCHEMA, f"{place}: {first['msg']}") from None

    def _limit(self, asked: Asked) -> None:
        limit, longest = self.interface.batch_limit, LONGEST * self.interface.scorer.max_length
        if asked.truncate is False and max(map(len, (asked.query, *asked.documents)), default=0) > longest:
            raise Rejected(Rejection.TOO_LONG, f"`inputs` must have less than {longest} characters")
        if not asked.documents:
            raise Rejected(Rejection.EMPTY, "`texts` cannot be empty")
        if limit is not None and len(asked.documents) > limit:
            message = f"batch size {len(asked.documents)} > maximum allowed batch size {limit}"
            raise Rejected(Rejection.BATCH, message)


def _respond(answer: Answer) -> Response:
    headers = dict(answer.headers or {})
    if answer.document is None:
        return Response(status_code=answer.status, headers=headers)
    if isinstance(answer.document, str):
        return PlainTextResponse(answer.document, answer.status, headers)
    content = json.dumps(finite(answer.document), ensure_ascii=True, allow_nan=False)  # NaN is null, as serde has it
    return Response(content, answer.status, headers, media_type="application/json")
