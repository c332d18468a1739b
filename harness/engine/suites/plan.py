"""What each test of a session is to a verification, and after which others it may run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.core.vocabulary import Phase, Stage

if TYPE_CHECKING:
    import pytest

    from harness.checks.registry import Check


@dataclass(frozen=True, slots=True)
class Planned:
    """A test that works with the run of a device. `check` is the id of the one that it runs, or empty."""

    nodeid: str
    device: str
    check: str
    phase: str
    apart: bool
    """Whether nothing may run beside it: it times something, or watches what a server does from request to request."""

    @property
    def plain(self) -> tuple[str, str, str, str, bool]:
        """What can be sent."""
        return self.nodeid, self.device, self.check, self.phase, self.apart


def check_of(item: pytest.Item) -> Any:
    """The check that an item runs, or None if it is no test of ours."""
    callspec = getattr(item, "callspec", None)
    return callspec.params.get("check") if callspec is not None and uses_run(item) else None


def uses_run(item: pytest.Item) -> bool:
    """Whether an item works with the run of a device."""
    return "rerank_run" in getattr(item, "fixturenames", ())


def planned(item: pytest.Item) -> Planned | None:
    """What an item is to a verification; None where it has nothing to do with one.

    A test that works with the run and runs no check, as those do that pytest-benchmark times, is kept apart.
    """
    callspec = getattr(item, "callspec", None)
    if callspec is None or not uses_run(item) or "rerank_device" not in callspec.params:
        return None
    check, device = check_of(item), str(callspec.params["rerank_device"])
    if check is None:
        return Planned(item.nodeid, device, "", "", apart=True)
    return Planned(item.nodeid, device, check.id, check.phase.value, is_apart(check))


def is_apart(check: Check) -> bool:
    """Whether a check says something only where nothing runs beside it: it reads the clock, or it asks what the
    requests before left in a server, which requests of other workers would change.
    """
    from harness.checks.registry import Need

    return check.phase is Phase.SPEED or (check.stage is Stage.STATE and Need.SERVER in check.needs)


@dataclass(frozen=True, slots=True)
class Order:
    """How the tests of a session are handed out, by their places in the collection.

    First come tests that have nothing to do with a verification, then device by device the checks that may run beside
    each other, phase by phase, then those that are kept apart. `after` holds, of each test, those that must have ended
    before it: where a failure would take the meaning from it, this has to be known, whichever worker meets it.
    """

    places: tuple[int, ...]
    after: Mapping[int, frozenset[int]]
    apart: frozenset[int]
    last: Mapping[int, str]
    """The test with which the run of a device ends, which comes after all others of the device."""

    @classmethod
    def of(cls, collection: Sequence[str], tests: Mapping[str, Planned]) -> Order:
        """The order of a collection in which `tests` are ours."""
        ours = {place: tests[nodeid] for place, nodeid in enumerate(collection) if nodeid in tests}
        devices, phases = [*dict.fromkeys(test.device for test in ours.values())], [*Phase, ""]
        free = [place for place in range(len(collection)) if place not in ours]
        in_turn = sorted(
            ours, key=lambda p: (devices.index(ours[p].device), ours[p].apart, phases.index(ours[p].phase), p)
        )
        last = {place: device for device, place in {ours[p].device: p for p in in_turn}.items()}
        places = (*free, *in_turn)
        apart = frozenset(place for place, test in ours.items() if test.apart)
        alone = apart | set(last)
        after = {
            place: frozenset(places[:n]) if place in alone else _before(place, ours)
            for n, place in enumerate(places)
        }  # fmt: skip
        return cls(places, after, apart, last)


def _before(place: int, ours: Mapping[int, Planned]) -> frozenset[int]:
    """What must have ended before a test that others may run beside: tests of earlier devices, and checks whose failure
    would take the meaning from it.
    """
    from harness.engine.gating import TAKES_MEANING_FROM

    test = ours.get(place)
    if test is None:
        return frozenset()
    gating = {phase.value for phase, later in TAKES_MEANING_FROM.items() if test.phase in later}
    devices = list(dict.fromkeys(each.device for each in ours.values()))
    earlier = set(devices[: devices.index(test.device)])
    return frozenset(
        p for p, other in ours.items()
        if other.device in earlier or (other.device == test.device and other.phase in gating and not other.apart)
    )  # fmt: skip
