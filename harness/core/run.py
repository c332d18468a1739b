"""A run is what its events say: verdict, areas and devices are derived here and nowhere else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from harness.core.causes import Cause
from harness.core.errors import UsageError
from harness.core.events import (
    CauseFound,
    CheckStarted,
    DeviceUnavailable,
    Event,
    FindingMade,
    NoiseRecorded,
    Noted,
    RunFinished,
    RunStarted,
    SamplesRecorded,
    ScoresRecorded,
    SeriesRecorded,
    to_json,
)
from harness.core.findings import Finding
from harness.core.vocabulary import Area, Coverage, Severity, Status, Verdict

DEVICES = ("cpu", "cuda", "mps")
_WEIGHTY = (Severity.CRITICAL, Severity.MAJOR)


@dataclass(frozen=True, slots=True)
class Run:
    """All that one verification left behind."""

    started: RunStarted
    findings: tuple[Finding, ...] = ()
    series: tuple[SeriesRecorded, ...] = ()
    notes: tuple[Noted, ...] = ()
    unavailable: tuple[DeviceUnavailable, ...] = ()
    finished: str | None = None
    interrupted_in: str | None = None
    causes: tuple[Cause, ...] = ()
    scores: tuple[ScoresRecorded, ...] = ()
    samples: tuple[SamplesRecorded, ...] = ()
    noise: NoiseRecorded | None = None

    @classmethod
    def of(cls, events: Iterable[Event]) -> Run:
        """Fold an event stream, complete or cut short."""
        stream = list(events)
        if not stream or not isinstance(stream[0], RunStarted):
            raise UsageError("the event stream does not begin with RunStarted; is this an events.jsonl of a run?")
        finished = next((e.finished for e in stream if isinstance(e, RunFinished)), None)
        begun = [e.check for e in stream if isinstance(e, CheckStarted)]
        return cls(
            started=stream[0],
            findings=tuple(e.finding for e in stream if isinstance(e, FindingMade)),
            causes=tuple(e.cause for e in stream if isinstance(e, CauseFound)),
            scores=tuple(e for e in stream if isinstance(e, ScoresRecorded)),
            samples=tuple(e for e in stream if isinstance(e, SamplesRecorded)),
            noise=next((e for e in stream if isinstance(e, NoiseRecorded)), None),
            series=tuple(e for e in stream if isinstance(e, SeriesRecorded)),
            notes=tuple(e for e in stream if isinstance(e, Noted)),
            unavailable=tuple(e for e in stream if isinstance(e, DeviceUnavailable)),
            finished=finished,
            interrupted_in=begun[-1] if begun and finished is None else None,
        )

    @property
    def id(self) -> str:
        """What tells this run from every other; of a stream that has no id, a digest of how it started."""
        return self.started.id or hashlib.sha256(to_json(self.started).encode()).hexdigest()[:32]

    @property
    def device(self) -> str:
        """The device this run was made on, e.g. "cpu" or "cuda:1"."""
        return self.started.device

    @property
    def missing(self) -> tuple[str, ...]:
        """The checks that were planned and left no finding."""
        made = {f.check for f in self.findings}
        return tuple(check for check in self.started.planned if check not in made)

    @property
    def verdict(self) -> Verdict:
        """fail: something fell short; incomplete: it did not, but not all that matters was verified; else pass."""
        statuses = {f.status for f in self.findings}
        if Status.FAIL in statuses or any(u.required for u in self.unavailable):
            return Verdict.FAIL
        unverified = any(f.status is Status.NOT_VERIFIED and f.severity in _WEIGHTY for f in self.findings)
        cut = self.finished is None or bool(self.unavailable) or bool(self.missing) or Status.PASS not in statuses
        return Verdict.INCOMPLETE if cut or unverified or Status.ERROR in statuses else Verdict.PASS

    def coverage(self, area: Area) -> Coverage:
        """How far one area has been verified; at most partially where a planned check of it left no finding."""
        found = coverage([f for f in self.findings if f.area is area])
        lost = any(check.startswith(f"{area}.") for check in self.missing)
        return Coverage.PARTIAL if lost and found is Coverage.VERIFIED else found

    def device_coverage(self) -> dict[str, Coverage]:
        """Per kind of device; what was not run is not verified."""
        table = dict.fromkeys(DEVICES, Coverage.NOT_VERIFIED)
        kind = self.device.split(":")[0]
        if self.findings:
            reached = {Verdict.PASS: Coverage.VERIFIED, Verdict.FAIL: Coverage.FAILED}
            table[kind] = reached.get(self.verdict, Coverage.NOT_VERIFIED)
        return table


def coverage(findings: list[Finding]) -> Coverage:
    """Failed if anything failed; verified if all that has a meaning here passed; partial if only some did."""
    statuses = {f.status for f in findings if f.severity is not Severity.INFO or f.status is not Status.NOT_VERIFIED}
    if Status.FAIL in statuses:
        return Coverage.FAILED
    if not statuses & {Status.PASS, Status.WARN}:
        return Coverage.NOT_VERIFIED
    return Coverage.PARTIAL if statuses & {Status.NOT_VERIFIED, Status.ERROR} else Coverage.VERIFIED
