"""What a person sees on the terminal while a run goes on, and when it is over. It all goes to stderr."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from harness.core.events import CheckStarted, DeviceUnavailable, Event, FindingMade, Noted, RunStarted
from harness.core.findings import Finding
from harness.core.run import Run
from harness.core.vocabulary import Coverage, Status
from reports.story import SIGNS, WORDS, Story
from reports.tables import named
from reports.text import number, one_line, quantity

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.table import Table
    from rich.text import Text

STYLES = {
    "pass": "green", "verified": "green", "fail": "bold red", "failed": "red", "warn": "yellow", "partial": "yellow",
    "incomplete": "bold yellow", "not verified": "dim", "error": "magenta",
}  # fmt: skip
_TOLD_AT_ONCE = (Status.FAIL, Status.WARN, Status.ERROR)


class Progress:
    """Follows a run's events: a live line on a terminal; anywhere else only what falls short or warns."""

    def __init__(self, folder: Path, stream: TextIO | None = None) -> None:
        """`folder` is where the reports will be; `stream` is stderr unless told otherwise."""
        from rich.console import Console

        self._folder = folder
        # highlighting and markup would make something of text that is not ours
        self._console: Console = Console(file=stream or sys.stderr, highlight=False, markup=False, emoji=False)
        self._bars = _bars(self._console)
        self._run = self._bars.add_task("starting", total=None)
        self._pairs = self._bars.add_task("pairs", total=None, visible=False)
        self._counts = dict.fromkeys(Status, 0)

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._bars.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bars.stop()

    def scored(self, done: int, total: int) -> None:
        """Pairs of one question to the target that have been answered: shown while there are more to come."""
        self._bars.update(self._pairs, completed=done, total=total, visible=done < total)

    def __call__(self, event: Event) -> None:
        """Take one event."""
        match event:
            case RunStarted(planned=planned):
                self._bars.update(self._run, total=len(planned))
            case CheckStarted(check=check):
                self._bars.update(self._run, description=f"{one_line(check)}  {self._so_far}", advance=1)
            case FindingMade(finding=finding):
                self._counts[finding.status] += 1
                if finding.status in _TOLD_AT_ONCE:
                    self._print(_heading(finding))
            case DeviceUnavailable(device=device, reason=reason):
                self._print(_plain(f"{SIGNS['not verified']} {device} is not there: {reason}"))
            case Noted(topic=topic, message=message):
                self._print(_plain(f"{topic}: {message}", "dim"))

    def summary(self, run: Run) -> None:
        """Print verdict, counts, areas, what fell short with its remedy, and where the report is."""
        self._bars.stop()
        story = Story(run)
        self._print("")
        self._console.print(_areas(story))
        for finding in story.of("fail", "error"):
            self._print("", *_told(finding))
        self._print("", _plain(f"{SIGNS[story.verdict]} Verdict: {story.verdict}", STYLES[story.verdict]))
        self._print(*map(_plain, story.summary), _plain(f"Report: {self._folder / 'report.html'}"))

    def say(self, text: str) -> None:
        """Print one sentence that belongs to no event."""
        self._print(_plain(text))

    def _print(self, *lines: Text | str) -> None:
        # wrapped lines cannot be searched or copied in the log of a CI system
        self._console.print(*lines, sep="\n", soft_wrap=True)

    @property
    def _so_far(self) -> str:
        return "  ".join(f"{SIGNS[status]} {count}" for status, count in self._counts.items() if count)


def _bars(console: Console) -> Bars:
    """A bar of the checks that were begun, and one of the pairs that a long check waits for; gone when stopped."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    return Progress(
        SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(24), MofNCompleteColumn(),
        console=console, transient=True, disable=not console.is_terminal,
    )  # fmt: skip


def _areas(story: Story) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("area", "status", "pass", "fail", "warn", "not verified", "error"):
        table.add_column(heading, justify="left" if heading in ("area", "status") else "right")
    for row in story.areas:
        if row.status is Coverage.NOT_VERIFIED and not any(row.counts.values()):
            continue
        word = _plain(f"{SIGNS[row.status]} {WORDS.get(row.status, row.status)}", STYLES[row.status])
        table.add_row(_plain(row.title), word, *(str(count or "") for count in row.counts.values()))
    return table


def _heading(finding: Finding) -> Text:
    line = _plain(f"{SIGNS[finding.status]} {WORDS.get(finding.status, finding.status)}", STYLES[finding.status])
    return line.append("  ").append_text(_plain(f"{named(finding)}: {finding.message}"))


def _told(finding: Finding) -> list[Text]:
    lines = [_heading(finding)]
    if finding.value is not None and finding.limit is not None:
        lines.append(_plain(f"{quantity(finding.value, finding.unit)}, limit {number(finding.limit)}", indent="  "))
    if finding.remedy:
        lines.append(_plain(f"what to do: {finding.remedy}", indent="  "))
    return lines


def _plain(text: str, style: str = "", indent: str = "") -> Text:
    from rich.text import Text

    return Text(indent).append(one_line(text), style)
