"""What tests share: the healthy model, and a context around any target."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from fixtures.collections import Judged, load_judged
from harness.checks.context import Context
from harness.checks.profiles import profile
from harness.checks.registry import find
from harness.core.findings import Outcome
from harness.engine.resolve import resolve_model
from harness.reference.devices import Device
from harness.reference.loading import load_reranker
from harness.reference.pipeline import Reranker
from harness.targets.reference import ReferenceTarget


@pytest.fixture(scope="session")
def demo() -> ModuleType:
    """A realistic run that fell short; tests are no package, so it is loaded from where it lies."""
    spec = importlib.util.spec_from_file_location("reports_demo", Path(__file__).parent / "reports" / "demo.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def judged() -> Judged:
    """The embedded collection."""
    return load_judged()


@pytest.fixture(scope="session")
def reranker() -> Reranker:
    """The embedded model as a deployment would run it: float32 on the CPU."""
    return load_reranker(resolve_model("tiny-causal"), Device("cpu"), dtype="float32")


@pytest.fixture(scope="session")
def reference() -> Reranker:
    """What the embedded model defines, in float64."""
    return load_reranker(resolve_model("tiny-causal"), Device("cpu"), dtype="float64")


@pytest.fixture(scope="session")
def healthy(reranker: Reranker, reference: Reranker, judged: Judged) -> Context:
    """The context whose reference scores and noise the others share: they do not depend on the target's faults."""
    return Context(
        ReferenceTarget(reranker), Device("cpu"), profile("smoke"), judged, reference.parts.checkpoint, reference
    )


@pytest.fixture
def context_for(healthy: Context, reference: Reranker, judged: Judged) -> Callable[..., Context]:
    """Build the context of a target (or of a reranker, which becomes one)."""

    def build(target: Any, **overrides: Any) -> Context:
        if isinstance(target, Reranker):
            target = ReferenceTarget(target)
        given: dict[str, Any] = {
            "target": target,
            "device": Device("cpu"),
            "profile": profile("smoke"),
            "collection": judged,
            "checkpoint": reference.parts.checkpoint,
            "reference": reference,
        }
        if not {"reference", "collection", "profile"} & set(overrides):
            given["_computed"] = healthy._computed
        context = Context(**{**given, **overrides})
        if "_computed" in given:
            vars(context)["noise"], vars(context)["movement"] = healthy.noise, healthy.movement
        return context

    return build


@pytest.fixture
def run_check() -> Callable[[str, Context], list[Outcome]]:
    """Run the body of a check by its id."""

    def run(check_id: str, context: Context) -> list[Outcome]:
        outcome = find(check_id).body(context)
        return [outcome] if isinstance(outcome, Outcome) else list(outcome)

    return run
