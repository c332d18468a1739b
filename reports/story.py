"""What a report says of a run, in words, whatever the format: verdict, summary, and findings in the order of weight."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from harness.core.findings import Finding
from harness.core.run import Run
from harness.core.vocabulary import Severity, Status, Verdict
from reports import tables
from reports.text import duration, moment, one_line, plural

#: A sign beside each word, so that no status is told by its colour alone.
SIGNS = {
    "pass": "✓", "verified": "✓", "fail": "✕", "failed": "✕", "warn": "!", "not verified": "○",
    "error": "⊘", "incomplete": "◐", "partial": "◐",
}  # fmt: skip
WORDS = {"partial": "partially verified", "warn": "warning"}
SCHEMA = "rerank-harness/run/1"


@dataclass(frozen=True)
class Story:
    """A run as it is told."""

    run: Run

    @property
    def verdict(self) -> str:
        """pass, fail or incomplete."""
        return self.run.verdict.value

    @property
    def target(self) -> str:
        """What was under verification."""
        spec, dialect = self.run.started.target.get("spec"), self.run.started.target.get("dialect")
        return f"{spec} ({dialect})" if dialect else str(spec)

    @property
    def model(self) -> str | None:
        """The model that the target is meant to serve."""
        return self.run.started.model.get("id")

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What stands at the head of a report."""
        begun = self.run.started
        return (
            ("Target", self.target),
            ("Model", self.model or "none named"),
            ("Device", begun.device),
            ("Profile", begun.profile),
            ("Started", moment(begun.started)),
            ("Duration", duration(begun.started, self.run.finished) if self.run.finished else "did not finish"),
            ("Model digest", str(begun.model.get("digest") or "none")),
        )

    @property
    def interruption(self) -> str | None:
        """What to say at the very top of a run that did not come to its end."""
        if self.run.finished is not None:
            return None
        where = f"it was interrupted in the check {self.run.interrupted_in}" if self.run.interrupted_in else (
            "it was interrupted before its first check"
        )  # fmt: skip
        return f"This run did not come to its end: {where}. What follows is what had been found by then."

    @cached_property
    def summary(self) -> tuple[str, ...]:
        """The executive summary, a sentence each."""
        told = (self._what, self._how_many, self._gravest, self._why, self._cause, self._without_model)
        return tuple(sentence for sentence in told if sentence)

    @property
    def counts(self) -> dict[str, int]:
        """How many findings have each status."""
        return tables.counted(self.run.findings)

    @property
    def areas(self) -> tuple[tables.AreaRow, ...]:
        """The areas table."""
        return tables.areas(self.run)

    @property
    def stages(self) -> tuple[tables.StageRow, ...]:
        """The pipeline, and where in it something fell short."""
        return tables.stages(self.run)

    @property
    def devices(self) -> tuple[tables.DeviceRow, ...]:
        """The devices table."""
        return tables.devices(self.run)

    @property
    def gaps(self) -> tuple[tables.Gap, ...]:
        """What was not verified and why."""
        return tables.gaps(self.run)

    @property
    def environment(self) -> tuple[tuple[str, str], ...]:
        """What the figures depend on."""
        return tables.environment(self.run)

    def of(self, *statuses: str) -> tuple[Finding, ...]:
        """The findings of those statuses, one status after the other, gravest first in each."""
        return tuple(f for status in statuses for f in tables.ranked(self._having(Status(status))))

    @property
    def _what(self) -> str:
        begun = self.run.started
        how = f"held against the model {self.model}" if self.model else "verified by itself, without a reference,"
        when = f"{moment(begun.started)} with the profile {begun.profile}"
        if self.run.unavailable and not self.run.findings:
            reasons = "; ".join(f"{u.device}: {u.reason}" for u in self.run.unavailable)
            return f"Nothing was verified, because a device is not there ({reasons})."
        return f"The target {self.target} was {how} on {begun.device}, {when}."

    @property
    def _how_many(self) -> str:
        findings, counts = self.run.findings, self.counts
        if not findings:
            return "No check was made."
        checks = plural(len({f.check for f in findings}), "check")
        apart = sum(f.severity is Severity.INFO for f in self.of("not verified"))
        told = (
            (counts["pass"], "passed"), (counts["fail"], "failed"), (counts["warn"], "warned"),
            (counts["not verified"] - apart, "could not be verified"),
            (apart, "did not apply"),
            (counts["error"], "ended in an error of the check itself"),
        )  # fmt: skip
        listed = ", ".join(f"{n} {what}" for n, what in told if n)
        return f"{checks} made {plural(len(findings), 'finding')}: {listed}."

    @property
    def _gravest(self) -> str:
        failed = self.of("fail")
        if not failed:
            return ""
        worst = failed[0]
        return f"The gravest ({worst.severity}, {worst.check}): {_sentence(one_line(worst.message))}"

    @property
    def _why(self) -> str:
        match self.run.verdict:
            case Verdict.PASS:
                return "The verdict is pass: all that matters was verified, and nothing fell short."
            case Verdict.FAIL:
                return f"The verdict is fail: {self._fallen}."
            case Verdict.INCOMPLETE:
                return (
                    f"The verdict is incomplete: nothing fell short, but {'; '.join(self._open) or 'nothing passed'}."
                )

    @property
    def _fallen(self) -> str:
        failed = self.of("fail")
        if not failed:
            return "a device was required and is not there"
        weights = [(s, sum(f.severity is s for f in failed)) for s in Severity]
        return f"{plural(len(failed), 'finding')} fell short ({', '.join(f'{n} {s}' for s, n in weights if n)})"

    @property
    def _open(self) -> list[str]:
        weighty = [f for f in self.of("not verified") if f.severity in (Severity.CRITICAL, Severity.MAJOR)]
        lost = self.run.missing
        told = (
            (self.run.finished is None, "the run did not come to its end"),
            (bool(self.run.unavailable), "a device is not there"),
            (bool(weighty), f"{plural(len(weighty), 'critical or major finding')} could not be verified"),
            (bool(self.counts["error"]), f"{plural(self.counts['error'], 'check')} ended in an error"),
            (bool(lost), f"{plural(len(lost), 'planned check')} left no finding"),
        )  # fmt: skip
        return [text for holds, text in told if holds]

    @property
    def _cause(self) -> str:
        if not self.run.causes:
            return ""
        cause = self.run.causes[0]
        return f"The most likely cause lies in the stage {cause.stage}: {cause.title}."

    @property
    def _without_model(self) -> str:
        if self.model:
            return ""
        return "No model was named, so nothing was compared with a reference; --model names the checkpoint to compare."

    def _having(self, status: Status) -> list[Finding]:
        return [f for f in self.run.findings if f.status is status]


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else text + "."
