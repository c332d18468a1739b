"""Pictures, and the same numbers as a table."""

import sys
from types import ModuleType
from xml.etree import ElementTree

import pytest

from harness.core.events import SeriesRecorded
from harness.core.run import Run
from reports import FORMATS
from reports.figures import MOST_BARS, Figure


@pytest.mark.parametrize("kind", ["histogram", "bars", "points", "series"])
def test_each_kind_is_drawn_with_its_marks(kind: str) -> None:
    svg = Figure(SeriesRecorded("s", "T", kind, "logit", (0.1, None, 0.9), ("a", "b", "c"), (("limit", 0.5),))).svg
    assert svg is not None
    assert ">limit</text>" in svg
    ElementTree.fromstring(svg)


def test_lines_are_drawn_each_with_its_name_and_told_with_their_places() -> None:
    names, places = ("20 words", "20 words", "80 words"), (1.0, 10.0, 1.0)
    figure = Figure(
        SeriesRecorded("s", "T", "lines", "pairs/s", (5.0, 50.0, 3.0), names, at=places, across="documents")
    )
    assert figure.svg is not None
    assert (figure.svg.count(">20 words</text>"), figure.svg.count(">80 words</text>")) == (1, 1)
    assert (figure.svg.count(">1</text>"), figure.svg.count(">-")) == (1, 0)  # no place on the axis that is none
    assert [name for name, _ in figure.rows] == [
        "20 words, 1 documents",
        "20 words, 10 documents",
        "80 words, 1 documents",
    ]


def test_drawing_again_gives_the_same_bytes(demo: ModuleType) -> None:
    for series in demo.SERIES:
        assert Figure(series).svg == Figure(series).svg


def test_text_from_outside_stays_text(demo: ModuleType) -> None:
    svg = Figure(SeriesRecorded("s", demo.HOSTILE, "bars", "$\\frac{$", (1.0,), (demo.HOSTILE,))).svg
    assert svg is not None
    assert {e.tag.rpartition("}")[2] for e in ElementTree.fromstring(svg).iter()}.isdisjoint({"script", "a", "pre"})


@pytest.mark.parametrize("values", [(), (None,), (float("inf"),)])
def test_nothing_finite_is_no_picture(values: tuple[float | None, ...]) -> None:
    figure = Figure(SeriesRecorded("s", "T", "histogram", "logit", values))
    assert figure.svg is None
    assert figure.rows == (("values", "0"),)


@pytest.mark.parametrize("kind", ["histogram", "bars", "points", "series"])
def test_a_constant_is_drawn(kind: str) -> None:
    assert Figure(SeriesRecorded("s", "T", kind, "logit", (0.7311,) * 5)).svg is not None


@pytest.mark.parametrize("count", [0.0, 3.0])
def test_a_count_that_never_moves_is_on_an_axis_from_zero(count: float) -> None:
    svg = Figure(SeriesRecorded("s", "T", "series", "findings", (count,) * 5)).svg
    assert svg is not None
    assert [">0.0</text>" in svg or ">0</text>" in svg, ">-" in svg] == [True, False]


def test_runs_are_numbered_by_whole_numbers() -> None:
    svg = Figure(SeriesRecorded("s", "T", "series", "logit", (20.0, 50.0, 30.0))).svg
    assert svg is not None
    assert [">2</text>" in svg, ">1.5</text>" in svg] == [True, False]


def test_bars_beyond_what_a_page_holds_are_told() -> None:
    names = tuple(str(n) for n in range(60))
    figure = Figure(SeriesRecorded("s", "T", "bars", "logit", tuple(map(float, range(60))), names))
    assert figure.remark == f"the first {MOST_BARS} of 60 bars are drawn"
    assert len(figure.rows) == 60


def test_without_matplotlib_the_numbers_are_a_table(demo: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    page = FORMATS["report.html"](Run.of(demo.events()))
    assert "<svg " not in page
    assert "matplotlib is not installed" in page
    assert "0.913 pairwise accuracy" in page
