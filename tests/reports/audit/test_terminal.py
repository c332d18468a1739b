"""The audit on a terminal, and where there is none."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from harness.core.audit import Audited, SourceFinding
from reports.audit import Reading, shown

Audit = Callable[..., Audited]
Make = Callable[..., SourceFinding]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


def piped(audited: Audited) -> str:
    stream = io.StringIO()
    shown(audited, stream)
    return stream.getvalue()


def narrow(audited: Audited, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", "40")
    shown(audited, stream := Terminal())
    return re.sub("\x1b\\[[0-9;]*m", "", stream.getvalue())


def test_a_finding_is_told_with_place_evidence_and_remedy(audited: Audited) -> None:
    told = piped(audited).split("\n\n")[0].splitlines()
    assert told[:2] == [
        "✕ critical: Scores that are no number become a number", "    src/score.py:41 in Scorer.predict",
    ]  # fmt: skip
    assert told[-2:] == ["          rerank answers /rerank", "    what to do: answer with an error that names the pair"]


def test_a_rule_says_once_what_to_do(audited: Audited) -> None:
    assert piped(audited).count("what to do:") == 1


def test_the_last_line_sums_up(audited: Audited) -> None:
    assert piped(audited).splitlines()[-1] == (
        "1 critical, 1 minor in 94 Rust and 21 Python files; 2 files left out; 1 acceptance without effect; "
        "1 claim refuted; 1 change not wired in"
    )


def test_nothing_found_is_said(audit_of: Audit) -> None:
    assert piped(audit_of()) == "nothing found in 1 Python file\n"


def test_a_pipe_gets_no_escape_codes(audited: Audited) -> None:
    assert "\x1b" not in piped(audited)


def test_a_pipe_gets_lines_whole(found: Make, audit_of: Audit) -> None:
    assert f"    {'long ' * 60}end\n" in piped(audit_of(found(message=f"{'long ' * 60}end")))


def test_a_terminal_gets_colours(audited: Audited) -> None:
    shown(audited, stream := Terminal())
    assert "\x1b[" in stream.getvalue()


def test_a_control_character_of_a_source_is_seen(found: Make, audit_of: Audit) -> None:
    text = "a\x1b[2Jb\u202ec\rd"
    place = replace(found().place, path=text, symbol=text)
    told = piped(audit_of(found(message=text, evidence=text, place=place), problems=(text,)))
    assert not {"\x1b", "\u202e", "\r"} & set(told)
    assert told.count(r"a\x1b[2Jb\u202ec\x0dd") == 5


def test_markup_of_a_source_stays_text(found: Make, audit_of: Audit) -> None:
    assert "[bold]:warning:[/]" in piped(audit_of(found(message="[bold]:warning:[/]")))


def test_an_accepted_finding_says_why_and_until_when(found: Make, audit_of: Audit) -> None:
    told = piped(audit_of(found(accepted="comment")))
    assert "    accepted until 2027-01-31 (comment): the client asks for it\n" in told
    assert told.splitlines()[-1].startswith("1 accepted in")


def test_a_narrow_terminal_is_filled_and_cuts_nothing_off(
    found: Make, audit_of: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = narrow(audit_of(found(message="wörd " * 30, evidence="x" * 100)), monkeypatch)
    assert max(map(len, told.splitlines())) == 40
    assert (told.count("wörd"), told.count("x")) == (30, 100)


def test_what_is_wrapped_stays_under_its_indent(found: Make, audit_of: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    told = narrow(audit_of(found(message="wörd " * 30)), monkeypatch)
    assert all(line.startswith("    wörd") for line in told.splitlines() if "wörd" in line)


def test_columns_that_do_not_fit_become_paragraphs(audited: Audited, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "claim: ties keep their order\n    ruling: ✕ refuted\n" in narrow(audited, monkeypatch)


def test_long_evidence_is_cut_with_a_word_on_it(found: Make, audit_of: Audit) -> None:
    told = piped(audit_of(found(evidence="\n".join(map(str, range(30))))))
    assert "… and 10 more lines: --json has all" in told


@pytest.mark.parametrize(("stream", "is_told"), [(Terminal(), True), (io.StringIO(), False)])
def test_reading_is_shown_on_terminals_only(stream: io.StringIO, is_told: bool) -> None:
    with Reading(stream) as progress:
        for done in range(1, 4):
            progress(done, 3)
    assert ("reading sources" in stream.getvalue()) is is_told
