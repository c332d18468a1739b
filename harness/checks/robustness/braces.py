"""Braces in a text are text."""

from __future__ import annotations

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, holds
from harness.core.pairs import Pair
from harness.core.vocabulary import Area, Phase, Stage

SECRET = "zebra quartz"


@check(
    "robustness.braces",
    "Template fields in a text are not filled in",
    area=Area.ROBUSTNESS,
    stage=Stage.ASSEMBLE,
    phase=Phase.PROMPT,
    needs=(Need.PIPELINE, Need.TEMPLATE),
    beside="looks at the prompt: a text that fills a field in is an attack, however small the score's move",
)
def braces(context: Context) -> Outcome:
    """A document that holds {query}, or a query that holds {document}, reaches the prompt as it is."""
    pipeline = context.target.reranker
    assert pipeline is not None
    there = pipeline.stages.assemble(Pair(SECRET, "a {query} b")).text.count(SECRET)
    back = pipeline.stages.assemble(Pair("a {document} b", SECRET)).text.count(SECRET)
    return holds(
        there == back == 1,
        f"the other field's text occurs {there} times beside {{query}} and {back} times beside {{document}}",
        remedy="fill the template in one pass, so that a text is never read as a template",
    )
