"""The shape of answers."""

from __future__ import annotations

from dataclasses import replace

from harness.checks.context import Context
from harness.checks.protocol.asking import sample, schema_errors, server_of, told
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, holds
from harness.core.vocabulary import Area, Phase, Severity, Stage
from harness.targets.http.dialect import Ask, Option


@check(
    "protocol.schema",
    "Answers have the dialect's shape",
    area=Area.PROTOCOL,
    stage=Stage.REPLY,
    phase=Phase.CONFIGURATION,
    severity=Severity.MAJOR,
    needs=(Need.SERVER,),
    beside="says where an answer leaves its dialect, where others only cannot read it",
)
def schema(context: Context) -> list[Outcome]:
    """Every path, and every option that the dialect has, is answered with JSON that its JSON Schema describes."""
    server = server_of(context)
    ask = sample(context)
    outcomes = []
    for name, path, asked in [
        *((path, path, ask) for path in server.dialect.paths),
        *((option.value, server.dialect.paths[0], _with(ask, option)) for option in sorted(server.dialect.options)),
    ]:
        call = server.call(asked, path)
        wrong = schema_errors(server, server.ask(asked, path), "answer")
        outcomes.append(
            holds(
                not wrong,
                f"{name}: {wrong or 'as documented'}",
                evidence=told(server, call) if wrong else "",
                remedy="clients read these fields by name: keep them, or say which dialect and version this is",
                subject=name,
            )
        )
    return outcomes


def _with(ask: Ask, option: Option) -> Ask:
    match option:
        case Option.INSTRUCTION:
            return replace(ask, instruction="Find documents that mention a river")
        case Option.RAW_SCORES:
            return replace(ask, raw=True)
        case Option.TOP_N:
            return replace(ask, top_n=2)
        case Option.RETURN_TEXT:
            return replace(ask, return_text=True)
        case Option.TRUNCATE:
            return replace(ask, truncate=True)
        case Option.KEEP_END:
            return replace(ask, truncate=True, keep_end=True)
        case Option.DOCUMENT_TOKENS:
            return replace(ask, document_tokens=8)
