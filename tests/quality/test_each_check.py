"""Each check fails for the right reason on something that is wrong, and passes on the healthy target.

A row of WRONG: a check, what is wrong (a fault of the library, or a target or context made here), and a pattern of the
message that must say so.
"""

import json
import re
import shutil
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from fixtures.collections import Judged
from harness.checks.context import Context
from harness.checks.registry import Need, all_checks, find
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.engine.session import Session
from harness.engine.setup import Request
from harness.faults import plant
from harness.reference.attention import kernel_of
from harness.reference.checkpoint import open_checkpoint
from harness.reference.devices import Device
from harness.reference.loading import load_reranker
from harness.reference.pipeline import Reranker
from harness.targets.controls import RandomControl
from harness.targets.function import FunctionTarget
from harness.targets.reference import ReferenceTarget

Build = Callable[..., Context]
Wrong = Callable[[Build, Reranker, Path], Context]


def fault(*ids: str) -> Wrong:
    return lambda build, reranker, folder: build(plant(reranker, *ids))


def target(function: Callable[..., Any]) -> Wrong:
    return lambda build, reranker, folder: build(FunctionTarget(function, "python:test:wrong"))


def edited(edit: Callable[[Path], None]) -> Wrong:
    """The embedded model's folder with something changed in it, as model, reference and target."""

    def wrong(build: Build, reranker: Reranker, folder: Path) -> Context:
        shutil.copytree(reranker.parts.checkpoint.folder, folder / "model")
        edit(folder / "model")
        checkpoint = open_checkpoint(folder / "model")
        broken = load_reranker(checkpoint, Device("cpu"), dtype="float64")
        return build(ReferenceTarget(broken), checkpoint=checkpoint, reference=broken)

    return wrong


def rewrite(name: str, **changes: Any) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        content = json.loads((folder / name).read_text())
        (folder / name).write_text(json.dumps({**content, **changes}))

    return edit


