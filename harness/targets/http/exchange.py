"""One request and its answer, as they went over the wire."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.core.errors import MalformedAnswer

SHOWN = 160
#: Longer bodies are cut in a curl command; the command then says so instead of pretending to be whole.
LONGEST_CURL = 2_000


@dataclass(frozen=True, slots=True)
class Call:
    """A request: `body` is sent as JSON unless `raw` holds the bytes to send."""

    method: str
    path: str
    body: Any = None
    raw: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def content(self) -> bytes | None:
        """The bytes of the body. Lone surrogates, which no UTF-8 can carry, are sent as JSON escapes."""
        if self.raw is not None or self.body is None:
            return self.raw
        try:
            return json.dumps(self.body, ensure_ascii=False, allow_nan=False).encode()
        except UnicodeEncodeError:
            return json.dumps(self.body, allow_nan=False).encode()

    def curl(self, base: str) -> str:
        """A command that sends this request again. The key is named as a variable, never by its value."""
        words = ["curl", "-sS", "-i", "-X", self.method, base + self.path]
        for name, value in ({"content-type": "application/json"} | dict(self.headers)).items():
            words += ["-H", f"{name}: {value}"]
        content = self.content()
        if content is not None:
            words += ["--data-binary", _text(content, LONGEST_CURL)]
        return shlex.join(words)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A call and what came back; header names are lower case, `seconds` is the time until the last byte."""

    call: Call
    status: int
    headers: Mapping[str, str]
    content: bytes
    seconds: float

    def json(self) -> Any:
        """The body as JSON (NaN and Infinity are read as such); MalformedAnswer says what it is instead."""
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError):
            raise MalformedAnswer(
                f"{self.call.method} {self.call.path} answered {self.status} with {self.shown()}, which is no JSON"
            ) from None

    def shown(self) -> str:
        """The beginning of the body, escaped."""
        return repr(_text(self.content, SHOWN)) if self.content else "an empty body"


def _text(content: bytes, longest: int) -> str:
    text = content.decode("utf-8", "backslashreplace")
    return text if len(text) <= longest else f"{text[:longest]}… ({len(content)} bytes in all)"
