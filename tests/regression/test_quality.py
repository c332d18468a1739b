"""Quality query by query: what is worse is found, what is noise is not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from harness.core.comparison import Judgement, QualityChange
from harness.core.events import FindingMade, NoiseRecorded, RunFinished, RunStarted, ScoresRecorded
from harness.core.findings import Finding
from harness.core.run import Run
from harness.core.vocabulary import Area, Severity, Stage, Status
from harness.regression.compare import compare

PLANNED = ("ranking-quality.figures",)
STARTED = RunStarted("2026-01-01T00:00:00Z", {"spec": "reference"}, {"id": "m"}, "cpu", "ci", {}, PLANNED, id="a")
ASKED = Finding(
    "ranking-quality.figures", "", Area.RANKING_QUALITY, Stage.REPLY, Status.PASS, Severity.INFO, "cpu", "", None, None,
    None, "", "", "", "", "", 0.0,
)  # fmt: skip
HELD_BACK = replace(ASKED, status=Status.NOT_VERIFIED, message="has no meaning while a.b fails")
QUERIES = 200
Logits = Callable[[int, np.ndarray], np.ndarray]


def ranked(
    change: Logits = lambda n, logits: logits,
    *,
    takes: Sequence[int] = (0,),
    only: int = QUERIES,
    finding: Finding = ASKED,
) -> Run:
    """A run over queries of ten documents in two languages; `change` has its way with a query's logits."""
    recorded = []
    for n in range(only):
        grades = tuple(int(g) for g in np.random.default_rng(n).integers(0, 3, 10))
        logits = np.array(grades) + np.random.default_rng([n, 1]).normal(0, 0.7, 10)
        slices = {"language": "de" if n % 4 == 0 else "en"}
        scores = tuple(None if np.isnan(x) else float(x) for x in change(n, logits))
        recorded += [
            ScoresRecorded(f"q{n}", tuple(map(str, range(10))), grades, scores, "log-odds", slices, take)
            for take in takes
        ]
    noise = NoiseRecorded(1e-4, 1e-3, "a test")
    return Run.of([STARTED, noise, *recorded, FindingMade(finding), RunFinished("")])


def changes(base: Run, run: Run) -> Mapping[tuple[str, str], QualityChange]:
    return {(change.metric, change.slice): change for change in compare(base, run).quality}


def upside_down(n: int, logits: np.ndarray) -> np.ndarray:
    return -logits


@pytest.fixture(scope="module")
def base() -> Run:
    return ranked()


def test_a_run_beside_itself_is_unchanged(base: Run) -> None:
    assert {change.judgement for change in changes(base, base).values()} == {Judgement.UNCHANGED}


def test_a_broken_language_is_found_and_the_other_is_not(base: Run) -> None:
    found = changes(base, ranked(lambda n, logits: -logits if n % 4 == 0 else logits))
    assert found["ndcg@10", "language=de"].judgement is Judgement.WORSE
    assert found["ndcg@10", "language=en"].judgement is Judgement.UNCHANGED
    assert found["ndcg@10", "language=de"].losses > found["ndcg@10", "language=de"].wins


def test_what_lost_most_is_named(base: Run) -> None:
    found = changes(base, ranked(lambda n, logits: -logits if n == 7 else logits))
    assert found["ndcg@10", ""].worst[0][0] == "q7"


def test_an_improvement_is_better(base: Run) -> None:
    assert changes(ranked(upside_down), base)["ndcg@10", ""].judgement is Judgement.BETTER


def test_a_query_that_was_asked_and_has_no_scores_has_lost_everything(base: Run) -> None:
    found = changes(base, ranked(only=QUERIES // 2))["ndcg@10", ""]
    assert (found.count, found.losses, found.judgement) == (QUERIES, QUERIES // 2, Judgement.WORSE)


def test_a_score_that_is_no_number_takes_all_from_its_query(base: Run) -> None:
    found = changes(base, ranked(lambda n, logits: np.where(np.arange(10) == n, np.nan, logits)))["map", ""]
    assert found.losses == 10
    assert found.worst[0][1] <= -0.5


def test_queries_that_were_never_asked_for_are_no_loss(base: Run) -> None:
    compared = compare(base, ranked(only=QUERIES // 2, finding=HELD_BACK))
    assert {(change.count, change.judgement) for change in compared.quality if not change.slice} == {
        (QUERIES // 2, Judgement.UNCHANGED)
    }
    assert compared.left_out[0] == (
        "Quality and scores: the run has no scores of 100 of the base's queries; ranking-quality.figures: has no "
        "meaning while a.b fails."
    )


def test_what_changes_places_within_rounding_is_no_change() -> None:
    tied = ranked(lambda n, logits: np.round(logits, 0) + 1e-6 * np.arange(10))
    turned = ranked(lambda n, logits: np.round(logits, 0) - 1e-6 * np.arange(10))
    assert {(c.wins, c.losses, c.run - c.base) for c in changes(tied, turned).values()} == {(0, 0, 0.0)}


def test_a_change_too_small_to_matter_is_told_as_such(base: Run) -> None:
    found = changes(base, ranked(lambda n, logits: -logits if n == 7 else logits))["ndcg@10", ""]
    assert found.noninferior
    assert found.judgement is Judgement.UNCHANGED
    assert found.detectable is not None
    assert abs(found.difference) < found.detectable < 0.02


def test_what_is_gone_in_the_next_take_is_flaky(base: Run) -> None:
    first, second = ranked(upside_down), ranked(takes=(1,))
    run = replace(first, scores=first.scores + second.scores)
    assert changes(base, run)["ndcg@10", ""].judgement is Judgement.FLAKY


def test_what_is_there_in_every_take_is_believed(base: Run) -> None:
    assert changes(base, ranked(upside_down, takes=(0, 1)))["ndcg@10", ""].judgement is Judgement.WORSE


def test_a_query_that_was_not_asked_again_keeps_its_first_scores(base: Run) -> None:
    run = replace(base, scores=base.scores + ranked(takes=(1,), only=10).scores)
    assert changes(base, run)["ndcg@10", ""].judgement is Judgement.UNCHANGED


def test_a_loss_within_the_margin_is_excluded_or_undecided(base: Run) -> None:
    few = ranked(only=6)
    noisy = ranked(lambda n, logits: logits + np.random.default_rng([n, 2]).normal(0, 1, 10), only=6)
    assert changes(few, few)["ndcg@10", ""].noninferior
    assert changes(few, noisy)["ndcg@10", ""].judgement is Judgement.UNDECIDED


def test_runs_without_scores_have_no_quality(base: Run) -> None:
    assert compare(base, Run.of([STARTED])).quality == ()
