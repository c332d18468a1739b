"""Texts that come back."""

from __future__ import annotations

from dataclasses import replace

from harness.checks.context import Context
from harness.checks.protocol.asking import sample, server_of, told
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, holds, not_applicable
from harness.core.vocabulary import Area, Phase, Severity, Stage
from harness.targets.http.dialect import Ask, Option

#: Texts that a server may be tempted to clean up.
DELICATE = (
    "  blanks around  ",
    "line\nbreak\r\n",
    "tab\tand\u00a0no-break space",
    "e\u0301 is not \u00e9",
    "<b>&amp;</b>",
)


@check(
    "protocol.returned-text",
    "The text that comes back is the text that was sent",
    area=Area.PROTOCOL,
    stage=Stage.REPLY,
    phase=Phase.INVARIANTS,
    severity=Severity.MINOR,
    needs=(Need.SERVER,),
)
def returned_text(context: Context) -> list[Outcome]:
    """Each item carries the text of the document that its index names, character by character."""
    server = server_of(context)
    if Option.RETURN_TEXT not in server.dialect.options and not server.dialect.always_returns_text:
        return [not_applicable("the dialect returns no texts")]
    ordinary = replace(sample(context), return_text=True)
    return [
        _compare(context, ordinary, "documents of the collection"),
        _compare(context, replace(ordinary, documents=DELICATE), "delicate texts"),
    ]


def _compare(context: Context, ask: Ask, name: str) -> Outcome:
    server = server_of(context)
    lines = server.reply(ask).lines
    sent = dict(enumerate(ask.documents))
    wrong = [line for line in lines if line.text != sent.get(line.index)]
    detail = f"index {wrong[0].index}: {wrong[0].text!r:.60} for {sent.get(wrong[0].index)!r:.60}" if wrong else ""
    return holds(
        not wrong,
        f"{name}: {len(lines) - len(wrong)} of {len(lines)} texts came back as they were sent",
        evidence=told(server, server.call(ask), detail) if wrong else "",
        remedy="texts of other documents mean that results are mixed up; changed ones were cleaned before scoring",
        subject=name,
    )
