"""Calls of the service over a unix socket, each within a deadline and each error told in one line."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from harness.core.errors import MissingDependency, Refused, TargetError
from harness.targets.grpc.messages import PURPOSE

SERVICE = "embedding.v1.EmbeddingService"


@dataclass(frozen=True)
class Channel:
    """Calls methods of the service at `socket`; may be used by many threads at once. `timeout`: seconds a call."""

    socket: str
    timeout: float
    grpc_channel: Any

    @classmethod
    def open(cls, socket: str, timeout: float) -> Channel:
        """A channel to an existing socket; TargetError where there is none, MissingDependency without grpcio."""
        grpc = import_grpc()
        if not _is_socket(socket):
            raise TargetError(
                f"no socket at {socket}; start the backend, and name the path that it was given (--uds-path)"
            )
        # a proxy for the outside cannot reach what runs on this machine
        return cls(socket, timeout, grpc.insecure_channel(address(socket), [("grpc.enable_http_proxy", 0)]))

    def call(self, method: str, request: bytes) -> bytes:
        """The answer of a method; TargetError where none comes in time, Refused where it is an error."""
        grpc = import_grpc()
        ask: Callable[..., Any] = self.grpc_channel.unary_unary(f"/{SERVICE}/{method}")
        try:
            return bytes(ask(request, timeout=self.timeout))
        except grpc.RpcError as error:
            raise self._told(method, error.code(), " ".join(str(error.details()).split())) from None

    def close(self) -> None:
        """Give the connection back."""
        self.grpc_channel.close()

    def _told(self, method: str, code: Any, said: str) -> TargetError:
        """A status that is not OK, in one line (meanings: grpc.github.io/grpc/core/md_doc_statuscodes.html)."""
        match code.name:
            case "UNAVAILABLE":
                return TargetError(
                    f"{self.socket} cannot be reached for {method} ({said}); is the backend running there?"
                )
            case "DEADLINE_EXCEEDED":
                return TargetError(
                    f"{self.socket} gave no answer to {method} within {self.timeout:g} s; is it hanging? (--timeout)"
                )
            case "UNIMPLEMENTED":
                return TargetError(
                    f"{self.socket} speaks gRPC, but has no {SERVICE}/{method} ({said}); is it the backend?"
                )
        return Refused(f"{self.socket} refused {method}: {said} ({code.name})")


def address(socket: str | os.PathLike[str]) -> str:
    """The name of a unix socket in gRPC's scheme, which is a URI."""
    return "unix:" + quote(os.path.abspath(socket))


def import_grpc() -> Any:
    """The package grpc, whose name a folder of ours bears too; MissingDependency without it."""
    try:
        import grpc
    except ImportError:
        raise MissingDependency("grpcio", PURPOSE) from None
    return grpc


def _is_socket(path: str) -> bool:
    try:
        return stat.S_ISSOCK(os.stat(path).st_mode)
    except OSError:
        return False
