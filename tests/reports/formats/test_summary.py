"""summary.md: the verdict first, and never more than a job's page takes."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from types import ModuleType

import pytest

from harness.core.run import Run
from reports.formats.summary import LIMIT, MOST_FINDINGS, render


@pytest.fixture(scope="module")
def source(written: Path) -> str:
    return (written / "summary.md").read_text(encoding="utf-8")


def headings(source: str) -> list[str]:
    return re.findall(r"^#{1,2} (.*)$", source, re.MULTILINE)


def test_the_verdict_comes_first(source: str) -> None:
    assert headings(source) == [
        "✕ Reranker verification: fail", "What fell short", "Areas", "Devices", "Not verified, and why",
    ]  # fmt: skip


def test_all_that_fell_short_is_told_with_its_remedy(source: str, demo: ModuleType) -> None:
    short = [f for f in demo.findings() if f.status in ("fail", "error") and f.message != demo.HOSTILE]
    assert [f.check for f in short if f.check not in source] == []
    assert "start the server with the checkpoint's chat template" in source


def test_hostile_text_stays_text(source: str) -> None:
    assert re.findall(r"<script|^# heading", source, re.MULTILINE) == []


def test_a_healthy_run_has_nothing_to_say_of_what_fell_short(demo: ModuleType) -> None:
    passed = tuple(f for f in demo.findings() if f.status == "pass")
    source = render(Run(demo.started(planned=()), passed, finished="2026-11-23T04:07:31+00:00"))
    assert headings(source) == ["✓ Reranker verification: pass", "Areas", "Devices"]


def test_an_interrupted_run_says_so_at_the_top(demo: ModuleType) -> None:
    source = render(Run(demo.started(), (demo.findings()[0],)))
    assert source.splitlines()[2].startswith("> **Incomplete run.**")


@pytest.mark.parametrize(("sign", "full"), [("x", False), ("\U0001f4a5", True), ("&", True)])
def test_a_long_report_is_cut_with_a_sentence(demo: ModuleType, sign: str, full: bool) -> None:
    failed = [replace(f, message=sign * 5_000, remedy=sign * 5_000) for f in demo.findings() if f.status == "fail"]
    source = render(Run(demo.started(), tuple(islice(cycle(failed), 1_000))))
    shown = len(re.findall("^### ", source, re.MULTILINE))
    assert len(source.encode()) <= LIMIT
    assert (shown < MOST_FINDINGS, len(source.encode()) > LIMIT * 0.98) == (full, full)
    assert f"**{1_000 - shown} more findings fell short**" in source


def test_everything_long_at_once_stays_within_the_limit(demo: ModuleType) -> None:
    long = "&" * 20_000
    texts = dict.fromkeys(("title", "message", "evidence", "remedy", "subject", "reproduce", "unit", "check"), long)
    findings = tuple(replace(finding, **texts) for finding in islice(cycle(demo.findings()), 500))
    begun = demo.started(target={"spec": long}, model={"id": long}, profile=long)
    assert len(render(Run(begun, findings)).encode()) <= LIMIT
