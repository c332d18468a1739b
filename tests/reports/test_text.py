"""Numbers, times and foreign text."""

import math
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.text import NOTHING, duration, moment, number, one_line, quantity, visible


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.123456, "0.1235"), (0.0, "0"), (31, "31"), (1234567.0, "1234567"), (12345.6, "12346"),
        (3.14159e-7, "3.142e-07"), (2.5e12, "2.5e+12"), (-4.8008, "-4.801"),
        (None, NOTHING), (math.nan, NOTHING), (math.inf, "inf"),
    ],
)  # fmt: skip
def test_numbers_have_four_significant_digits(value: float | None, shown: str) -> None:
    assert number(value) == shown


def test_a_unit_stands_behind_its_number() -> None:
    assert quantity(0.5, "logit") == "0.5 logit"
    assert quantity(None, "logit") == NOTHING


@given(st.text(st.characters(exclude_categories=())))
def test_visible_text_can_stand_in_xml_and_utf8(text: str) -> None:
    shown = visible(text)
    element = ElementTree.fromstring(ElementTree.tostring(_element(shown), encoding="unicode"))
    assert (element.text or "") == shown
    shown.encode()


@given(st.text())
def test_one_line_has_no_line_break(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


def test_times_are_read_and_what_is_no_time_is_shown_as_it_is() -> None:
    assert moment("2026-11-23T04:05:06.789+00:00") == "2026-11-23 04:05:06 UTC"
    assert moment("yesterday") == "yesterday"
    assert duration("2026-11-23T04:05:06+00:00", "2026-11-23T04:07:31+00:00") == "2 min 25 s"
    assert duration("2026-11-23T04:05:06", "2026-11-23T04:07:31+00:00") == NOTHING


def _element(text: str) -> ElementTree.Element:
    element = ElementTree.Element("e")
    element.text = text
    return element
