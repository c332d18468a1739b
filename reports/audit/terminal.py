"""The audit on a terminal: each finding with its place, evidence and remedy, and at the end one line of summary."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from harness.core.audit import Audited, Ruling, SourceFinding, Wiring
from harness.core.vocabulary import Severity
from reports.audit.words import RULINGS, WIRINGS, accepted, sign, summary, weighed
from reports.text import one_line, plural, visible

if TYPE_CHECKING:
    from rich.console import Console

_SEVERITIES = {
    Severity.CRITICAL: "bold red", Severity.MAJOR: "red", Severity.MINOR: "yellow", Severity.INFO: "cyan",
}  # fmt: skip
_RULINGS = {Ruling.CONFIRMED: "green", Ruling.REFUTED: "bold red", Ruling.NOT_VERIFIABLE: "dim"}
_WIRINGS = {Wiring.WIRED_IN: "green", Wiring.EXISTS_ONLY: "bold red", Wiring.MISSING: "bold red"}
#: Lines of a piece of evidence, and files left out, that are printed; the other formats have all.
MOST = 20
_INDENT = 4
_GAP = "   "


def shown(audited: Audited, stream: TextIO | None = None) -> None:
    """Print an audit, to standard output unless told otherwise: wrapped to a terminal, in plain lines anywhere else."""
    page = _Page(stream or sys.stdout)
    explained: set[str] = set()
    for finding in weighed(audited):
        _tell(page, finding, finding.rule.id not in explained)
        explained |= set() if finding.suppression else {finding.rule.id}
    _tables(page, audited)
    for problem in audited.problems:
        page.line(f"! without effect: {problem}", "yellow")
    for left in audited.left[:MOST]:
        page.line(f"left out: {left.path}: {left.reason}", "dim")
    if len(audited.left) > MOST:
        page.line(f"and {len(audited.left) - MOST} more left out: --json has all", "dim")
    page.line(summary(audited), "bold red" if audited.falls_short else "bold")


def _tell(page: _Page, finding: SourceFinding, explain: bool) -> None:
    rest = "dim" if finding.suppression else ""
    page.line(f"{sign(finding)} {finding.severity}: {finding.rule.title}", rest or _SEVERITIES[finding.severity])
    page.line(f"{finding.place} in {finding.place.symbol}", rest or "bold", _INDENT)
    page.line(finding.message, rest, _INDENT)
    if finding.also:
        page.line(f"also at {', '.join(map(str, finding.also))}", rest, _INDENT)
    page.block(finding.evidence, "dim", 2 * _INDENT)
    if finding.suppression:
        page.line(accepted(finding), rest, _INDENT)
    elif explain:
        page.line(f"what to do: {finding.rule.remedy}", "", _INDENT)
    page.gap()


def _tables(page: _Page, audited: Audited) -> None:
    page.table(
        ("claim", "ruling", "decided by", "evidence"),
        [(r.statement, f"{RULINGS[r.ruling]} {r.ruling}", r.by, r.evidence) for r in audited.claims],
        [_RULINGS[ruled.ruling] for ruled in audited.claims],
    )
    page.table(
        ("path", "symbol", "wiring", "how"),
        [(t.path, t.symbol, f"{WIRINGS[t.wiring]} {t.wiring}", t.how) for t in audited.touched],
        [_WIRINGS[touched.wiring] for touched in audited.touched],
    )


class _Page:
    """Lines on a stream: a terminal's are wrapped under their indent, others can be searched and copied whole."""

    def __init__(self, stream: TextIO) -> None:
        # highlighting and markup would make something of text that is not ours
        self._console = _console(stream)

    def line(self, text: str, style: str = "", indent: int = 0) -> None:
        """One line of text, in which everything is visible."""
        self._print(one_line(text), style, indent)

    def block(self, text: str, style: str, indent: int) -> None:
        """The first lines of a text of many, each as it stands."""
        lines = visible(text).strip("\n").split("\n") if text.strip() else []
        for line in lines[:MOST]:
            self._print(line, style, indent)
        if len(lines) > MOST:
            self._print(f"… and {plural(len(lines) - MOST, 'more line')}: --json has all", style, indent)

    def gap(self) -> None:
        """An empty line."""
        self._console.print()

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]], styles: Sequence[str]) -> None:
        """Rows in columns where they fit the width, else each as a paragraph; nothing where there are none."""
        if not rows:
            return
        cells = [[one_line(cell) for cell in row] for row in rows]
        widths = [max(map(_width, column)) for column in zip(headings, *cells, strict=True)]
        if sum(widths) + len(_GAP) * (len(widths) - 1) <= self._console.width:
            for row, style in zip([headings, *cells], ["dim", *styles], strict=True):
                self._print(
                    _GAP.join(c + " " * (w - _width(c)) for c, w in zip(row, widths, strict=True)).rstrip(), style
                )
        else:
            self._paragraphs(headings, cells, styles)
        self.gap()

    def _paragraphs(self, headings: Sequence[str], rows: Sequence[Sequence[str]], styles: Sequence[str]) -> None:
        for (first, *rest), style in zip(rows, styles, strict=True):
            self._print(f"{headings[0]}: {first}", style)
            for heading, cell in zip(headings[1:], rest, strict=True):
                if cell:
                    self._print(f"{heading}: {cell}", "", _INDENT)

    def _print(self, line: str, style: str, indent: int = 0) -> None:
        from rich.text import Text

        text, console = Text(line, style), self._console
        for part in text.wrap(console, max(1, console.width - indent)) if console.is_terminal else [text]:
            console.print(Text(" " * indent).append_text(part), soft_wrap=True)


class Reading:
    """How many files have been read, as a live bar on a terminal (stderr unless told otherwise); silent elsewhere."""

    def __init__(self, stream: TextIO | None = None) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        console = _console(stream or sys.stderr)
        self._shown = console.is_terminal
        self._bar = Progress(
            TextColumn("{task.description}", markup=False), BarColumn(24), MofNCompleteColumn(), console=console,
            transient=True, disable=not self._shown,
        )  # fmt: skip
        self._files = self._bar.add_task("reading sources", total=None)

    def __enter__(self) -> Self:
        if self._shown:
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bar.stop()

    def __call__(self, done: int, total: int) -> None:
        """Take how many files of all have been read."""
        self._bar.update(self._files, completed=done, total=total)


def _console(stream: TextIO) -> Console:
    from rich.console import Console

    return Console(file=stream, highlight=False, markup=False, emoji=False)


def _width(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)
