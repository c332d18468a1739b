"""Where events go: held while there is no folder yet, so that loading can be noted before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from harness.core.events import Event, RunStarted

Sink = Callable[[Event], None]


@dataclass
class Relay:
    """Passes events on to its sinks; those that come before RunStarted are passed on right after it."""

    sinks: tuple[Sink, ...] = ()
    held: list[Event] = field(default_factory=list)
    started: bool = False

    def attach(self, *sinks: Sink) -> None:
        """Name the sinks; from here on events are passed on."""
        self.sinks = sinks

    def resume(self, told: Collection[Event]) -> None:
        """Go on with a run that has begun: what is held and was not told before is passed on."""
        self.started, held = True, [event for event in self.held if event not in told]
        self.held.clear()
        for event in held:
            self(event)

    def __call__(self, event: Event) -> None:
        """Take one event."""
        if not self.started and not isinstance(event, RunStarted):
            self.held.append(event)
            return
        self.started = True
        for each in (event, *self.held):
            for sink in self.sinks:
                sink(each)
        self.held.clear()
