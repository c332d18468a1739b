"""The fault library is whole: every fault has its words, its stage, and its place in the pipeline."""

from __future__ import annotations

import re
from contextlib import suppress

import numpy as np
import pytest

from harness.core.errors import MalformedAnswer, UsageError
from harness.core.vocabulary import Stage
from harness.diagnosis.remedies import remedy
from harness.engine.resolve import resolve_model
from harness.faults import all_faults, find, plant
from harness.faults.catalogue import catalogue
from harness.faults.rounding import to_bfloat16
from harness.reference.devices import Device
from harness.reference.loading import load_reranker
from harness.reference.pipeline import Reranker
from harness.serving.library import served_faults

QUERY, DOCUMENTS = "how does a delta grow", ["A delta grows by silt.", "Mars & its moons", "the delta " * 30]


def test_every_fault_is_in_the_catalogue_and_the_other_way_round() -> None:
    assert {fault.id: fault.stage for fault in all_faults()} == {e.id: e.stage for e in catalogue().values()}


def test_every_stage_has_faults_and_there_are_more_than_a_hundred() -> None:
    assert {fault.stage for fault in all_faults()} == set(Stage)
    assert len(all_faults()) > 100


@pytest.mark.parametrize("fault", all_faults(), ids=lambda fault: fault.id)
def test_a_fault_says_what_it_is_how_it_shows_and_what_to_do(fault) -> None:  # type: ignore[no-untyped-def]
    told = (fault.mechanism, fault.about.title, fault.about.symptom, fault.about.remedy)
    assert all(told)
    assert fault.id == fault.id.lower()
    assert all(re.fullmatch(r"https://github.com/[^/]+/[^/]+/issues/\d+", link) for link in fault.about.links)


def test_faults_of_interfaces_have_other_names() -> None:
    assert not set(served_faults()) & set(catalogue())


@pytest.mark.parametrize("fault", all_faults(), ids=lambda fault: fault.id)
def test_a_planted_fault_leaves_the_healthy_reranker_as_it_was(fault, reranker: Reranker) -> None:  # type: ignore[no-untyped-def]
    before = reranker.rerank(QUERY, DOCUMENTS)
    planted = plant(reranker, fault.id)
    with suppress(MalformedAnswer):
        planted.rerank(QUERY, DOCUMENTS)
    assert reranker.rerank(QUERY, DOCUMENTS) == before


def test_two_faults_at_different_stages_are_planted_together(reranker: Reranker) -> None:
    both = plant(reranker, "template-absent", "double-sigmoid").rerank(QUERY, DOCUMENTS)
    one = np.array(plant(reranker, "template-absent").rerank(QUERY, DOCUMENTS))
    np.testing.assert_allclose(both, 1 / (1 + np.exp(-one)), atol=1e-9)


def test_a_fault_that_a_model_has_no_place_for_changes_nothing(reranker: Reranker) -> None:
    assert plant(reranker, "head-from-embeddings").stages is reranker.stages


def test_an_untied_head_has_a_place_for_it() -> None:
    untied = load_reranker(resolve_model("tiny-untied"), Device("cpu"), dtype="float32")
    moved = np.array(plant(untied, "head-from-embeddings").rerank(QUERY, DOCUMENTS)) - untied.rerank(QUERY, DOCUMENTS)
    assert np.abs(moved).max() > 0.01


def test_an_unknown_fault_names_those_that_there_are() -> None:
    with pytest.raises(UsageError, match="no fault 'nonsense'; faults: template-absent"):
        find("nonsense")


@pytest.mark.parametrize("server", ["vllm", "tei", "llamacpp", "sglang", "infinity", "sentence-transformers", "onnx"])
def test_a_remedy_names_the_setting_of_the_server_in_use(server: str) -> None:
    import tomllib
    from importlib.resources import files

    settings = tomllib.loads((files("harness.diagnosis") / "remedies.toml").read_text(encoding="utf-8"))
    assert set(settings[server]) <= set(catalogue())
    first = next(iter(settings[server]))
    assert settings[server][first] in remedy(first, server)
    assert remedy(first, None) == catalogue()[first].remedy


@pytest.mark.parametrize(("value", "rounded"), [(1.0, 1.0), (0.9999, 1.0), (0.1, 0.10009765625), (-3.14159, -3.140625)])
def test_bfloat16_keeps_eight_bits(value: float, rounded: float) -> None:
    assert to_bfloat16(value) == rounded
