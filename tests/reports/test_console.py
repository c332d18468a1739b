"""What a person sees on the terminal."""

import io
from pathlib import Path
from types import ModuleType

import pytest

from harness.core.run import Run
from reports.console import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def followed(demo: ModuleType):
    def follow(stream: io.StringIO) -> tuple[str, str]:
        events = list(demo.events())
        with Progress(Path("out"), stream) as progress:
            for event in events:
                progress(event)
            live = stream.getvalue()
            progress.summary(Run.of(events))
        return live, stream.getvalue()[len(live) :]

    return follow


def test_without_a_terminal_only_what_falls_short_is_told(followed, demo: ModuleType) -> None:
    live, _ = followed(io.StringIO())
    assert "prompt.template" in live
    assert "prompt.fields" not in live


def test_the_summary_has_each_failure_its_remedy_and_the_report(followed, demo: ModuleType) -> None:
    _, summary = followed(io.StringIO())
    failed = [f for f in demo.findings() if f.status == "fail"]
    assert all(f.check in summary for f in failed)
    assert "what to do: see prompt.template" in summary
    assert "Verdict: fail" in summary
    assert f"Report: {Path('out') / 'report.html'}" in summary


def test_text_from_outside_cannot_steer_the_terminal(followed) -> None:
    assert "\x1b" not in "".join(followed(io.StringIO()))


def test_a_terminal_shows_where_the_run_is(followed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    live, _ = followed(Terminal())
    assert "prompt.template" in live
    assert "\x1b[" in live
