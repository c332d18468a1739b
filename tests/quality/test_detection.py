"""What diagnosis finds of what was planted: by the weights, by a pack, behind every dialect, single and in pairs.

`make detection` writes the same trials, with more pairs, to reports/detection.md.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.detection.subjects import Subject, model_for
from harness.detection.trials import Trial, sampled_pairs, trial
from harness.diagnosis.asking import Examinee
from harness.diagnosis.diagnose import Doctor
from harness.engine.diagnosis import diagnosed
from harness.faults import plant
from harness.faults.catalogue import catalogue
from harness.reference.pipeline import Reranker
from harness.serving.dialects import interfaces
from harness.targets.function import FunctionTarget
from reports.detection import shares

SUBJECTS = {name: Subject(name) for name in {model_for([fault]) for fault in catalogue()}}
#: One fault of each stage that every dialect can show.
ONE_A_STAGE = (
    "template-absent", "bos-added", "mask-missing", "layer-missing", "capitalised-answers", "double-sigmoid",
    "scores-zipped-with-sorted-order", "cache-without-query",
)  # fmt: skip


def slow(*values: object) -> list[Any]:
    """Parameters that are tried among the proofs only."""
    return [pytest.param(value, marks=pytest.mark.slow) for value in values]


def planted_in_process(*faults: str, way: str = "weights") -> Trial:
    subject = SUBJECTS[model_for(faults)]
    return trial(faults, way, subject.planted(faults), subject.weights if way == "weights" else subject.pack)


@pytest.mark.parametrize("fault", ONE_A_STAGE)
def test_a_fault_of_each_stage_is_named(fault: str) -> None:
    found = planted_in_process(fault)
    assert (found.verdict, found.found[0]) == ("fail", fault)


@pytest.mark.parametrize("dialect", interfaces())
@pytest.mark.parametrize("fault", ["final-newline-lost", "double-sigmoid"])
def test_a_fault_is_named_through_every_dialect(fault: str, dialect: str) -> None:
    subject = SUBJECTS["tiny-causal"]
    with subject.served([fault], dialect) as target:
        found = trial([fault], dialect, target, subject.weights)
    assert (found.verdict, found.found[0]) == ("fail", fault)


@pytest.mark.parametrize(
    "pair", slow(("template-absent", "last-item-lost"), ("roles-of-another-template", "upper-case-answers"))
)
def test_two_faults_are_named_together(pair: tuple[str, str]) -> None:
    assert set(planted_in_process(*pair).found[:2]) == set(pair)


def test_behind_a_random_head_another_prompt_is_told_by_its_tokens() -> None:
    subject = SUBJECTS["tiny-causal"]
    found = diagnosed(subject.planted(["template-absent", "head-random"]), subject.weights, "float32")
    assert found.causes[0].variant == "head-random"
    assert any(remark.endswith("another prompt besides, or another way to count") for remark in found.remarks)


def test_a_healthy_target_has_no_cause() -> None:
    assert planted_in_process().found == ()


@pytest.mark.parametrize("fault", slow("final-newline-lost", "template-applied-twice", "head-random"))
def test_one_fault_costs_at_most_four_hundred_pairs(fault: str) -> None:
    fresh = Subject("tiny-causal")
    assert 0 < trial([fault], "weights", fresh.planted([fault]), fresh.weights).passes <= 400


class OnlyScores:
    """A callable that answers questions and shows nothing else of itself."""

    def __init__(self, reranker: Reranker) -> None:
        self.__reranker = reranker

    def __call__(self, query: str, documents: list[str], instruction: str | None) -> list[float]:
        return self.__reranker.rerank(query, documents, instruction)

    def __getattr__(self, name: str) -> object:
        if name in ("scale", "takes_instruction", "respond", "pairs", "server"):
            raise AttributeError(name)
        raise AssertionError(f"diagnosis looked at {name}")


@pytest.mark.parametrize("fault", ["think-block-missing", "second-last-read", "answers-swapped", "softmax-over-batch"])
def test_diagnosis_sees_scores_only(fault: str, reranker: Reranker) -> None:
    model = SUBJECTS["tiny-causal"].weights
    target = FunctionTarget(OnlyScores(plant(reranker, fault)), "python:test:only_scores")
    found = Doctor(model.source, model.max_length, "float32").diagnose(target)
    assert fault in [cause.variant for cause in found.causes[:2]]


def test_an_examination_asks_through_the_targets_own_interface(reranker: Reranker) -> None:
    asked: list[str] = []

    def score(query: str, documents: list[str], instruction: str | None) -> list[float]:
        asked.append(query)
        return [0.5] * len(documents)

    model = SUBJECTS["tiny-causal"].weights
    found = Doctor(model.source, model.max_length).diagnose(FunctionTarget(score, "python:test:half"))
    assert found.requests == len(asked)
    assert Examinee(FunctionTarget(score, "python:test:half")).ability.raw is False


@pytest.fixture(scope="module")
def singles() -> list[Trial]:
    return [planted_in_process(fault) for fault in catalogue()]


@pytest.mark.slow
@pytest.mark.xdist_group("singles")
def test_every_single_fault_is_detected(singles: list[Trial]) -> None:
    assert [made.planted for made in singles if not made.detected] == []


@pytest.mark.slow
@pytest.mark.xdist_group("singles")
def test_stage_and_variant_of_single_faults_are_named_as_often_as_promised(singles: list[Trial]) -> None:
    right_stage = sum(made.stage_named for made in singles) / len(singles)
    first = sum(made.variant_first for made in singles) / len(singles)
    assert (right_stage >= 0.95, first >= 0.90) == (True, True), (right_stage, first)


@pytest.mark.slow
@pytest.mark.xdist_group("singles")
def test_causes_that_are_given_with_nine_tenths_are_right_nine_times_in_ten(singles: list[Trial]) -> None:
    sure = [made for made in singles if made.confidence >= 0.9]
    assert sum(made.found[0] in made.planted for made in sure) >= 0.9 * len(sure) > 0


@pytest.mark.endurance
@pytest.mark.xdist_group("singles")
def test_a_pack_and_the_weights_give_the_same_diagnosis(singles: list[Trial]) -> None:
    by_pack = [planted_in_process(*made.planted, way="pack") for made in singles]
    other = [
        (a.planted, a.found, b.found) for a, b in zip(singles, by_pack, strict=True) if set(a.found) != set(b.found)
    ]
    assert other == []


@pytest.mark.slow
@pytest.mark.xdist_group("pairs")
def test_pairs_of_faults_are_detected_and_both_stages_are_mostly_named() -> None:
    made = [planted_in_process(*pair) for pair in sampled_pairs(40)[:16]]
    assert [trial.planted for trial in made if not trial.detected] == []
    assert sum(trial.stage_named for trial in made) >= 0.7 * len(made)


def test_the_committed_table_keeps_what_is_promised() -> None:
    path = Path(__file__).parents[2] / "reports" / "detection.json"
    trials = json.loads(path.read_text(encoding="utf-8"))["trials"]
    found = shares(trials)
    assert {trial["planted"][0] for trial in trials if len(trial["planted"]) == 1} == set(catalogue())
    assert found["single faults"]["detected"] == found["pairs of faults"]["detected"] == 1.0
    assert found["single faults"]["stage_named"] >= 0.95
    assert found["single faults"]["variant_first"] >= 0.90
    assert found["pairs of faults"]["stage_named"] >= 0.70
