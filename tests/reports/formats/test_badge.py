"""badge.svg: one line that everybody can read."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.core.run import Run
from harness.core.vocabulary import Verdict
from reports.formats.badge import COLOURS, LABEL_COLOUR, render

SVG = "{http://www.w3.org/2000/svg}"
#: Contrast that text of this size needs (WCAG 2.2, 1.4.3; the ratio as 1.4.3 defines it).
READABLE = 4.5
END = "2026-11-23T04:07:31+00:00"


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    digits = colour.lstrip("#")
    pairs = [digits[n] * 2 for n in range(3)] if len(digits) == 3 else [digits[n : n + 2] for n in (0, 2, 4)]
    parts = [int(pair, 16) / 255 for pair in pairs]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.fixture(scope="module")
def badge(demo: ModuleType) -> Callable[[str, str | None], ElementTree.Element]:
    """The badge of a run whose findings all have a status, on its device."""

    def of(status: str, finished: str | None = END) -> ElementTree.Element:
        findings = tuple(f for f in demo.findings() if f.status == status)
        return ElementTree.fromstring(render(Run(demo.started(planned=(), device="cpu"), findings, finished=finished)))

    return of


@pytest.mark.parametrize(
    ("status", "finished", "told"),
    [
        ("pass", END, "verified on cpu"),
        ("fail", END, "failed on cpu"),
        ("pass", None, "incomplete on cpu"),
        ("not verified", END, "incomplete on cpu"),
    ],
)
def test_it_tells_the_verdict(badge: Callable, status: str, finished: str | None, told: str) -> None:
    root = badge(status, finished)
    assert [text.text for text in root.iter(f"{SVG}text")] == ["reranker", told]
    assert root.get("role") == "img"
    assert root.get("aria-label") == root.findtext(f"{SVG}title") == f"reranker: {told}"


@pytest.mark.parametrize("colour", [LABEL_COLOUR, *COLOURS.values()])
def test_white_stands_out_from_every_colour(colour: str) -> None:
    contrast = (luminance("#ffffff") + 0.05) / (luminance(colour) + 0.05)
    assert contrast >= READABLE


def test_every_verdict_has_its_own_colour() -> None:
    assert len(set(COLOURS.values())) == len(Verdict)


def test_its_texts_have_room(badge: Callable) -> None:
    root = badge("pass")
    ends = [float(t.get("x", 0)) + float(t.get("textLength", 0)) for t in root.iter(f"{SVG}text")]
    left = float(root.findall(f"{SVG}path")[1].get("d", "")[1:].split()[0])
    assert ends[0] < left
    assert ends[1] < float(root.get("width", 0))


@given(st.text())
def test_whatever_a_device_is_called_is_text_of_one_line(demo: ModuleType, device: str) -> None:
    root = ElementTree.fromstring(render(Run(demo.started(device=device), finished=END)))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {"svg", "title", "path", "g", "text"}
    assert float(root.get("width", 0)) < 600
