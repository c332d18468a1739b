"""The release page: what was decided, under which conditions, and on what it rests, in Markdown and HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from harness.core.findings import Finding
from harness.core.run import Run, coverage
from harness.core.vocabulary import Area, Coverage, Severity, Status
from harness.core.waivers import Waiver
from reports.formats import html, markdown
from reports.signoff.decision import Decision, Release
from reports.signoff.requirements import collection_of, covering, prompt_of
from reports.text import moment, plural

_TONES = {Release.PASS: "pass", Release.CONDITIONAL: "incomplete", Release.FAIL: "fail"}
_SENTENCES = {
    Release.PASS: "Everything that the policy asks for was verified, and nothing fell short.",
    Release.CONDITIONAL: "Everything that the policy asks for was verified, but for what is waived below.",
    Release.FAIL: "Not everything that the policy asks for holds; each reason stands below.",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A decision as its page tells it."""

    decision: Decision

    @property
    def tone(self) -> str:
        """The verdict as a run's is shown."""
        return _TONES[self.decision.verdict]

    @property
    def sentence(self) -> str:
        """The verdict in words."""
        return _SENTENCES[self.decision.verdict]

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What stands at the head of the page."""
        decision = self.decision
        return (
            ("Model", decision.model),
            ("Policy", decision.policy.title or "without a title"),
            ("Decided", moment(decision.at.isoformat())),
            ("Runs", str(len(decision.runs))),
            ("Model digest", decision.digest),
        )

    @property
    def waivers(self) -> tuple[tuple[Waiver, str], ...]:
        """Each entry that was used, and what it waives."""
        used = {entry.waiver.number: entry.waiver for entry in self.decision.accepted}
        return tuple((used[number], self._waived(number)) for number in sorted(used))

    @property
    def devices(self) -> tuple[tuple[str, Coverage, str], ...]:
        """Each device that the policy requires, how far it was verified, and by which runs."""
        return tuple(self._device(device) for device in self.decision.policy.devices)

    @property
    def areas(self) -> tuple[tuple[Area, bool, tuple[Coverage, ...]], ...]:
        """Each area, whether it is required, and how far it was verified on each device of the policy."""
        policy = self.decision.policy
        return tuple(
            (area, area in policy.areas, tuple(coverage(self._found(device, area)) for device in policy.devices))
            for area in Area
        )

    @property
    def figures(self) -> tuple[tuple[Run, Finding], ...]:
        """Every finding with a margin, run by run."""
        return self._where(lambda finding: finding.margin is not None)

    @property
    def gaps(self) -> tuple[tuple[Run, Finding], ...]:
        """What was not verified although it would matter."""
        return self._where(lambda f: f.status is Status.NOT_VERIFIED and f.severity is not Severity.INFO)

    @property
    def collections(self) -> tuple[tuple[Run, str, str], ...]:
        """Each run with its collection and prompt."""
        return tuple(
            (run, " ".join(filter(None, collection_of(run))), prompt_of(run) or "none") for run in self.decision.runs
        )

    def _device(self, device: str) -> tuple[str, Coverage, str]:
        runs = covering(self.decision.runs, device)
        reached = coverage([finding for run in runs for finding in run.findings])
        return device, reached, ", ".join(run.id for run in runs) or "no run covered it"

    def _found(self, device: str, area: Area) -> list[Finding]:
        return [f for run in covering(self.decision.runs, device) for f in run.findings if f.area is area]

    def _waived(self, number: int) -> str:
        entries = [entry for entry in self.decision.accepted if entry.waiver.number == number]
        checks = ", ".join(dict.fromkeys(entry.finding.check for entry in entries))
        return f"{plural(len(entries), 'finding')} of {checks}"

    def _where(self, wanted: Callable[[Finding], bool]) -> tuple[tuple[Run, Finding], ...]:
        return tuple((run, finding) for run in self.decision.runs for finding in run.findings if wanted(finding))


def pages(decision: Decision) -> dict[str, str]:
    """File name → content of the page; nothing from outside can be anything but text in it."""
    told: dict[str, Any] = {"page": Page(decision), "decision": decision}
    return {
        "release.md": markdown.document("release.md.j2", **told),
        "release.html": html.page("release.html.j2", **told),
    }
