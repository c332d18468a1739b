"""What the page of several deployments says, whatever the format."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from harness.core.fleet import AXES, Agreement, Contrast, Explanation, Overview, State, Verified
from harness.core.run import Run
from harness.core.vocabulary import Area, Coverage, Verdict
from reports.fleet import words
from reports.formats.markdown import Raw
from reports.text import brief, duration, moment

SCHEMA = "rerank-harness/matrix-report/1"
KINDS = {"matrix": "Matrix of deployments", "replicas": "Targets side by side"}
LOG = "verify.log"


@dataclass(frozen=True, slots=True)
class Row:
    """A deployment in the table: the words that tell it from the others, but for those that its name says, its verdict,
    how far each area was verified, and the likeliest cause of what fell short, or why there is no run.
    """

    verified: Verified
    words: tuple[tuple[str, str], ...]
    cells: tuple[tuple[Area, Coverage], ...]
    odd: bool
    """Whether it does not agree with the other deployments of its model."""
    told: str

    @property
    def name(self) -> str:
        """That of the deployment, and of its folder."""
        return self.verified.name

    @property
    def status(self) -> str:
        """A word that the style sheet knows."""
        state, verdict = self.verified.deployment.state, self.verified.verdict
        return "error" if state in (State.CRASHED, State.REFUSED) else verdict.value

    @property
    def page(self) -> str | None:
        """Where its report is, from the page; its log where there is none, and None where there is neither."""
        if self.verified.run is not None:
            return f"{self.name}/report.html"
        return None if self.verified.deployment.state is State.WAITING else f"{self.name}/{LOG}"

    @property
    def link(self) -> Raw:
        """The name as Markdown, leading to `page`; a name holds nothing that Markdown would take for its own."""
        return Raw(self.name if self.page is None else f"[{self.name}]({self.page})")


@dataclass(frozen=True, slots=True)
class Group:
    """The deployments of a model beside each other: those that differ, and those that are alike."""

    agreement: Agreement
    differing: tuple[Contrast, ...]
    alike: tuple[Contrast, ...]


@dataclass(frozen=True)
class FleetStory:
    """A fleet as it is told."""

    overview: Overview

    @property
    def verdict(self) -> Verdict:
        """pass, fail or incomplete."""
        return self.overview.verdict

    @property
    def kicker(self) -> str:
        """What the page is."""
        return KINDS[self.overview.fleet.kind]

    @property
    def headline(self) -> str:
        """The outcome in a few words."""
        return words.headline(self.overview)

    @cached_property
    def summary(self) -> tuple[str, ...]:
        """What a reader must know, a sentence each."""
        return tuple(words.summary(self.overview))

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What is the same for all of them, and when they were verified."""
        fleet = self.overview.fleet
        first = fleet.deployments[0].request
        common = [(axis, first[axis]) for axis in AXES if axis not in fleet.varied and first.get(axis)]
        ended = max((run.finished for run in self._runs if run.finished is not None), default=None)
        return (
            ("Deployments", str(len(fleet.deployments))),
            *((axis.capitalize(), str(word)) for axis, word in common),
            ("Started", moment(fleet.created)),
            ("Duration", duration(fleet.created, ended)),
            ("Checks", ", ".join(fleet.only) or "all that the profile plans"),
        )

    @property
    def areas(self) -> tuple[Area, ...]:
        """The areas that any of them was verified in."""
        reached = {area for run in self._runs for area in Area if run.coverage(area) is not Coverage.NOT_VERIFIED}
        return tuple(area for area in Area if area in reached)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The table, in the order in which the deployments were planned."""
        return tuple(self._row(each) for each in self.overview.verified)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The deployments of each model that has several."""
        return tuple(self._group(each) for each in self.overview.agreements)

    def next_step(self, contrast: Contrast) -> str:
        """How to have a deployment examined whose difference nothing explains."""
        return words.next_step(self.overview.named(contrast.deployment))

    @property
    def _runs(self) -> tuple[Run, ...]:
        return tuple(each.run for each in self.overview.verified if each.run is not None)

    def _row(self, each: Verified) -> Row:
        axes = self.overview.fleet.varied
        cells = tuple((area, each.run.coverage(area)) for area in self.areas) if each.run is not None else ()
        odd = any(each.name in agreement.odd for agreement in self.overview.agreements)
        words = ((axis, each.deployment.axis(axis)) for axis in axes)
        return Row(each, tuple((axis, word) for axis, word in words if word not in each.name), cells, odd, _told(each))

    def _group(self, agreement: Agreement) -> Group:
        ours = [each for each in self.overview.contrasts if each.deployment in agreement.members]
        alike = [each for each in ours if each.explanation in (Explanation.ALIKE, Explanation.NOT_COMPARED)]
        differing = [each for each in ours if each not in alike]
        # what only its findings tell of is the least
        differing.sort(
            key=lambda each: (each.explanation is Explanation.FINDINGS, each.deployment not in agreement.odd)
        )
        return Group(agreement, tuple(differing), tuple(alike))


def _told(each: Verified) -> str:
    if standing := words.standing(each):
        return brief(standing, 300)
    causes = each.run.causes if each.run is not None else ()
    return f"{causes[0].stage}: {causes[0].title}" if causes else ""
