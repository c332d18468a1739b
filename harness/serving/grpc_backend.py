"""A stand-in for the Python backend of text-embeddings-inference: a reranker's batch, forward and head behind gRPC."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from harness.core.errors import UsageError
from harness.reference.pipeline import Reranker
from harness.targets.grpc.channel import SERVICE, address, import_grpc
from harness.targets.grpc.wire import Texts, rows_to_bytes

Method = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class StandIn:
    """Answers as the backend does: raw logits of the ids it is sent, all of a request in one batch."""

    reranker: Reranker
    max_input_length: int

    def health(self, request: bytes) -> bytes:
        """An empty answer."""
        return b""

    def predict(self, request: bytes) -> bytes:
        """Logits of each text; ValueError where one is longer than the model's positions."""
        texts = Texts.from_bytes(request)
        if texts.longest > self.max_input_length:
            raise ValueError("input length exceeds model config's max_input_length")
        stages = self.reranker.stages
        logits = stages.head(stages.forward(stages.batch(texts.encodings())))
        return rows_to_bytes(logits.cpu().tolist())


@contextmanager
def serve_backend(
    reranker: Reranker, socket: str | os.PathLike[str], *, max_input_length: int | None = None
) -> Iterator[None]:
    """Serve a reranker's middle stages (with whatever fault is planted in them) at `socket` until the block ends.

    `max_input_length` in tokens is the checkpoint's where none is given.
    """
    stand_in = StandIn(reranker, max_input_length or reranker.parts.checkpoint.max_length)
    with serve_methods({"Health": stand_in.health, "Predict": stand_in.predict}, socket):
        yield


@contextmanager
def serve_methods(methods: Mapping[str, Method], socket: str | os.PathLike[str]) -> Iterator[None]:
    """Serve methods of the backend's service, one call at a time; what one raises is answered as INTERNAL.

    UsageError where nothing can be bound to `socket`.
    """
    grpc = import_grpc()
    handlers = {name: grpc.unary_unary_rpc_method_handler(_told(method)) for name, method in methods.items()}
    with ThreadPoolExecutor(max_workers=1) as threads:
        server = grpc.server(threads, [grpc.method_handlers_generic_handler(SERVICE, handlers)])
        try:
            server.add_insecure_port(address(socket))
        except RuntimeError:
            raise UsageError(
                f"cannot serve at {socket}; name a free path of at most 100 bytes in a folder there is"
            ) from None
        server.start()
        try:
            yield
        finally:
            server.stop(None).wait()


def _told(method: Method) -> Callable[[bytes, Any], bytes]:
    """The method with its exceptions as the backend tells them: status INTERNAL and the message."""

    def answer(request: bytes, context: Any) -> bytes:
        try:
            return method(request)
        except Exception as error:
            context.abort(import_grpc().StatusCode.INTERNAL, str(error))
            raise  # abort has raised already, which no type says

    return answer
