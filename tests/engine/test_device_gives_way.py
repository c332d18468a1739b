"""A device that runs out of memory or is lost in the middle of a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch

from harness.checks.context import Context
from harness.checks.registry import find
from harness.core.errors import DeviceError
from harness.core.pairs import Pair
from harness.core.vocabulary import Status
from harness.engine.session import Session
from harness.engine.setup import Request
from harness.reference.batch import Batch
from harness.reference.device_errors import MORE_MEMORY, START_AGAIN
from harness.reference.pipeline import Reranker
from harness.targets.function import FunctionTarget
from harness.targets.reference import ReferenceTarget

FULL = torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")
LOST = RuntimeError("CUDA error: device-side assert triggered\nCompile with TORCH_USE_CUDA_DSA")
#: Asks the target, and looks into the pipeline.
ASKING, LOOKING = "numerics.order", "numerics.batched"
Build = Callable[..., Context]
Fails = Callable[[Batch], bool]


def failing(reranker: Reranker, error: Exception, fails: Fails) -> Reranker:
    """A forward pass that raises on some batches."""
    healthy = reranker.stages.forward

    def forward(batch: Batch) -> torch.Tensor:
        if fails(batch):
            raise error
        return healthy(batch)

    return replace(reranker, stages=replace(reranker.stages, forward=forward), most_padding=1.0)


def once() -> Fails:
    """The first time only."""
    left = [True]
    return lambda batch: bool(left) and left.pop()


def above_two_rows() -> Fails:
    return lambda batch: len(batch.ids) > 2


def until_a_single_pair() -> Fails:
    """Until a pair has failed by itself."""
    gone: list[bool] = []

    def fails(batch: Batch) -> bool:
        if gone:
            return False
        gone.extend([True] if len(batch.ids) == 1 else [])
        return True

    return fails


def session(context: Context) -> Session:
    return Session(Request(), context, lambda event: None)


@pytest.mark.parametrize("fails", [once, above_two_rows])
@pytest.mark.parametrize("check", [ASKING, LOOKING])
def test_a_batch_that_fits_in_pieces_gives_the_right_scores(
    check: str, fails: Callable[[], Fails], reranker: Reranker, context_for: Build
) -> None:
    (finding,) = session(context_for(failing(reranker, FULL, fails()))).run(find(check))
    assert finding.status is Status.PASS


def test_a_pair_that_never_fits_is_an_error_with_the_reason(reranker: Reranker, context_for: Build) -> None:
    (finding,) = session(context_for(failing(reranker, FULL, lambda batch: True))).run(find(ASKING))
    assert finding.status is Status.ERROR
    assert finding.message.startswith("out of memory: a single pair of up to ")
    assert finding.message.endswith("tokens does not fit: CUDA out of memory. Tried to allocate 2.00 GiB")
    assert finding.remedy == MORE_MEMORY


def test_the_tokens_that_are_told_are_those_of_the_longest_pair(reranker: Reranker) -> None:
    target = ReferenceTarget(failing(reranker, FULL, lambda batch: True))
    documents = ["a river", "a river that is long"]
    longest = max(len(reranker.encoding(Pair("river", document)).ids) for document in documents)
    with pytest.raises(DeviceError, match=f"a single pair of up to {longest} tokens"):
        target.score("river", documents, None)


@pytest.mark.parametrize("check", [ASKING, LOOKING])
def test_a_lost_device_is_an_error_and_no_refusal(check: str, reranker: Reranker, context_for: Build) -> None:
    (finding,) = session(context_for(failing(reranker, LOST, lambda batch: True))).run(find(check))
    assert finding.status is Status.ERROR
    assert finding.message == "the device is gone, or refuses to compute: CUDA error: device-side assert triggered"
    assert finding.remedy == START_AGAIN


@pytest.mark.parametrize(("error", "fails"), [(FULL, until_a_single_pair), (LOST, once)], ids=["out of memory", "lost"])
def test_the_rest_of_the_run_goes_on(
    error: Exception, fails: Callable[[], Fails], reranker: Reranker, context_for: Build
) -> None:
    run = session(context_for(failing(reranker, error, fails())))
    first, second = (run.run(find(check))[0].status for check in (ASKING, LOOKING))
    assert (first, second) == (Status.ERROR, Status.PASS)


def test_a_callable_that_runs_out_of_memory_does_not_end_the_run(context_for: Build) -> None:
    def score(query: str, documents: list[str], instruction: str | None) -> list[float]:
        raise FULL

    (finding,) = session(context_for(FunctionTarget(score, "python:test:score"))).run(find(ASKING))
    assert (finding.status, finding.message.startswith("out of memory")) == (Status.ERROR, True)


def test_other_exceptions_of_a_stage_are_still_the_targets(reranker: Reranker, context_for: Build) -> None:
    broken = failing(reranker, RuntimeError("shapes do not match"), lambda batch: True)
    (finding,) = session(context_for(broken)).run(find(ASKING))
    assert (finding.status, "the pipeline raised RuntimeError" in finding.message) == (Status.FAIL, True)


def test_scores_in_pieces_are_those_of_the_whole(reranker: Reranker, healthy: Context) -> None:
    pairs = healthy.probes[:9]
    pieces = failing(reranker, FULL, above_two_rows()).log_odds(pairs)
    assert np.abs(pieces - reranker.log_odds(pairs)).max() < healthy.movement.limit_logit
