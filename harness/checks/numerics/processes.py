"""The same model in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, fields
from inspect import isfunction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.checks.tolerance import distance
from harness.core.findings import Outcome, at_most, holds, not_applicable, not_verified
from harness.core.pairs import Pair
from harness.core.vocabulary import Area, Phase, Stage

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker

#: Pairs that are computed again.
PAIRS = 8
#: Seconds that the process may take: a large model is read from its files again.
PATIENCE = 600.0


@check(
    "numerics.processes",
    "A fresh process computes the same",
    area=Area.NUMERICS,
    stage=Stage.STATE,
    phase=Phase.VALUES,
    needs=(Need.PIPELINE, Need.REFERENCE),
    beside="sees what depends on the process: an order of hashes, a seed, weights that were changed in memory",
)
def processes(context: Context) -> Outcome:
    """A new process with another seed of hashes, given the same model, device, dtype and number of threads, computes
    the same log-odds: to the last bit, or as far as a healthy reranker moves.
    """
    pipeline = context.target.reranker
    assert pipeline is not None
    if reason := _other_than_the_command(context, pipeline):
        return not_applicable(f"`rerank-harness score` cannot compute the same: {reason}")
    pairs = context.probes[:PAIRS]
    here = pipeline.log_odds(pairs)
    try:
        done = _scored(pipeline, pairs)
    except subprocess.TimeoutExpired:
        return not_verified(f"a fresh process did not come to its end within {PATIENCE:g} s")
    if done.returncode:
        return _died(done)
    there = np.array([json.loads(line)["log_odds"] for line in done.stdout.splitlines()])
    apart = float(distance(there, here).max())
    return at_most(
        apart,
        context.movement.limit_logit,
        "logit",
        f"a fresh process computes {int((there == here).sum())} of {len(pairs)} log-odds alike to the last bit, the "
        f"others up to {apart:.2e} logit off"
        if apart
        else f"a fresh process computes all {len(pairs)} log-odds alike to the last bit",
        remedy="compare the stages in both processes: something depends on an order of hashes, on a seed, or on what "
        "this process has computed before",
    )


def _other_than_the_command(context: Context, pipeline: Reranker) -> str:
    """Why the command line would not build the same pipeline, as far as that can be told; empty where it would."""
    parts = pipeline.parts
    if context.target.spec != "reference":
        return f"the target is {context.target.spec}"
    if not parts.checkpoint.folder.is_dir():
        return f"the checkpoint is no longer at {parts.checkpoint.folder}"
    if pipeline.shared is not None and not pipeline.shared.stands_for(pipeline.stages):
        return "a stage was exchanged, or another kernel of attention chosen"
    if exchanged := _exchanged(context, pipeline):
        return f"the stage {exchanged} was exchanged"
    return "" if parts.precision.autocast is None else "it has no autocast"


def _exchanged(context: Context, pipeline: Reranker) -> str | None:
    """The first stage that is of another kind than the reference's, which was loaded as the command line does."""
    assert context.reference is not None
    own, loaded = pipeline.stages, context.reference.stages
    names = (field.name for field in fields(loaded))
    return next((name for name in names if not _alike(getattr(own, name), getattr(loaded, name))), None)


def _alike(own: object, loaded: object) -> bool:
    """Whether two stages are the same function, or objects of one class."""
    return own is loaded if isfunction(loaded) else type(own) is type(loaded)


def _scored(pipeline: Reranker, pairs: Sequence[Pair]) -> subprocess.CompletedProcess[str]:
    """`rerank-harness score` on the pairs, one line a pair; TimeoutExpired where it does not end."""
    parts = pipeline.parts
    options = ["--model", str(parts.checkpoint.folder.resolve()), "--device", str(parts.device)]
    options += ["--dtype", str(parts.precision.dtype).removeprefix("torch.")]
    options += [] if parts.checkpoint.weights[0].suffix == ".safetensors" else ["--allow-pickles"]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "pairs.jsonl"
        file.write_text("".join(json.dumps(asdict(pair)) + "\n" for pair in pairs), encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-m", "harness.cli", "score", str(file), *options],
            env=_environment(), stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace",
            timeout=PATIENCE, check=False,
        )  # fmt: skip


def _environment() -> dict[str, str]:
    """That of this process, with another seed of hashes, as many threads as are used here, and the same modules."""
    import torch

    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    own = {"PYTHONHASHSEED": seed, "OMP_NUM_THREADS": str(torch.get_num_threads()), "PYTHONIOENCODING": "utf-8"}
    return {**os.environ, **own, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def _died(done: subprocess.CompletedProcess[str]) -> Outcome:
    said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
    how = f"was killed by signal {-done.returncode}" if done.returncode < 0 else f"ended with status {done.returncode}"
    return holds(
        False,
        f"a fresh process {how}: {said}"[:400],
        evidence=done.stderr[-2_000:],
        remedy="this process may hold what the files no longer do: score the pairs by `rerank-harness score`",
    )
