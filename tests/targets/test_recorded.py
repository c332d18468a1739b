"""Recordings as targets, and the recorder that writes them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from harness.checks.context import Context
from harness.checks.registry import find
from harness.core.errors import Unanswerable, UsageError
from harness.core.pairs import Pair
from harness.core.scores import Scale
from harness.core.vocabulary import Status
from harness.engine.session import Session
from harness.engine.setup import Request, askable
from harness.reference.pipeline import Reranker
from harness.targets.recorded import RecordedTarget, Recorder, open_recording
from harness.targets.reference import ReferenceTarget


def recording(tmp_path: Path, *lines: object) -> RecordedTarget:
    path = tmp_path / "recording.jsonl"
    path.write_text("\n".join(json.dumps(line) if isinstance(line, dict) else str(line) for line in lines))
    return open_recording(f"recorded:{path}", path)


def line(document: str, score: object, **more: object) -> dict[str, object]:
    return {"query": "q", "document": document, "score": score, **more}


def test_recorded_pairs_are_answered_in_the_order_that_is_asked(tmp_path: Path) -> None:
    assert recording(tmp_path, line("a", 0.1), line("b", 0.9)).score("q", ["b", "a", "b"], None) == [0.9, 0.1, 0.9]


def test_a_pair_that_was_not_recorded_cannot_be_answered(tmp_path: Path) -> None:
    with pytest.raises(Unanswerable, match="1 of 2 pairs"):
        recording(tmp_path, line("a", 0.1)).score("q", ["a", "b"], None)


def test_an_instruction_tells_pairs_apart(tmp_path: Path) -> None:
    target = recording(tmp_path, line("a", 0.1), line("a", 0.7, instruction="i"))
    assert target.score("q", ["a"], "i") == [0.7]


def test_scores_between_0_and_1_are_probabilities_and_others_log_odds(tmp_path: Path) -> None:
    assert recording(tmp_path, line("a", 0), line("b", 1)).capabilities.scale is Scale.PROBABILITY
    assert recording(tmp_path, line("a", 0.2), line("b", -3.5)).capabilities.scale is Scale.LOG_ODDS


def test_a_scale_that_is_named_wins(tmp_path: Path) -> None:
    assert recording(tmp_path, line("a", 0.2, scale="log-odds")).capabilities.scale is Scale.LOG_ODDS


def test_cut_decimals_are_taken_for_what_they_are(tmp_path: Path) -> None:
    capabilities = recording(tmp_path, line("a", 0.9995), line("b", 0.25)).capabilities
    assert capabilities.decimals == 4
    assert capabilities.as_written(np.array([0.123456])) == pytest.approx([0.1235])


def test_null_is_kept_as_a_score_that_is_none(tmp_path: Path) -> None:
    assert np.isnan(recording(tmp_path, line("a", None), line("b", 0.5)).score("q", ["a"], None)).all()


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["no json"], ":1: expected"),
        ([line("a", 0.1), {"query": "q"}], ":2: expected"),
        ([line("a", "high")], "score must be a number"),
        ([line("a", True)], "score must be a number"),
        ([line("a", 0.1), line("a", 0.2)], "the same pair has two scores"),
        ([{"query": 1, "document": "a", "score": 0.1}], "must be strings"),
        ([line("a", 0.1, scale="percent")], "scale must be one of"),
        ([""], "holds no scores"),
    ],
)
def test_a_line_that_is_wrong_is_named(lines: list[object], told: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=told):
        recording(tmp_path, *lines)


def test_what_a_recorder_wrote_is_a_recording_of_the_same_scores(tmp_path: Path, reranker: Reranker) -> None:
    path = tmp_path / "new" / "folder" / "scores.jsonl"
    recorder = Recorder(ReferenceTarget(reranker), path)
    given = recorder.score("which planet is red", ["Mars is red", "line\u2028break \ud800", ""], None)
    recorder.score("which planet is red", ["Mars is red"], None)
    target = open_recording(f"recorded:{path}", path)
    assert target.score("which planet is red", ["Mars is red", "line\u2028break \ud800", ""], None) == given
    assert len(path.read_text().splitlines()) == 3


def test_a_recording_that_cannot_be_written_is_the_user_s_mistake(tmp_path: Path, reranker: Reranker) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot write the recording"):
        Recorder(ReferenceTarget(reranker), tmp_path / "file" / "x").score("q", ["a"], None)


def test_values_are_verified_on_what_was_recorded_and_asking_again_is_not_verified(
    tmp_path: Path, reranker: Reranker, context_for: Callable[..., Context], healthy: Context
) -> None:
    pairs = [Pair("which planet is red", text) for text in ("Mars is red", "Venus is bright", "A recipe for soup")]
    scores = reranker.rerank(pairs[0].query, [pair.document for pair in pairs])
    lines = [line(pair.document, score, query=pair.query) for pair, score in zip(pairs, scores, strict=True)]
    target = recording(tmp_path, *lines)
    context = context_for(target, collection=askable(healthy.collection, target))
    session = Session(Request(target=target.spec, model="tiny-causal"), context, lambda event: None)
    asked = ("numerics.values", "invariants.determinism", "ranking-quality.above-chance")
    statuses = [session.run(find(check_id))[0].status for check_id in asked]
    assert statuses == [Status.PASS, Status.NOT_VERIFIED, Status.NOT_VERIFIED]


def test_a_recording_of_a_broken_system_fails(
    tmp_path: Path, reranker: Reranker, context_for: Callable[..., Context], healthy: Context,
    run_check: Callable[..., list[object]],
) -> None:  # fmt: skip
    target = recording(tmp_path, *(line(f"text {n}", 0.7310586, query="which planet is red") for n in range(8)))
    context = context_for(target, collection=askable(healthy.collection, target))
    assert any(
        getattr(o, "status", None) is Status.FAIL for o in run_check("score-distribution.named-constants", context)
    )