def changed(name: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_text(change((folder / name).read_text())) and None


def with_stages(change: Callable[[Reranker], dict[str, Any]]) -> Wrong:
    return lambda build, reranker, folder: build(replace(reranker, stages=replace(reranker.stages, **change(reranker))))


def published_as(name: str) -> Wrong:
    """The tiny model under the name of one whose answers are published."""

    def wrong(build: Build, reranker: Reranker, folder: Path) -> Context:
        return build(reranker, checkpoint=replace(reranker.parts.checkpoint, id=name))

    return wrong


def untrusted_reference(build: Build, reranker: Reranker, folder: Path) -> Context:
    return build(reranker, reference=plant(reranker, "final-newline-lost"))


def changed_in_memory(build: Build, reranker: Reranker, folder: Path) -> Context:
    """Weights that are no longer those of the files."""
    other = load_reranker(reranker.parts.checkpoint, Device("cpu"), dtype="float32")
    module: Any = other.parts.module
    with torch.no_grad():
        module.model.layers[0].mlp.up_proj.weight.mul_(1.1)
    return build(other)


def one_matrix_changed(build: Build, reranker: Reranker, folder: Path) -> Context:
    """The weights of one deep module are 1 % larger in memory than in the checkpoint."""
    module: Any = deepcopy(reranker.parts.module)
    with torch.no_grad():
        module.model.layers[1].mlp.up_proj.weight.mul_(1.01)
    return build(replace(reranker, parts=replace(reranker.parts, module=module)))


def two_queries(build: Build, reranker: Reranker, folder: Path) -> Context:
    """A collection that can tell nothing apart."""
    judged = Judged(
        "two",
        {"a": "x", "b": "y"},
        {"1": "x", "2": "y"},
        {"a": {"1": 1}, "b": {"2": 1}},
        {"a": ("1",), "b": ("2",)},
        {},
    )
    return build(reranker, collection=judged)


def upside_down(query: str, documents: list[str], instruction: str | None) -> list[float]:
    words = set(query.split())
    return [1 / (2 + len(words & set(d.split())) + len(d) / 1e4) for d in documents]


def longest_wins(query: str, documents: list[str], instruction: str | None) -> list[float]:
    return [1 - 1 / (2 + len(d) + sum(map(ord, query[:3])) / 1e3) for d in documents]


def chatty(query: str, documents: list[str], instruction: str | None) -> list[float]:
    return [0.99 - len(d) * 1e-7 if "yes" in d else 0.1 + len(d) * 1e-7 for d in documents]


def raising_on_nul(query: str, documents: list[str], instruction: str | None) -> list[float]:
    if any("\0" in text for text in (query, *documents)):
        raise ValueError("embedded null")
    return [0.3 + len(d) * 1e-6 for d in documents]


def one_for_all(query: str, documents: list[str], instruction: str | None) -> list[float]:
    return [1 / (2 + sum(map(len, documents)))] * len(documents)


def cosine(query: str, documents: list[str], instruction: str | None) -> list[float]:
    def likeness(a: str, b: str) -> float:
        return len(set(a) & set(b)) / (1 + len(set(a) | set(b)))

    return [likeness(query, d) for d in documents]


def twice_is_better(query: str, documents: list[str], instruction: str | None) -> list[float]:
    return [(0.2 + len(d) * 1e-6) * (1 + (documents.count(d) > 1)) for d in documents]


def first_pair_moves(reranker: Reranker) -> dict[str, Any]:
    """The head adds a logit to the first row of every batch."""
    healthy = reranker.stages.head

    def head(states: torch.Tensor) -> torch.Tensor:
        logits = healthy(states).clone()
        logits[0, 0] += 1.0
        return logits

    return {"head": head}


def rounded_head(reranker: Reranker) -> dict[str, Any]:
    """Computes in bfloat16, except where it is looked at in float64."""
    healthy = reranker.stages.head

    def head(states: torch.Tensor) -> torch.Tensor:
        logits = healthy(states)
        return logits if states.dtype == torch.float64 else logits.to(torch.bfloat16).float()

    return {"head": head}


def chatting_forward(reranker: Reranker) -> dict[str, Any]:
    """Runs the whole model, output head included, and throws the logits away."""
    healthy, module = reranker.stages.forward, reranker.parts.module

    def forward(batch: Any) -> torch.Tensor:
        module(input_ids=batch.ids, attention_mask=batch.mask)
        return healthy(batch)

    return {"forward": forward}


def elsewhere(reranker: Reranker) -> dict[str, Any]:
    return {"forward": lambda batch: reranker.stages.forward(batch).to("meta")}


def eager_differs(reranker: Reranker) -> dict[str, Any]:
    """States are halved where attention is computed by plain matrix products."""
    healthy, module = reranker.stages.forward, reranker.parts.module
    return {"forward": lambda batch: healthy(batch) * (0.5 if kernel_of(module) == "eager" else 1.0)}


def large_batches_differ(reranker: Reranker) -> dict[str, Any]:
    """Another kernel from the thirty-second row on, which computes something else."""
    healthy = reranker.stages.forward
    return {"forward": lambda batch: healthy(batch) * (0.5 if len(batch.ids) > 32 else 1.0)}


def filled_twice(reranker: Reranker) -> dict[str, Any]:
    healthy = reranker.stages.assemble

    def assemble(pair: Any) -> Any:
        prompt = healthy(pair)
        return replace(prompt, body=prompt.body.replace("{query}", pair.query).replace("{document}", pair.document))

    return {"assemble": assemble}


def maskless(reranker: Reranker) -> dict[str, Any]:
    """A forward pass that does not pass the mask on."""
    healthy = reranker.stages.forward
    return {"forward": lambda batch: healthy(replace(batch, mask=torch.ones_like(batch.mask)))}


def uncounted(reranker: Reranker) -> dict[str, Any]:
    """Requests are answered past the counters."""
    stages = reranker.stages
    return {
        "state": lambda answering: (
            lambda request: stages.reply(stages.activate(reranker.logits(request.pairs)), request.top_n)
        )
    }


LOGIT_SHIFT = with_stages(lambda r: {"activate": lambda logits: r.stages.activate(logits * 0.5)})

WRONG: dict[str, tuple[Wrong, str]] = {
    "compatibility.configuration": (edited(rewrite("config.json", pad_token_id=0)), "config.json says 0"),
    "compatibility.known-answers": (published_as("Qwen/Qwen3-Reranker-0.6B"), "deviation from the published"),
    "compatibility.reference-trusted": (untrusted_reference, "reference and recipe differ"),
    "devices.dtype": (fault("low-precision"), "8 bits of significand, torch.float32 has 24"),
    "devices.every-operation": (fault("low-precision"), r"aten\S+ is computed in a lower precision than torch.float32"),
    "devices.layers": (one_matrix_changed, r"model\.layers\.1\.mlp\.up_proj is the first of \d+ modules that diverge"),
    "devices.memory": (with_stages(chatting_forward), "logits beyond the answer rows"),
    "devices.out-of-memory": (with_stages(first_pair_moves), "scores move by"),
    "devices.used": (with_stages(elsewhere), "states are on meta"),
    "invariants.added-evidence": (target(upside_down), "rise when the relevant document is appended"),
    "invariants.asymmetry": (target(cosine), "change their score when query and document are swapped"),
    "invariants.batch-size": (fault("softmax-over-batch"), "differs by up to .* from that alone"),
    "invariants.determinism": (fault("drift-over-repeats"), "answers to one request differ"),
    "invariants.document-matters": (fault("document-empty"), "0% of .* change their score with the document"),
    "invariants.duplicates": (target(twice_is_better), "with a duplicate in the request"),
    "invariants.irrelevant-length": (target(longest_wins), "filler wins"),
    "invariants.neighbours": (fault("last-column-read"), "with a long and an empty neighbour"),
    "invariants.padding-side": (with_stages(maskless), "left and right padding differ"),
    "invariants.permutation": (fault("scores-zipped-with-sorted-order"), "in another order"),
    "invariants.query-matters": (fault("cache-without-query"), "change their score with the query"),
    "invariants.removed-evidence": (target(upside_down), "fall when the query's words are taken out"),
    "monitoring.counters": (with_stages(uncounted), "requests 0, pairs 0"),
    "numerics.batch-shapes": (with_stages(large_batches_differ), "most in one of (33|44) rows of"),
    "numerics.batched": (with_stages(first_pair_moves), "between a batch and alone"),
    "numerics.head-precision": (with_stages(rounded_head), "the head deviates from float64"),
    "numerics.kernels": (with_stages(eager_differs), "with eager the largest deviation from the reference"),
    "numerics.order": (fault("answers-swapped"), "stand in another order"),
    "numerics.probability-shift": (fault("final-newline-lost"), "KL divergence of P.yes. is"),
    "numerics.processes": (changed_in_memory, "a fresh process computes 0 of 8 log-odds alike"),
    "numerics.quantised": (fault("weights-in-int8"), "21 of 21 weight matrices are made of integers of 8 bits"),
    "numerics.scale": (LOGIT_SHIFT, r"target = 0\.5000"),
    "numerics.score-bits": (fault("logits-in-bfloat16"), "rounded to bfloat16; float32 is declared"),
    "numerics.top-k": (fault("answers-swapped"), "documents entered or left the first 3"),
    "numerics.values": (fault("final-newline-lost"), "largest deviation from the reference"),
    "performance.curve": (fault("drift-over-repeats"), "timed answers deviate"),
    "performance.latency": (fault("drift-over-repeats"), "timed answers deviate"),
    "performance.throughput": (fault("drift-over-repeats"), "timed answers deviate"),
    "prompt.chat-template": (
        edited(changed("tokenizer_config.json", lambda text: text.replace("Judge whether", "Judge if"))),
        r"rendered prompts differ: at token \d+ \(prefix\)",
    ),
    "prompt.control-tokens": (fault("control-tokens-as-text"), "are read as plain text"),
    "prompt.instruction-effect": (fault("instruction-dropped"), "0% of .* scores change with the instruction"),
    "prompt.pinned": (fault("think-block-missing"), r"at token \d+ \(suffix\)"),
    "prompt.suffix-survives": (fault("suffix-truncated"), "are cut wrongly"),
    "prompt.truncation": (fault("suffix-truncated"), "at lengths up to twice the context"),
    "prompt.applied-by": (fault("template-absent"), "neither plain pairs nor pairs in the prompt|applies no prompt"),
    "prompt.literal-texts": (fault("whitespace-stripped"), "blanks at the ends: up to"),
    "state.length-ladder": (fault("template-absent"), "deviate from the reference"),
    "state.needle": (fault("softmax-over-batch"), "logit"),
    "ranking-quality.above-chance": (fault("answers-swapped"), "is the order upside down"),
    "ranking-quality.as-reference": (fault("answers-swapped"), "ranked differently than the reference"),
    "ranking-quality.correlation": (target(RandomControl().score), "with 95 % confidence at least"),
    "ranking-quality.lift": (target(RandomControl().score), "against the given order"),
    "ranking-quality.negative-controls": (two_queries, "constant scorer fails|random scorers fail"),
    "ranking-quality.slices": (fault("answers-swapped"), "the weakest language"),
    "robustness.braces": (with_stages(filled_twice), "occurs 2 times"),
    "robustness.hostile-texts": (target(raising_on_nul), "hostile inputs are answered wrongly"),
    "robustness.neighbours-of-hostile": (target(one_for_all), "in the same request"),
    "score-distribution.distinct": (target(one_for_all), "have exactly the same score"),
    "score-distribution.double-sigmoid": (fault("double-sigmoid"), "a second sigmoid"),
    "score-distribution.finite": (fault("nan-state"), "scores are not finite"),
    "score-distribution.in-range": (fault("raw-logit-sent"), "are no probabilities"),
    "score-distribution.named-constants": (fault("softmax-over-one-label-then-sigmoid"), r"0\.7310586: σ\(1\)"),
    "score-distribution.saturation": (fault("saturated-in-half-precision"), "8 bits of significand"),
    "score-distribution.spread": (fault("head-zero"), "range over 0 logit"),
    "token-ids.detected": (
        edited(rewrite("1_LogitScore/config.json", true_token_id=100, false_token_id=101)),
        "declaration says .* expected 'yes'",
    ),
    "token-ids.mass": (
        lambda build, reranker, folder: build(
            reranker, reference=replace(reranker, parts=replace(reranker.parts, answer_ids=(100, 101)))
        ),
        "of the probability at the answer position",
    ),
    "token-ids.used": (fault("capitalised-answers"), "are 'Yes' and 'No', expected 'yes'"),
}
#: Checks that report a figure, or prove the harness itself on the embedded variants; their failing cases have tests of
#: their own below or in tests/checks.
SELF_PROOF = {
    "compatibility.checkpoint", "devices.autocast", "monitoring.detection", "monitoring.exposition",
    "numerics.equivalent", "numerics.forms-agree", "numerics.noise-floor", "prompt.forged-frame",
    "ranking-quality.figures", "robustness.injection", "token-ids.positive-label", "token-ids.variants",
}  # fmt: skip


def test_every_check_has_a_row() -> None:
    # those of a server are shown to fail beside their own tests, on servers with planted faults; those of sources on
    # the corpus in tests/audit
    assert {c.id for c in all_checks() if not {Need.SERVER, Need.SOURCE} & set(c.needs)} == set(WRONG) | SELF_PROOF


@pytest.mark.parametrize("check", WRONG)
def test_a_check_fails_for_the_right_reason(
    check: str, context_for: Build, reranker: Reranker, run_check: Callable[..., list[Outcome]], tmp_path: Path
) -> None:
    wrong, reason = WRONG[check]
    failed = [o.message for o in run_check(check, wrong(context_for, reranker, tmp_path)) if o.status is Status.FAIL]
    assert any(re.search(reason, message) for message in failed), failed


@pytest.mark.parametrize("check", sorted(set(WRONG) | SELF_PROOF))
def test_a_check_does_not_flag_the_healthy_target(
    check: str, healthy: Context, run_check: Callable[..., list[Outcome]]
) -> None:
    outcomes = run_check(check, healthy)
    assert [o.message for o in outcomes if o.status in (Status.FAIL, Status.ERROR)] == []


@pytest.mark.parametrize("check", ["robustness.injection", "prompt.forged-frame"])
def test_what_an_order_buys_is_a_warning_where_it_wins(
    check: str, context_for: Build, reranker: Reranker, run_check: Callable[..., list[Outcome]]
) -> None:
    outcomes = run_check(check, context_for(FunctionTarget(chatty, "python:test:chatty")))
    assert Status.WARN in {o.status for o in outcomes}


def test_a_classifier_without_labels_has_no_positive_label(
    context_for: Build, reranker: Reranker, run_check: Callable[..., list[Outcome]]
) -> None:
    checkpoint = reranker.parts.checkpoint
    from harness.reference.checkpoint import Form

    unnamed = replace(checkpoint, form=Form.SEQUENCE_CLASSIFICATION, config={"id2label": {"0": "a", "1": "b"}})
    (outcome,) = run_check("token-ids.positive-label", context_for(reranker, checkpoint=unnamed))
    assert (outcome.status, "neither of the two labels" in outcome.message) == (Status.FAIL, True)


def test_saturated_ends_are_named(context_for: Build, run_check: Callable[..., list[Outcome]]) -> None:
    def hard(query: str, documents: list[str], instruction: str | None) -> list[float]:
        return [float(np.round(len(d) % 7 / 6)) for d in documents]

    outcomes = run_check("score-distribution.saturation", context_for(FunctionTarget(hard, "python:test:hard")))
    assert "several documents at exactly 0 or 1" in outcomes[0].message
    assert outcomes[0].status is Status.FAIL


def test_states_that_are_no_numbers_are_told_instead_of_their_bits(
    context_for: Build, reranker: Reranker, run_check: Callable[..., list[Outcome]]
) -> None:
    _, states = run_check("devices.dtype", context_for(plant(reranker, "nan-state")))
    assert (states.status, "states are not finite" in states.message) == (Status.FAIL, True)


@pytest.mark.parametrize("fault", ["nan-state", "raw-logit-sent"])
def test_scores_without_a_rank_are_not_ranked(fault: str, context_for: Build, reranker: Reranker) -> None:
    session = Session(Request(), context_for(plant(reranker, fault)), lambda event: None)
    checks = ("above-chance", "as-reference", "correlation", "figures", "lift", "slices")
    told = [finding for check in checks for finding in session.run(find(f"ranking-quality.{check}"))]
    assert {finding.status for finding in told} == {Status.NOT_VERIFIED}
    assert all("scores have no rank" in finding.message for finding in told)
