"""A night after which something of every kind changed, the nights before it, and a decision on a release."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from harness.core.comparison import Comparison, Flip, Judgement
from harness.core.events import Event, FindingMade, RunFinished, SamplesRecorded
from harness.core.run import Run
from harness.core.vocabulary import Area, Severity, Status
from harness.core.waivers import Justification, Waiver
from harness.engine.nightly import nightly_of
from harness.history.store import Store, open_store
from reports.nightly import Nightly
from reports.signoff.decision import Decision, decide
from reports.signoff.policy import Policy, Waivable
from tests.reports.demo import events, findings, started
from tests.reports.nightly.comparisons import comparison

NIGHTS = 14
TURN = 10
AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
_WAIVED = "robustness.special-tokens"


def run() -> Run:
    return Run.of(events())


def compared(foul: str = "") -> Comparison:
    """Something of every kind changed; what a reader is shown of it ends in `foul`."""
    held = comparison(run(), foul)
    assert held.scores is not None
    (changed,) = held.findings
    assert changed.run is not None
    moved = tuple(replace(one, document=f"d3{foul}") for one in held.scores.moved)
    quiet = replace(changed.run, message=f"{changed.run.message}{foul}", subject=f"{changed.run.subject}{foul}")
    return replace(
        held, findings=(replace(changed, run=quiet),), left_out=(f"No memory was measured.{foul}",),
        scores=replace(held.scores, moved=moved, flips=(Flip(f"q1{foul}", f"d3{foul}", f"d4{foul}", 0.8, 2),)),
        samples=tuple(replace(one, title=f"{one.title}{foul}") for one in held.samples),
    )  # fmt: skip


def of_many(count: int, text: str) -> Comparison:
    """As many findings changed, each telling the text."""
    held = compared()
    (changed,) = held.findings
    assert changed.run is not None
    many = (replace(changed.run, subject=f"pair {n}", message=text) for n in range(count))
    return replace(held, findings=tuple(replace(changed, run=one, judgement=Judgement.WORSE) for one in many))


def nightly(folder: Path, foul: str = "") -> Nightly:
    """The demo's run beside an earlier one, and the figures of the nights before it."""
    told = nightly_of(run(), compared(foul), store_of_nights(folder))
    return replace(told, turns=[f"{turn}{foul}" for turn in told.turns])


def store_of_nights(folder: Path) -> Store:
    """Fourteen runs of the demo's target."""
    store = open_store(str(folder / "history.sqlite"))
    for number in range(1, NIGHTS + 1):
        store.add(list(_night(number)))
    return store


def _night(number: int) -> Iterator[Event]:
    """From the tenth on, scores are farther off and answers take longer."""
    late = number >= TURN
    values = next(finding for finding in findings() if finding.check == "numerics.values")
    begun = started(started=f"2026-11-{number:02}T04:05:06.000+00:00", id=f"{number:02}" * 16)
    yield replace(begun, environment={**begun.environment, "packages": {"torch": "2.9.0" if late else "2.8.0"}})
    yield FindingMade(replace(values, status=Status.PASS, value=(0.02 if late else 0.01) + 1e-4 * (number % 3)))
    yield SamplesRecorded("latency", "Latency", "ms", (11.4 if late else 10.0,) * 3)
    yield RunFinished(f"2026-11-{number:02}T04:07:31.500+00:00")


def decision(foul: str = "", waived: bool = True) -> Decision:
    """On runs of two devices in which one check fails. Somebody accepts it; where nobody does, a third device is
    asked for too. What comes from outside ends in `foul`.
    """
    allowed = Waivable(("robustness.*",), tuple(Severity), ("*",))
    devices = ("cpu", "cuda") if waived else ("cpu", "cuda", "mps")
    policy = Policy(devices, f"Release of the reranker{foul}", (Area.PROMPT, Area.TOKEN_IDS), waivable=(allowed,))
    waiver = Waiver(
        1, _WAIVED, f"ana@example.com{foul}", f"texts are cleaned before they are sent{foul}",
        f"https://example.com/issues/41{foul}", date(2027, 1, 31), Justification.RISK_ACCEPTED,
    )  # fmt: skip
    return decide([_released(device, foul) for device in ("cpu", "cuda:0")], policy, [waiver] if waived else [], AT)


def _released(device: str, foul: str) -> Run:
    """The demo's run with one failure and one gap left."""
    made = [replace(f, device=device, message=f"{f.message}{foul}", unit=f"{f.unit}{foul}") for f in findings()]
    good = [replace(f, status=Status.PASS) for f in made if f.status in (Status.PASS, Status.WARN)]
    left = [f for f in made if f.check in (_WAIVED, "monitoring.memory")]
    digests = {"collection": "sha256:" + "a" * 64, "prompt": "sha256:" + "b" * 64}
    begun = started(device=device, id=(device.encode().hex() * 8)[:32], inputs=digests, planned=())
    told = {"target": {"spec": f"{begun.target['spec']}{foul}"}, "environment": {"collection": f"judged{foul}"}}
    return Run(replace(begun, **told), (*good, *left), finished="2026-11-23T04:07:31.500+00:00")
