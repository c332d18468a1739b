"""What the server declares of itself."""

from __future__ import annotations

from harness.checks.context import Context
from harness.checks.protocol.asking import sample, server_of, told
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, holds, measured
from harness.core.vocabulary import Area, Phase, Severity, Stage


@check(
    "protocol.declared",
    "What the server declares is known, and true",
    area=Area.PROTOCOL,
    stage=Stage.REPLY,
    phase=Phase.CONFIGURATION,
    severity=Severity.MINOR,
    needs=(Need.SERVER,),
)
def declared(context: Context) -> list[Outcome]:
    """Reports the dialect, how it was found out, version and limits; token counts are there where the dialect promises
    them, and the declared input limit is the model's, where that is known.
    """
    server, facts = server_of(context), server_of(context).facts
    ask = sample(context, 2)
    found = server.discovered
    known = f"{found.dialect.title} {facts.version or '(version unknown)'}: {found.evidence}"
    limits = f"batch limit {facts.batch_limit or 'unknown'}, input limit {facts.input_limit or 'unknown'}"
    outcomes = [holds(True, f"{known}; model {server.model!r:.80}; {limits}", subject="dialect")]
    if server.dialect.counts_tokens:
        counted = server.reply(ask).tokens
        message = "the answer counts its tokens" if counted else "the answer does not say how many tokens it took"
        evidence = "" if counted else told(server, server.call(ask))
        outcomes.append(holds(bool(counted), message, evidence=evidence, subject="token counts"))
    if facts.input_limit is not None and context.checkpoint is not None:
        model = context.checkpoint.max_length
        remedy = "documents beyond it are cut or refused although the model could read them (--max-model-len)"
        message = f"the server takes {facts.input_limit} tokens, the model {model}"
        outcomes.append(holds(facts.input_limit >= model, message, remedy=remedy, subject="input limit"))
    retried = sum(server.client.counts.values())
    text = ", ".join(f"{count} x {reason}" for reason, count in server.client.counts.items()) or "none"
    return [*outcomes, measured(retried, "requests", f"requests sent again: {text}", subject="retries")]
