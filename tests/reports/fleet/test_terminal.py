"""What a person sees of several deployments on the terminal."""

import io
from pathlib import Path

from reports.fleet.terminal import Terminal
from tests.reports.demo import HOSTILE
from tests.reports.fleet.overviews import of_every_kind


def told(foul: str = "") -> str:
    found, stream = of_every_kind(foul), io.StringIO()
    terminal = Terminal(Path("out"), stream)
    for each in found.verified:
        terminal.started(each.name)
        terminal.ended(each)
    terminal.summary(found)
    return stream.getvalue()


def test_the_one_that_does_not_agree_is_named() -> None:
    assert "c and e do not agree with the other 3 deployments of tiny" in told()


def test_every_deployment_is_told_as_it_ends_with_its_cause() -> None:
    lines = told().splitlines()
    assert "✕ c: fail, no prompt template" in lines
    assert "◐ f: could not be reached, or died: f is lost" in lines


def test_the_last_line_says_where_the_page_is() -> None:
    assert told().splitlines()[-1] == "Page: out/matrix.html"


def test_nothing_foreign_reaches_the_terminal_unescaped() -> None:
    assert ("\x1b" in told(HOSTILE), "\u202e" in told(HOSTILE)) == (False, False)
