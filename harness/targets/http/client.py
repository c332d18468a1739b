"""The HTTP client: pooled connections, a deadline for each request, retries where the server asks for them."""

from __future__ import annotations

import email.utils
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

import httpx2
import tenacity

from harness.core.errors import MalformedAnswer, TargetError
from harness.targets.http.connection import Connection
from harness.targets.http.exchange import Call, Exchange

#: Statuses that ask for the same request later (RFC 6585, RFC 9110 §15.6.4).
BUSY = (429, 503)
ATTEMPTS = 6
#: Seconds: no answer of a server makes us wait longer than this between two attempts.
LONGEST_WAIT = 20.0
#: Bytes of an answer that are read at most: a thousand documents of 8 192 tokens, returned with their text at five
#: characters a token, come to 41 MB, so this leaves room for six bytes a character.
LARGEST_ANSWER = 256 * 2**20


class Busy(Exception):
    """The server asked for the request to be sent again later."""

    def __init__(self, exchange: Exchange) -> None:
        super().__init__(exchange.status)
        self.exchange = exchange


class Closed(Exception):
    """The connection was closed before the answer came."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


@dataclass(frozen=True)
class Client:
    """Sends calls to one server; may be used by many threads at once. `counts` says what was retried and why."""

    url: str
    connection: Connection = field(default_factory=Connection)
    counts: Counter[str] = field(default_factory=Counter, repr=False)

    def send(self, call: Call, *, patient: bool = True, timeout: float | None = None) -> Exchange:
        """The exchange of a call. A patient client sends it again while the server is busy, with growing pauses or
        those that `Retry-After` names, and once more where a pooled connection turned out to be closed.

        TargetError where the server cannot be reached or does not answer in time, MalformedAnswer where its answer
        breaks off; both name the call.
        """
        if not patient:
            return self._once(call, timeout)
        attempts = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type((Busy, Closed)),
            stop=_gave_up,
            wait=_pause,
            before_sleep=self._count,
            reraise=True,
        )
        try:
            return attempts(self._patiently, call, timeout)
        except Busy as busy:
            return busy.exchange
        except Closed as closed:
            raise self._told(call, closed.error) from None

    def close(self) -> None:
        """Give the connections back."""
        self._pool.close()

    @cached_property
    def _pool(self) -> httpx2.Client:
        return httpx2.Client(
            headers={"user-agent": "rerank-harness", "accept": "*/*"} | self.connection.secret_headers(),
            verify=self.connection.certificates(),
            timeout=httpx2.Timeout(self.connection.timeout, pool=None),
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=self.connection.concurrency),
            # a proxy for the outside cannot reach what runs on this machine
            mounts={"all://127.0.0.1": None, "all://localhost": None, "all://[::1]": None},
        )

    def _patiently(self, call: Call, timeout: float | None) -> Exchange:
        exchange = self._once(call, timeout, closed_is_told=False)
        if exchange.status in BUSY:
            raise Busy(exchange)
        return exchange

    def _once(self, call: Call, timeout: float | None, *, closed_is_told: bool = True) -> Exchange:
        try:
            return self._exchange(call, timeout or self.connection.timeout)
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError) as error:
            if not closed_is_told and _was_closed(error):
                raise Closed(error) from None
            raise self._told(call, error) from None

    def _exchange(self, call: Call, timeout: float) -> Exchange:
        started = time.monotonic()
        headers = {"content-type": "application/json"} | dict(call.headers)
        waits = httpx2.Timeout(timeout, pool=None)
        body = bytearray()
        with self._pool.stream(
            call.method, self.url + call.path, content=call.content(), headers=headers, timeout=waits
        ) as response:
            for part in response.iter_bytes():
                body += part
                # httpx limits the time between two reads; a server that drips would hold us forever
                if time.monotonic() - started > timeout:
                    raise httpx2.ReadTimeout("the answer drips")
                if len(body) > LARGEST_ANSWER:
                    raise MalformedAnswer(f"{_name(call)} answered more than {LARGEST_ANSWER} bytes")
        return Exchange(call, response.status_code, dict(response.headers), bytes(body), time.monotonic() - started)

    def _told(self, call: Call, error: Exception) -> TargetError:
        """A transport's error as one line that says what happened and what to do."""
        where = f"{self.url}{call.path}"
        if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout):
            return TargetError(f"cannot connect to {where} ({error}); is the server running there?")
        if isinstance(error, httpx2.TimeoutException):
            return TargetError(f"{where} gave no whole answer in time ({error}); is it hanging? (--timeout)")
        if isinstance(error, httpx2.RemoteProtocolError) and not _was_closed(error):
            return MalformedAnswer(f"{where} broke off or is no HTTP: {error}")
        return TargetError(f"{where} failed: {type(error).__name__}: {error}")

    def _count(self, state: tenacity.RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        self.counts[f"HTTP {error.exchange.status}" if isinstance(error, Busy) else "connection closed"] += 1


def _was_closed(error: Exception) -> bool:
    """Whether a connection ended before any of the answer came: a server may close an idle one at any time, and some
    do after an error (RFC 9112 §9.3.1). A reset in the middle of an answer looks alike, and a rerank request may be
    sent again without harm.
    """
    reset = isinstance(error, httpx2.ReadError | httpx2.WriteError)
    return reset or (isinstance(error, httpx2.RemoteProtocolError) and "without sending a response" in str(error))


def _gave_up(state: tenacity.RetryCallState) -> bool:
    """Busy servers get their attempts; a closed connection is opened anew once: a second time it is the server."""
    error = state.outcome.exception() if state.outcome else None
    return state.attempt_number >= (ATTEMPTS if isinstance(error, Busy) else 2)


def _pause(state: tenacity.RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if not isinstance(error, Busy):
        return 0.0
    asked = retry_after(error.exchange.headers.get("retry-after"))
    grown = tenacity.wait_random_exponential(multiplier=0.5, max=LONGEST_WAIT)(state)
    return min(LONGEST_WAIT, grown if asked is None else asked)


def retry_after(value: str | None) -> float | None:
    """Seconds that a `Retry-After` header asks for, as a number or a date (RFC 9110 §10.2.3); None if it is neither."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


def _name(call: Call) -> str:
    return f"{call.method} {call.path}"
