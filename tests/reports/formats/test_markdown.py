"""report.md: everything is told, and nothing from outside becomes markup."""

import re
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.formats.markdown import escaped, fence


@pytest.fixture(scope="module")
def source(written: Path) -> str:
    return (written / "report.md").read_text(encoding="utf-8")


def outside_offences(source: str) -> list[str]:
    lines, fence = [], None
    for line in source.splitlines():
        opened = re.match(r"(`{3,})(text)?$", line)
        if fence is None and opened:
            fence = opened.group(1)
        elif fence is not None:
            fence = None if line == fence else fence
        else:
            lines.append(line)
    assert fence is None
    return lines


def test_every_finding_is_told(source: str, demo: ModuleType) -> None:
    assert [f.check for f in demo.findings() if f.check not in source] == []
    assert [f.reproduce for f in demo.findings() if f.status == "fail" and f.reproduce not in source] == []


def test_every_row_of_a_table_has_as_many_cells_as_its_head(source: str) -> None:
    width = None
    for line in outside_offences(source):
        cells = len(re.findall(r"(?<!\\)\|", line))
        width = (width or cells) if line.startswith("|") else None
        assert width is None or cells == width, line


def test_headings_are_ours_alone(source: str) -> None:
    assert "# heading" not in outside_offences(source)
    assert not any("<" in line for line in outside_offences(source))


@given(st.text())
def testescaped_text_is_one_line_without_live_markup(text: str) -> None:
    shown = escaped(text)
    assert "\n" not in shown
    assert set(re.sub(r"\\.", "", shown)).isdisjoint("`*_[]|~<>$")


@given(st.text(alphabet="`a\n "))
def test_afence_is_closed_only_by_itself(text: str) -> None:
    opening, *content, closing = str(fence(text)).split("\n")
    assert opening == closing + "text"
    assert not any(line.strip(" ") and closing in line for line in content)
