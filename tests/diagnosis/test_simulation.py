"""Simulated answers are those of a planted reranker, and cost no forward pass twice."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import torch

from harness.diagnosis.asking import Examinee
from harness.diagnosis.examination import CORE, QUERY, Ability, asked, examination
from harness.diagnosis.shared import SharedForward, batch_of, rows_of
from harness.diagnosis.simulation import Simulation
from harness.diagnosis.weights import Weights
from harness.faults import plant
from harness.reference.pipeline import Reranker
from harness.reference.reply import ranked
from harness.targets.reference import ReferenceTarget

NOISE = {"float32": 2e-6}


@pytest.fixture
def weights(reference: Reranker) -> Iterator[Weights]:
    source = Weights(reference, NOISE)
    yield source
    source.close()


@pytest.mark.parametrize(
    "faults",
    [(), ("template-absent",), ("mask-missing",), ("layer-missing",), ("capitalised-answers",), ("double-sigmoid",),
     ("scores-zipped-with-sorted-order",), ("cache-without-query",), ("rows-in-length-order",),
     ("bos-added", "raw-logit-sent"), ("cosine-instead-of-head", "last-item-lost")],
)  # fmt: skip
def test_a_simulation_answers_as_the_planted_reranker_does(
    faults: tuple[str, ...], weights: Weights, reference: Reranker
) -> None:
    target = ReferenceTarget(plant(reference, *faults))
    examinee = Examinee(target)
    simulation = Simulation(weights, faults, examinee.interface.reply, ordered=True)
    for step in examination(examinee.ability, 1024)[:5]:
        for seen, said in zip(examinee.answers(step), simulation.answers(step), strict=True):
            np.testing.assert_allclose(seen.scores, said.scores, atol=1e-9)
            assert (seen.order, seen.named) == (said.order, said.named)


def test_faults_behind_the_forward_pass_need_no_pass_of_their_own(weights: Weights) -> None:
    step = examination(Ability(), 1024)[0]
    Simulation(weights, (), ranked, True).answers(step)
    before = weights.passes
    for fault in ("capitalised-answers", "double-sigmoid", "unsorted", "drift-over-repeats"):
        Simulation(weights, (fault,), ranked, True).answers(step)
    assert weights.passes == before == len(CORE)


def test_a_fault_that_does_not_show_in_a_request_costs_nothing(weights: Weights) -> None:
    step = examination(Ability(), 1024)[0]
    Simulation(weights, (), ranked, True).answers(step)
    Simulation(weights, ("truncated-at-512",), ranked, True).answers(step)
    assert weights.passes == len(CORE)


def test_a_shared_forward_pass_gives_the_same_states(reference: Reranker) -> None:
    batch = reference.stages.batch([reference.encoding(pair) for pair in asked(QUERY, CORE).pairs])
    shared = SharedForward(reference.stages.forward)
    torch.testing.assert_close(shared(batch), reference.stages.forward(batch), rtol=0, atol=1e-9)


def test_rows_of_a_batch_make_the_batch_again(reference: Reranker) -> None:
    batch = reference.stages.batch([reference.encoding(pair) for pair in asked(QUERY, CORE).pairs])
    again = batch_of(rows_of(batch), batch.ids.device)
    assert torch.equal(again.mask, batch.mask)
    assert torch.equal(again.ids * again.mask, batch.ids * batch.mask)
