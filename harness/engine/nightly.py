"""The nightly pages of a run: how it compares, and what the store knows of its figures."""

from __future__ import annotations

from harness.core.comparison import Comparison
from harness.core.events import SeriesRecorded
from harness.core.run import Run
from harness.history.lines import Line, lines_of, matching, told
from harness.history.store import Store
from reports.figures import Figure
from reports.nightly import Nightly

#: Series that are drawn where nothing turned; those that did are drawn all the same.
USUAL = ("quality/ndcg@10", "numerics.values", "samples/latency", "samples/memory", "count/fail")
#: Runs that are drawn: two months of nights.
MOST_RUNS = 60


def nightly_of(run: Run, comparison: Comparison | None, store: Store | None = None) -> Nightly:
    """The report of a run that is in the store already, with the series of its target, model, device and dtype."""
    lines = [] if store is None else _lines(run, store)
    return Nightly(
        run, comparison, [picture_of(line) for line in lines], [text for line in lines for text in told(line)]
    )


def _lines(run: Run, store: Store) -> list[Line]:
    begun = run.started
    chosen = matching(
        target=str(begun.target.get("spec")), model=begun.model.get("id"), device=run.device,
        dtype=begun.environment.get("dtype"),
    )  # fmt: skip
    return [line for line in lines_of(store, chosen) if line.turns or (line.name in USUAL and not line.slice)]


def picture_of(line: Line) -> Figure:
    """A line as a figure; its turns are marked where they are drawn."""
    points = line.points[-MOST_RUNS:]
    left_out = len(line.points) - len(points)
    marks = tuple(
        ("changed", turn.change.index - left_out + 1.0) for turn in line.turns if turn.change.index >= left_out
    )
    return Figure(
        SeriesRecorded(
            f"{line.name}-{line.slice}", line.title, "series", line.unit or "value",
            tuple(point.value for point in points), tuple(point.run.started[:16] for point in points), marks,
            across="run, the last one rightmost",
        )
    )  # fmt: skip
