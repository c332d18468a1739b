"""What a nightly report says, whatever the format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from harness.core.comparison import Comparison, Judgement
from harness.core.run import Run
from reports import changes
from reports.story import Story
from reports.text import moment, plural

#: The tone of the page, which the style sheet knows by the words of verdicts.
TONES = {
    Judgement.WORSE: "fail", Judgement.FLAKY: "warn", Judgement.BETTER: "pass", Judgement.UNCHANGED: "pass",
    Judgement.UNDECIDED: "not-verified",
}  # fmt: skip


class Picture(Protocol):
    """A figure as a page shows it: a drawing where there is one, and the same as text."""

    @property
    def title(self) -> str: ...  # noqa: D102 - says itself

    @property
    def svg(self) -> str | None: ...  # noqa: D102

    @property
    def rows(self) -> tuple[tuple[str, str], ...]: ...  # noqa: D102

    @property
    def remark(self) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class Nightly:
    """A run, how it compares with its base (None: there is none yet), and the figures of the runs up to it."""

    run: Run
    comparison: Comparison | None
    over_time: Sequence[Picture] = ()
    turns: Sequence[str] = field(default=())
    """Change points of those figures, each in a sentence."""

    @property
    def story(self) -> Story:
        """The run by itself."""
        return Story(self.run)

    @property
    def judgement(self) -> Judgement:
        """That of the comparison."""
        return Judgement.UNDECIDED if self.comparison is None else self.comparison.judgement

    @property
    def tone(self) -> str:
        """A run that fails by itself is no good news, however it compares."""
        return "fail" if self.story.verdict == "fail" else TONES[self.judgement]

    @property
    def headline(self) -> str:
        """The judgement in a few words."""
        return "No run to compare with yet" if self.comparison is None else changes.headline(self.comparison)

    @cached_property
    def changed(self) -> tuple[changes.Told, ...]:
        """What did not stay as it was, gravest first."""
        return () if self.comparison is None else changes.told(self.comparison)

    @property
    def summary(self) -> tuple[str, ...]:
        """What a reader must know, a sentence each."""
        return tuple(sentence for sentence in (self._against, self._how_many, self._alone) if sentence)

    @property
    def _against(self) -> str:
        if self.comparison is None:
            return "There is no earlier good run of this target, model and device; this one may become the base."
        base = self.comparison.base
        return f"Held against the run {base.id[:8]} of {moment(base.started)}, whose verdict was {base.verdict}."

    @property
    def _how_many(self) -> str:
        counted = {word: sum(each.judgement.value == word for each in self.changed) for word in changes.SIGNS}
        found = [f"{plural(n, 'change')} for the {word}" for word, n in counted.items() if n and word in _COMPARED]
        unsteady = f"{plural(counted['flaky'], 'figure')} not steady" if counted["flaky"] else ""
        told = ", ".join(filter(None, (*found, unsteady)))
        return f"{told[0].upper()}{told[1:]}." if told else ""

    @property
    def _alone(self) -> str:
        return f"By itself: {self.story.summary[1] if len(self.story.summary) > 1 else self.story.summary[0]}"


_COMPARED = ("worse", "better")
