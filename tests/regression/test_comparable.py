"""Which two runs cannot be compared, and what is said of them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from harness.core.errors import UsageError
from harness.core.events import RunFinished, RunStarted, ScoresRecorded
from harness.core.run import Run
from harness.regression.comparable import refuse_others
from harness.regression.compare import compare

STARTED = RunStarted(
    "2026-01-01T00:00:00Z", {"spec": "reference"}, {"id": "small", "digest": "sha256:" + "1" * 64, "form": "causal"},
    "cpu", "ci", {"collection": "judged", "dtype": "float32", "packages": {"torch": "2.13.0"}}, id="a" * 32,
    inputs={"collection": "sha256:" + "3" * 64, "prompt": "sha256:" + "5" * 64},
    request={"model_name": "example/reranker-small"},
)  # fmt: skip
BASE = Run.of([STARTED, RunFinished("")])
ASKED = ScoresRecorded("q1", ("d1", "d2", "d3"), (2, 1, 0), (0.9, 0.5, 0.1), "probability")


def other(**changed: dict[str, Any]) -> Run:
    """A run that began as the base did, but for some entries of its fields."""
    fields = {name: getattr(STARTED, name) | entries for name, entries in changed.items()}
    return Run.of([replace(STARTED, id="b" * 32, **fields), RunFinished("")])


def without_digests(*scores: ScoresRecorded) -> Run:
    """A run that tells no digest of its inputs."""
    return Run.of([replace(STARTED, inputs={}), *scores, RunFinished("")])


def refusal(base: Run, run: Run) -> str:
    with pytest.raises(UsageError) as told:
        refuse_others(base, run)
    return str(told.value)


MODEL = {"digest": "sha256:" + "2" * 64, "id": "large"}
DIFFERENT: dict[str, dict[str, Any]] = {
    "the model was small (sha256:111111111111), and is large (sha256:222222222222)": {"model": MODEL},
    "the form was causal, and is classifier": {"model": {"form": "classifier"}},
    "the served model was example/reranker-small, and is example/reranker-large": {
        "request": {"model_name": "example/reranker-large"}
    },
    "the collection was judged (sha256:333333333333), and is support (sha256:444444444444)": {
        "inputs": {"collection": "sha256:" + "4" * 64},
        "environment": {"collection": "support"},
    },
    "the prompt was sha256:555555555555, and is sha256:666666666666": {"inputs": {"prompt": "sha256:" + "6" * 64}},
}


@pytest.mark.parametrize("told", DIFFERENT)
def test_what_must_be_the_same_and_is_not_is_told_with_both_values(told: str) -> None:
    assert refusal(BASE, other(**DIFFERENT[told])) == (
        f"the runs aaaaaaaa and bbbbbbbb cannot be compared: {told}; compare runs of one model, collection and prompt"
    )


def test_everything_that_differs_is_in_one_message() -> None:
    run = other(model=MODEL | {"form": "classifier"}, inputs={"collection": "sha256:4", "prompt": "sha256:6"})
    told = refusal(BASE, run)
    assert [what in told for what in ("the model was", "the form was", "the collection was", "the prompt was")] == [
        True, True, True, True,
    ]  # fmt: skip
    assert "\n" not in told


def test_a_model_of_another_digest_is_another_whatever_it_is_called() -> None:
    assert "the model was small (sha256:1" in refusal(BASE, other(model={"digest": "sha256:" + "2" * 64}))


def test_a_comparison_of_other_runs_is_refused_before_anything_is_compared() -> None:
    with pytest.raises(UsageError, match="cannot be compared: the model was small"):
        compare(BASE, other(model=MODEL))


@pytest.mark.parametrize(
    "changed",
    [
        {"environment": {"dtype": "float16", "packages": {"torch": "2.14.0"}}}, {"target": {"spec": "http://host"}},
        {"model": {"id": "a copy"}}, {"request": {"timeout": 5}},
    ],
)  # fmt: skip
def test_runs_of_one_kind_are_compared_whatever_computes_them(changed: dict[str, Any]) -> None:
    assert compare(BASE, other(**changed)).run.id == "b" * 32


@pytest.mark.parametrize(
    ("what", "silent"),
    [
        ("model", {"model": {"digest": None}}), ("form", {"model": {"form": None}}),
        ("served model", {"request": {"model_name": None}}), ("collection", {"inputs": {"collection": None}}),
        ("prompt", {"inputs": {"prompt": None}}),
    ],
)  # fmt: skip
def test_what_only_one_run_tells_is_not_known_to_be_the_same(what: str, silent: dict[str, Any]) -> None:
    told = [compare(*pair).left_out[0] for pair in ((BASE, other(**silent)), (other(**silent), BASE))]
    assert told == [
        f"Whether the {what} is the same is not known: the run does not tell it.",
        f"Whether the {what} is the same is not known: the base does not tell it.",
    ]


def test_what_neither_run_tells_is_not_mentioned() -> None:
    silent = other(inputs={"prompt": None})
    assert not [sentence for sentence in compare(silent, silent).left_out if sentence.startswith("Whether")]


OTHERS: dict[str, ScoresRecorded] = {
    "has no scores of the query q2 and 0 others that the run has": replace(ASKED, query="q2"),
    "the query q1 had other documents or grades": replace(ASKED, documents=("d1", "d2", "d4")),
    "q1 had other documents or grades in the base than": replace(ASKED, grades=(2, 0, 0)),
    "q1 had other documents or grades in the base than it has": replace(ASKED, grades=()),
}


@pytest.mark.parametrize("told", OTHERS)
def test_without_digests_other_queries_documents_or_grades_are_refused(told: str) -> None:
    assert told in refusal(without_digests(ASKED), without_digests(OTHERS[told]))


@pytest.mark.parametrize(
    "run",
    [
        without_digests(ASKED),
        without_digests(replace(ASKED, documents=("d3", "d2", "d1"), grades=(0, 1, 2), scores=(0.1, 0.5, 0.9))),
        without_digests(),
    ],
    ids=["the same", "in another order", "none at all"],
)
def test_without_digests_the_same_questions_are_compared(run: Run) -> None:
    more = replace(ASKED, query="q0")
    assert compare(without_digests(more, ASKED), run).differences == ()


@pytest.mark.parametrize("build", [lambda *scores: replace(BASE, scores=scores), without_digests])
def test_one_run_without_digests_is_held_to_its_questions(build: Callable[..., Run]) -> None:
    assert "q1 had other documents" in refusal(build(ASKED), without_digests(replace(ASKED, grades=(0, 0, 0))))


def test_runs_of_one_digest_are_not_held_to_what_the_target_answered() -> None:
    assert compare(replace(BASE, scores=(ASKED,)), replace(BASE, scores=(replace(ASKED, query="q2"),))).scores is None
