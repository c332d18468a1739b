"""The nightly pages: what changed first, nothing foreign as markup."""

from dataclasses import replace
from pathlib import Path

import pytest

from harness.core.comparison import Comparison, Judgement
from harness.core.run import Run
from reports.nightly import Nightly, write_nightly
from reports.nightly.write import as_html, as_markdown
from tests.reports.demo import HOSTILE, events
from tests.reports.nightly.comparisons import comparison


@pytest.fixture(scope="module")
def run() -> Run:
    return Run.of(events())


@pytest.fixture(scope="module")
def worse(run: Run) -> Comparison:
    return comparison(run)


def test_what_is_worse_is_told_before_everything_else(run: Run, worse: Comparison) -> None:
    told = as_markdown(Nightly(run, worse))
    assert told.startswith("# Nightly: Worse than the base")
    assert (
        told.index("ndcg@10 of language=de") < told.index("## What is different around it") < told.index("## Quality")
    )


def test_each_change_says_what_it_rests_on(run: Run, worse: Comparison) -> None:
    (told,) = [change for change in Nightly(run, worse).changed if change.subject == "Latency of 20 documents"]
    assert told.judgement is Judgement.WORSE
    assert "1.140 × [1.100, 1.180]" in told.sentence


def test_what_stayed_as_it_was_is_no_change(run: Run, worse: Comparison) -> None:
    assert "Memory" not in {change.subject for change in Nightly(run, worse).changed}


def test_differences_of_the_environment_are_told(run: Run, worse: Comparison) -> None:
    assert "packages: torch: 2.12.0 → 2.13.0" in as_markdown(Nightly(run, worse))


def test_without_a_base_the_report_says_so(run: Run) -> None:
    nightly = Nightly(run, None)
    assert "No run to compare with yet" in as_html(nightly)
    assert "There is nothing to compare with." in as_markdown(nightly)


def test_nothing_foreign_becomes_markup(run: Run) -> None:
    page = as_html(Nightly(run, comparison(run, HOSTILE)))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_run_that_fails_by_itself_has_no_good_tone(run: Run, worse: Comparison) -> None:
    better = replace(worse, quality=(), scores=None, samples=(), findings=())
    assert run.verdict == "fail"
    assert Nightly(run, better).tone == "fail"


def test_both_pages_are_written_beside_the_run(run: Run, worse: Comparison, tmp_path: Path) -> None:
    write_nightly(Nightly(run, worse), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"nightly.md", "nightly.html"}
