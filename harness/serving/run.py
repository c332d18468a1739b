"""Serving: an application behind uvicorn, in the foreground or for the time of a test."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette

from harness.core.errors import UsageError


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one. UsageError where it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # named as TCP, without which asyncio does not send small packets at once and every answer waits 40 ms
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise UsageError(f"cannot listen on {host}:{port} ({error.strerror or error}); choose another --port") from None
    return listener


def serve(application: Starlette, listener: socket.socket) -> None:
    """Serve until interrupted."""
    uvicorn.Server(_configuration(application)).run(sockets=[listener])


@contextmanager
def served(application: Starlette, *, start_within: float = 30.0) -> Iterator[str]:
    """Serve on a free port of the loopback interface while the block runs; gives the URL."""
    listener = listen("127.0.0.1", 0)
    server = uvicorn.Server(_configuration(application))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + start_within
    while not server.started:
        if time.monotonic() > deadline or not thread.is_alive():
            raise TimeoutError(f"the server did not start within {start_within:g} seconds")
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(start_within)
        listener.close()


def _configuration(application: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        application, log_level="warning", lifespan="off", access_log=False, timeout_graceful_shutdown=2
    )
