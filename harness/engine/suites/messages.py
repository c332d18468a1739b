"""What the processes of one test session tell each other: plain data, which xdist and execnet carry."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from harness.core.events import Event, to_json

#: The attribute of a test report, and the key of a worker's input and output, under which all of it travels.
CARRIED = "rerank_harness"

Plain = tuple[str, str, str]


class Kind(StrEnum):
    """What a message is about."""

    EVENT = "event"
    """An event of the run of a device, as the line of its stream."""
    SCORES = "scores"
    """What the target answered for judged pairs, by their number in the collection."""
    NOISE = "noise"
    """The run's noise has been measured."""
    DEAD = "dead"
    """The target is gone, and why."""
    RECORDED = "recorded"
    """A line for the file of `--rerank-record`."""
    REFUSED = "refused"
    """The run cannot begin: exit status, and what to tell the user."""
    LAST = "last"
    """To a worker: with the test that comes next the run of the device ends, and it is this worker that ends it."""


@dataclass(frozen=True, slots=True)
class Message:
    """One of them, of the run of one device. `text` is ASCII, since no text of a user may break the connection."""

    kind: Kind
    device: str
    text: str

    @classmethod
    def saying(cls, kind: Kind, device: str, content: object = None) -> Message:
        """The message with content that JSON has; numbers that are none are kept."""
        return cls(kind, device, json.dumps(content))

    @classmethod
    def event(cls, device: str, event: Event) -> Message:
        """The message that an event has happened."""
        return cls(Kind.EVENT, device, to_json(event))

    @classmethod
    def of(cls, plain: Plain) -> Message:
        """The message that was sent."""
        kind, device, text = plain
        return cls(Kind(kind), device, text)

    @property
    def content(self) -> Any:
        """What `saying` was given."""
        return json.loads(self.text)

    @property
    def plain(self) -> Plain:
        """What can be sent."""
        return self.kind.value, self.device, self.text
