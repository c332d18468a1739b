"""What the checks of numerics share: targets that answer with the reference's own log-odds, changed in one way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from harness.checks.context import Context
from harness.checks.profiles import profile
from harness.core.pairs import Pair
from harness.core.scores import Scale, Scores
from harness.engine.resolve import resolve_model
from harness.reference.devices import Device
from harness.reference.loading import load_reranker
from harness.targets.function import FunctionTarget

Change = Callable[[Scores], Scores]


@pytest.fixture
def answering(healthy: Context, context_for: Callable[..., Context]) -> Callable[..., Context]:
    """The context of `answering(change, scale, **overrides)`: log-odds of all judged pairs, as `change` leaves them."""

    def build(change: Change, scale: Scale = Scale.LOG_ODDS, **overrides: Any) -> Context:
        pairs = healthy.judged_pairs
        known = dict(zip(pairs, change(healthy.reference_logits(pairs)).tolist(), strict=True))

        def score(query: str, documents: list[str], instruction: str | None) -> list[float]:
            return [known[Pair(query, document, instruction)] for document in documents]

        score.scale = scale  # type: ignore[attr-defined]
        return context_for(FunctionTarget(score, "python:test:answering"), **overrides)

    return build


@pytest.fixture(scope="session", params=["bfloat16", pytest.param("float16", marks=pytest.mark.slow)])
def honest(request: pytest.FixtureRequest, healthy: Context) -> Context:
    """A target that is honestly in half precision, and the noise of such a one."""
    from harness.targets.reference import ReferenceTarget

    half = load_reranker(resolve_model("tiny-causal"), Device("cpu"), dtype=request.param)
    reference = healthy.reference
    return Context(
        ReferenceTarget(half), Device("cpu"), profile("smoke"), healthy.collection, healthy.checkpoint, reference,
        _computed=healthy._computed,
    )  # fmt: skip
