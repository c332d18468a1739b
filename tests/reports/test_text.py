"""Numbers, times and foreign text."""

import math
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.text import NOTHING, brief, cut, duration, epoch, moment, number, one_line, quantity, visible


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


@pytest.mark.parametrize(
    ("text", "shown"),
    [("one two three", "one two three"), ("one two three four", "one two …"), ("火" * 20, "火" * 12 + " …")],
)
def test_a_brief_text_is_cut_between_words_where_it_has_them(text: str, shown: str) -> None:
    assert brief(text, 14) == shown


def test_a_cut_text_says_how_much_is_missing() -> None:
    assert cut("abcdef", 6) == "abcdef"
    assert cut("abcdefg", 4) == "abcd\n… and 3 more characters"


@pytest.mark.parametrize(
    ("iso", "seconds"),
    [("1970-01-01T00:00:01+00:00", 1.0), ("1970-01-01T00:00:01", 1.0), ("yesterday", None), (None, None)],
)
def test_a_time_without_a_zone_is_that_of_utc(iso: str | None, seconds: float | None) -> None:
    assert epoch(iso) == seconds
