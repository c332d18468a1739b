"""The suffix at every length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, at_most
from harness.core.pairs import Pair
from harness.core.vocabulary import Area, Phase, Severity, Stage

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker

WORD = " word"
AROUND = 3


@check(
    "prompt.suffix-survives",
    "Prefix and suffix survive every length",
    area=Area.PROMPT,
    stage=Stage.ENCODE,
    phase=Phase.PROMPT,
    severity=Severity.CRITICAL,
    needs=(Need.PIPELINE, Need.REFERENCE, Need.TEMPLATE),
    beside="names the length at which the frame is cut, token by token",
)
def suffix_survives(context: Context) -> Outcome:
    """From an empty document to four times the context, token by token around the limit, and with a query longer than
    the context, a prompt begins with the prefix, ends with the suffix and is no longer than the limit.
    """
    pipeline, reference = context.target.reranker, context.reference
    assert pipeline is not None
    assert reference is not None
    limit = reference.parts.checkpoint.max_length
    frame = len(reference.encoding(Pair("q", "")).ids)
    lengths = [0, limit // 2, *range(limit - frame - AROUND, limit - frame + AROUND + 1), 2 * limit, 4 * limit]
    pairs = {f"document of {n} words": Pair("q", WORD * n) for n in lengths}
    pairs[f"query of {2 * limit} words"] = Pair(WORD * 2 * limit, "document")
    wrong = [f"{name}: {problem}" for name, pair in pairs.items() if (problem := _problem(pipeline, reference, pair))]
    return at_most(
        len(wrong),
        0,
        "prompts",
        f"{len(wrong)} of {len(pairs)} prompts of different lengths are cut wrongly",
        evidence="; ".join(wrong[:4]),
        remedy="truncate the body before the frame is put around it; the answer is read behind the suffix",
    )


def _problem(pipeline: Reranker, reference: Reranker, pair: Pair) -> str:
    encoder, limit = reference.parts.encoder, reference.parts.checkpoint.max_length
    prompt = reference.stages.assemble(pair)
    prefix, suffix = encoder.ids(prompt.prefix), encoder.ids(prompt.suffix)
    ids = list(pipeline.encoding(pair).ids)
    if len(ids) > limit:
        return f"{len(ids)} tokens, limit {limit}"
    if ids[: len(prefix)] != prefix:
        return "the prefix is not there"
    return "" if ids[len(ids) - len(suffix) :] == suffix else "the suffix is not there"
