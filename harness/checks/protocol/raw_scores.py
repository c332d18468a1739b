"""Raw against activated scores."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from harness.checks.context import Context
from harness.checks.protocol.asking import server_of, told
from harness.checks.registry import Need, check
from harness.checks.tolerance import distance, tolerance
from harness.core.findings import Outcome, at_most, not_applicable
from harness.core.pairs import by_request
from harness.core.scores import Scores, to_log_odds
from harness.core.vocabulary import Area, Phase, Severity, Stage
from harness.reference.reply import in_document_order
from harness.targets.http.dialect import Ask, Option
from harness.targets.http.server import Server


@check(
    "protocol.raw-scores",
    "Raw and activated scores are related by the sigmoid",
    area=Area.PROTOCOL,
    stage=Stage.ACTIVATE,
    phase=Phase.VALUES,
    severity=Severity.CRITICAL,
    needs=(Need.SERVER,),
    beside="says which of two scores is wrong, without a model",
)
def raw_scores(context: Context) -> Outcome:
    """On every probe the score that is answered by default is the sigmoid of the raw one, as near as float32 can say:
    a choice that has no effect, a missing or a second sigmoid, or a softmax over the request shows here.
    """
    server = server_of(context)
    if Option.RAW_SCORES not in server.dialect.options:
        return not_applicable("the dialect has no raw scores")
    worst, where, compared = 0.0, Ask("", ()), 0
    size = server.batch_limit or len(context.probes)
    for query, _, _, documents in by_request(context.probes):
        ask = Ask(query, tuple(documents[:size]))
        apart = _apart(server, ask)
        compared += len(apart)
        if apart.max(initial=0.0) > worst:
            worst, where = float(apart.max()), ask
    limit = tolerance(context)[0]
    return at_most(
        worst,
        limit,
        "logit",
        f"beyond float32's rounding, raw and activated scores of {compared} pairs are up to {worst:.2e} logit apart",
        evidence=told(server, server.call(where)) if worst > limit else "",
        remedy="scores that lie in [0.5, 0.7311] have been through a second sigmoid; equal ones ignore the choice",
    )


def _apart(server: Server, ask: Ask) -> Scores:
    """Distance in logits less what rounding the probability to float32 accounts for; saturated scores are left out."""
    count = len(ask.documents)
    activated = np.array(in_document_order(server.reply(ask).lines, count))
    raw = np.array(in_document_order(server.reply(replace(ask, raw=True)).lines, count))
    inside = (activated > 0) & (activated < 1)
    p, x = activated[inside], raw[inside]
    rounding = np.spacing(p.astype(np.float32)) / (p * (1 - p))
    return np.asarray(np.maximum(0.0, distance(to_log_odds(p), x) - rounding))
