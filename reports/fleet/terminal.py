"""Several deployments on the terminal: which begin and end, then a table and who does not agree. All goes to stderr."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from harness.core.fleet import Overview, Verified
from harness.core.vocabulary import Coverage
from reports.console import STYLES
from reports.fleet import words
from reports.fleet.story import FleetStory, Row
from reports.story import SIGNS
from reports.text import brief, one_line, plural

if TYPE_CHECKING:
    from rich.table import Table

#: Characters of what is told of a deployment in a line.
LONGEST = 160


class Terminal:
    """Follows a fleet."""

    def __init__(self, folder: Path, stream: TextIO | None = None) -> None:
        """`folder` is where the page will be; `stream` is stderr unless told otherwise."""
        from rich.console import Console

        self._folder = folder
        # highlighting and markup would make something of text that is not ours
        self._console = Console(file=stream or sys.stderr, highlight=False, markup=False, emoji=False)

    def started(self, name: str) -> None:
        """A deployment begins."""
        self._line(f"→ {name}", "dim")

    def ended(self, each: Verified) -> None:
        """A deployment has been verified, or could not be."""
        told = words.standing(each)
        cause = each.run.causes[0].title if each.run is not None and each.run.causes else ""
        line = f"{SIGNS[each.verdict]} {each.name}: {told or each.verdict}{f', {cause}' if cause else ''}"
        self._line(brief(line, LONGEST), STYLES[each.verdict])

    def summary(self, overview: Overview) -> None:
        """The table, the sentences of the page, and where that is."""
        story = FleetStory(overview)
        self._line("")
        self._console.print(_table(story))
        self._line("")
        self._line(f"{SIGNS[story.verdict]} {story.headline}", STYLES[story.verdict])
        for sentence in story.summary:
            self._line(sentence)
        self._line(f"Page: {self._folder / 'matrix.html'}")

    def _line(self, text: str, style: str = "") -> None:
        from rich.text import Text

        # wrapped lines cannot be searched or copied in the log of a CI system
        self._console.print(Text(one_line(text), style), soft_wrap=True)


def _table(story: FleetStory) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("deployment", "verdict", "with the others", "fell short in"):
        table.add_column(heading)
    for row in story.rows:
        verdict = row.verified.verdict
        beside = Text(f"{SIGNS['fail']} does not agree" if row.odd else "", STYLES["fail"])
        table.add_row(Text(row.name), Text(f"{SIGNS[verdict]} {verdict}", STYLES[verdict]), beside, Text(_fallen(row)))
    return table


def _fallen(row: Row) -> str:
    failed = [area.value for area, status in row.cells if status is Coverage.FAILED]
    return ", ".join(failed[:4]) + (f" and {plural(len(failed) - 4, 'more area')}" if len(failed) > 4 else "")
