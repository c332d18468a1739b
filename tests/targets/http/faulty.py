"""A server that answers whatever it is told to, over real sockets."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

CLOSE, RESET = "close", "reset"
#: Bytes to send, seconds to wait, or how to end the connection.
Step = bytes | float | str
#: From the number of a request and its body to what is answered.
Script = Callable[[int, bytes], Sequence[Step]]


@dataclass
class Seen:
    """What the server has met."""

    connections: int = 0
    requests: list[bytes] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    most_at_once: int = 0
    at_once: int = 0


def reply(body: bytes, status: str = "200 OK", *headers: str, length: int | None = None) -> bytes:
    """A whole response."""
    size = len(body) if length is None else length
    head = [f"HTTP/1.1 {status}", "content-type: application/json", f"content-length: {size}", *headers, "", ""]
    return "\r\n".join(head).encode() + body


@contextmanager
def faulty_server(script: Script) -> Iterator[tuple[str, Seen]]:
    """Serve while the block runs; gives the URL and what was seen."""
    seen, stop, lock = Seen(), threading.Event(), threading.Lock()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)

    def accept() -> None:
        while not stop.is_set():
            with suppress(TimeoutError):
                connection, _ = listener.accept()
                seen.connections += 1
                threading.Thread(target=_talk, args=(connection, script, seen, lock, stop), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", seen
    finally:
        stop.set()
        thread.join()
        listener.close()


def _talk(connection: socket.socket, script: Script, seen: Seen, lock: threading.Lock, stop: threading.Event) -> None:
    with connection, suppress(OSError):
        while (request := _read(connection)) is not None:
            with lock:
                number = len(seen.requests)
                seen.requests.append(request)
                seen.times.append(time.monotonic())
                seen.at_once += 1
                seen.most_at_once = max(seen.most_at_once, seen.at_once)
            try:
                if not _play(connection, script(number, request), stop):
                    return
            finally:
                with lock:
                    seen.at_once -= 1


def _play(connection: socket.socket, steps: Sequence[Step], stop: threading.Event) -> bool:
    """Whether the connection is still open afterwards."""
    for step in steps:
        if isinstance(step, bytes):
            connection.sendall(step)
        elif isinstance(step, float):
            stop.wait(step)
        else:
            if step == RESET:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return False
    return True


def _read(connection: socket.socket) -> bytes | None:
    """The body of a request, or None where the connection has ended."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return None
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    size = int(lengths[0].split(b":")[1]) if lengths else 0
    while len(body) < size:
        body += connection.recv(65536)
    return body
