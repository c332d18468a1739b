"""A server as a target: requests split by its batch limit, sent some at once, scores mapped back by index."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

from harness.core.errors import Refused, TargetError, Unanswerable
from harness.core.scores import Scale
from harness.reference.reply import in_document_order
from harness.reference.stages import RerankRequest
from harness.targets.http.connection import Address, Connection
from harness.targets.http.dialect import Ask, Line, Option
from harness.targets.http.discovery import KEY_REFUSED
from harness.targets.http.server import Server
from harness.targets.protocol import Capabilities


@dataclass(frozen=True)
class HttpTarget:
    """Asks for raw scores where the dialect has them, since a printed probability cannot tell large log-odds apart;
    the check `protocol.raw-scores` holds both to each other.
    """

    server: Server
    spec: str
    reranker: None = None

    @classmethod
    def open(cls, spec: str, connection: Connection, *, even_if_refusing: bool = False) -> HttpTarget:
        """Reach the server of `spec` and see that it answers; TargetError, Refused or UsageError say why not.

        `even_if_refusing` takes an error of its own for an answer, unless it is the key that it refuses.
        """
        server = Server.reach(Address.parse(spec), connection)
        try:
            server.ask(Ask("which planet is red", ("Mars is called the red planet.",)))
        except TargetError as error:
            if even_if_refusing and isinstance(error, Refused) and error.status not in KEY_REFUSED:
                return cls(server, spec)
            server.client.close()
            if isinstance(error, Refused) and error.status in KEY_REFUSED:
                raise TargetError(f"{error}; is the key right? (--api-key-env)") from None
            raise
        return cls(server, spec)

    @cached_property
    def capabilities(self) -> Capabilities:
        """What dialect and server declare."""
        dialect, facts = self.server.dialect, self.server.facts
        raw = Option.RAW_SCORES in dialect.options
        return Capabilities(
            scale=Scale.LOG_ODDS if raw else dialect.scale,
            instruction=Option.INSTRUCTION in dialect.options,
            dialect=dialect.name,
            raw_scores=raw,
            top_n=Option.TOP_N in dialect.options,
            token_counts=dialect.counts_tokens,
            batch_limit=self.server.batch_limit,
            input_limit=facts.input_limit,
            order=dialect.order,
            single_precision=True,
        )

    def score(self, query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
        """The scores, in the order of the documents; Unanswerable for an instruction that cannot be sent."""
        if instruction is not None and not self.capabilities.instruction:
            raise Unanswerable(f"{self.server.dialect.title} has no field for an instruction")
        size = self.server.batch_limit or max(1, len(documents))
        parts = [tuple(documents[i : i + size]) for i in range(0, len(documents), size)]
        asks = [Ask(query, part, instruction, raw=self.capabilities.raw_scores) for part in parts]
        if len(asks) == 1:
            return self._scores(asks[0])
        return [score for scores in self._at_once(asks) for score in scores]

    def respond(self, request: RerankRequest) -> tuple[tuple[Line, ...], int | None]:
        """The reply to one request as it came."""
        first = request.pairs[0]
        documents = tuple(pair.document for pair in request.pairs)
        reply = self.server.reply(
            Ask(first.query, documents, first.instruction, request.top_n, self.capabilities.raw_scores and request.raw)
        )
        return reply.lines, reply.tokens

    def close(self) -> None:
        """Give the connections back."""
        self.server.client.close()

    def _scores(self, ask: Ask) -> list[float]:
        return in_document_order(self.server.reply(ask).lines, len(ask.documents))

    def _at_once(self, asks: Sequence[Ask]) -> list[list[float]]:
        """Some requests at a time; the first that fails ends the others that have not begun."""
        with ThreadPoolExecutor(self.server.client.connection.concurrency) as pool:
            futures = [pool.submit(self._scores, ask) for ask in asks]
            try:
                return [future.result() for future in futures]
            finally:
                pool.shutdown(cancel_futures=True)
