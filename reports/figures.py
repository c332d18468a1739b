"""Figures of a run: SVG in the colours and the font of the page around it, and the same numbers as a table."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import zip_longest
from typing import Any

import numpy as np

from harness.core.errors import UsageError
from harness.core.events import SeriesRecorded
from reports.text import number, one_line, quantity

#: Stand-ins for colours that only the page knows, so that one figure suits light and dark and paper.
_COLOURS = {"#010203": "currentColor", "#010204": "var(--series)", "#010205": "var(--mark)", "#010206": "var(--rule)"}
_INK, _SERIES, _MARK, _RULE = _COLOURS
#: More bars or points than this cannot be told apart at the width of a page.
MOST_BARS = 40
MOST_POINTS = 400
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none", "text.parse_math": False, "font.size": 9.5, "text.color": _INK, "axes.labelcolor": _INK,
    "axes.edgecolor": _RULE, "xtick.color": _RULE, "ytick.color": _RULE, "xtick.labelcolor": _INK,
    "ytick.labelcolor": _INK, "axes.spines.top": False, "axes.spines.right": False, "figure.facecolor": "none",
    "axes.facecolor": "none", "savefig.facecolor": "none", "figure.constrained_layout.use": True,
    "axes.unicode_minus": False,
}  # fmt: skip
_WIDTH = 4.5


@dataclass(frozen=True)
class Figure:
    """A recorded series, as a picture and as numbers."""

    series: SeriesRecorded

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """Each labelled value, or the distribution of values without labels; then the marks."""
        marks = tuple((one_line(label), quantity(at, self.series.unit)) for label, at in self.series.marks)
        return (self._labelled if self.series.labels else self._distribution) + marks

    @property
    def remark(self) -> str:
        """What the picture leaves out; empty if nothing."""
        lost = len(self.series.values) - len(self._values)
        told = [f"{lost} of {len(self.series.values)} values are not finite and not drawn"] if lost else []
        if self.series.kind == "bars" and len(self._values) > MOST_BARS:
            told.append(f"the first {MOST_BARS} of {len(self._values)} bars are drawn")
        return "; ".join(told)

    @cached_property
    def svg(self) -> str | None:
        """The picture as an <svg> element; None where matplotlib is not installed or there is nothing to draw."""
        draw = _DRAWN.get(self.series.kind)
        if draw is None or not self._values:
            return None
        try:
            return _themed(_drawn(self.series, draw, self._height), f"{self.series.title} ({self.series.unit})")
        except ImportError:
            return None

    @property
    def standalone(self) -> str:
        """The picture as a file of its own, in colours that suit a light and a dark page; UsageError without one."""
        if self.svg is None:
            raise UsageError("nothing can be drawn: the package matplotlib is not installed, or there are no values")
        style = "svg{color:#5b646d;--series:#3a6ea5;--mark:#b3261e;--rule:#9aa5af;font-family:sans-serif}"
        return self.svg.replace(">", f"><style>{style}</style>", 1) + "\n"

    @property
    def title(self) -> str:
        """What the picture shows."""
        return self.series.title

    @property
    def _values(self) -> list[float]:
        return [v for v in self.series.values if v is not None and np.isfinite(v)]

    @property
    def _height(self) -> float:
        return 1.0 + 0.24 * min(len(self._values), MOST_BARS) if self.series.kind == "bars" else 2.4

    @property
    def _labelled(self) -> tuple[tuple[str, str], ...]:
        pairs = zip_longest(self._names, self.series.values[: len(self.series.labels)])
        return tuple((one_line(str(name)), quantity(value, self.series.unit)) for name, value in pairs)

    @property
    def _names(self) -> tuple[str, ...]:
        """Of the values; those of a line also say where they lie."""
        if self.series.kind != "lines":
            return self.series.labels
        return tuple(
            f"{label}, {number(at)} {self.series.across}"
            for label, at in zip(self.series.labels, self.series.at, strict=False)
        )

    @property
    def _distribution(self) -> tuple[tuple[str, str], ...]:
        if not self._values:
            return (("values", "0"),)
        cuts = zip(
            ("least", "lower quartile", "median", "upper quartile", "greatest"), (0, 25, 50, 75, 100), strict=True
        )
        quantiles = ((name, float(np.percentile(self._values, at))) for name, at in cuts)
        shown = tuple((name, quantity(value, self.series.unit)) for name, value in quantiles)
        return (("values", number(len(self._values))), *shown)


def _histogram(axes: Any, series: SeriesRecorded) -> None:
    values = [v for v in series.values if v is not None and np.isfinite(v)]
    counts, _, _ = axes.hist(values, bins=min(40, max(8, round(2 * len(values) ** 0.5))), color=_SERIES)
    axes.set(xlabel=series.unit, ylabel="count", ylim=(0, 1.4 * max(counts)))
    for label, at in _marks(series):
        axes.axvline(at, color=_MARK, linewidth=1.2, linestyle=(0, (4, 2)))
        axes.annotate(label, (at, 1), (-2, -2), ("data", "axes fraction"), "offset points", rotation=90, ha="right",
                      va="top", color=_MARK)  # fmt: skip


def _bars(axes: Any, series: SeriesRecorded) -> None:
    named = zip_longest(series.values, series.labels[: len(series.values)], fillvalue="")
    shown = [(v, one_line(str(n))[:40]) for v, n in named if isinstance(v, float | int) and np.isfinite(v)][:MOST_BARS]
    places = range(len(shown))
    axes.barh(places, [v for v, _ in shown], color=_SERIES, height=0.62)
    axes.set_yticks(places, [name for _, name in shown])
    axes.set(xlabel=series.unit)
    axes.margins(x=0.16)
    axes.locator_params(axis="x", nbins=5)
    axes.invert_yaxis()
    for place, (value, _) in zip(places, shown, strict=True):
        axes.annotate(number(value), (value, place), (3 if value >= 0 else -3, 0), textcoords="offset points",
                      va="center", ha="left" if value >= 0 else "right", fontsize=8.5)  # fmt: skip
    _marked_above(axes, series)


def _points(axes: Any, series: SeriesRecorded) -> None:
    values = np.sort([v for v in series.values if v is not None and np.isfinite(v)])
    chosen = np.linspace(0, len(values) - 1, min(len(values), MOST_POINTS)).round().astype(int)
    axes.plot(chosen + 1, values[chosen], "o", markersize=3.6, color=_SERIES, markeredgewidth=0)
    axes.set(xlabel="rank, least first", ylabel=series.unit)
    for label, at in _marks(series):
        axes.axhline(at, color=_MARK, linewidth=1.2, linestyle=(0, (4, 2)))
        axes.annotate(label, (1, at), (-2, 2), ("axes fraction", "data"), "offset points", ha="right", va="bottom",
                      color=_MARK)  # fmt: skip


def _lines(axes: Any, series: SeriesRecorded) -> None:
    """Each line ends in its name; the first is drawn strongest."""
    lines: dict[str, list[tuple[float, float]]] = {}
    for label, at, value in zip(series.labels, series.at, series.values, strict=False):
        if value is not None and np.isfinite(value) and np.isfinite(at):
            lines.setdefault(one_line(label)[:40], []).append((at, value))
    for n, (name, places) in enumerate(lines.items()):
        across, values = zip(*sorted(places), strict=True)
        axes.plot(across, values, "o-", color=_SERIES, alpha=max(0.35, 1 - 0.25 * n), markersize=3.6, linewidth=1.4)
        axes.annotate(name, (across[-1], values[-1]), (5, 0), textcoords="offset points", va="center", color=_INK)
    axes.set(xlabel=series.across, ylabel=series.unit, ylim=(0, None))
    ticks = sorted({at for at in series.at if np.isfinite(at)})
    axes.set_xticks(ticks, [number(at) for at in ticks])
    axes.margins(x=0.25)


def _series(axes: Any, series: SeriesRecorded) -> None:
    """Values in their order, the axis as wide as they are; marks stand where the series turns."""
    places = [(n, v) for n, v in enumerate(series.values, 1) if v is not None and np.isfinite(v)]
    across, values = zip(*places, strict=True)
    axes.plot(across, values, "o-", color=_SERIES, markersize=3.6, linewidth=1.4, clip_on=False)
    axes.set(xlabel=series.across, ylabel=series.unit)
    axes.margins(y=0.2)
    axes.locator_params(axis="x", integer=True)
    if min(values) == max(values):  # a range of its own would make steps of nothing, and negative counts
        axes.set_ylim(*sorted((0.0, 2 * values[0] or 1.0)))
    _marked_above(axes, series)


def _marked_above(axes: Any, series: SeriesRecorded) -> None:
    """Upright marks with their names above the plot, where no line runs through them."""
    for n, (label, at) in enumerate(_marks(series)):
        axes.axvline(at, color=_MARK, linewidth=1.2, linestyle=(0, (4, 2)))
        axes.annotate(label, (at, 1), (0, 2 + 11 * (n % 3)), ("data", "axes fraction"), "offset points", ha="center",
                      va="bottom", color=_MARK)  # fmt: skip


_DRAWN: dict[str, Callable[[Any, SeriesRecorded], None]] = {
    "histogram": _histogram,
    "bars": _bars,
    "points": _points,
    "lines": _lines,
    "series": _series,
}


def _marks(series: SeriesRecorded) -> list[tuple[str, float]]:
    return [(one_line(label)[:40], at) for label, at in series.marks if np.isfinite(at)]


def _drawn(series: SeriesRecorded, draw: Callable[[Any, SeriesRecorded], None], height: float) -> str:
    import matplotlib as mpl
    from matplotlib.figure import Figure as Canvas

    written = io.StringIO()
    with mpl.rc_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a script that the font lacks is drawn by the browser, which has it
        mpl.rcdefaults()
        # the salt makes ids the same in every rendering, and different in every figure of a page
        mpl.rcParams.update({**_STYLE, "svg.hashsalt": series.id})
        canvas = Canvas(figsize=(_WIDTH, height))
        draw(canvas.subplots(), series)
        canvas.savefig(written, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return written.getvalue()


def _themed(svg: str, label: str) -> str:
    svg = svg[svg.index("<svg ") :]
    svg = re.sub(r"<metadata>.*?</metadata>|<style[^>]*>.*?</style>|<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r'<g id="[^"]*"', "<g", svg)
    svg = re.sub(r" font-family: [^;]*;", "", svg)
    svg = re.sub(r"\s*\n\s*", " ", svg)
    for stand_in, colour in _COLOURS.items():
        svg = svg.replace(stand_in, colour)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(one_line(label))}" ', 1).strip()
