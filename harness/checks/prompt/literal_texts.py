"""Texts that a template engine, a cleaner or a normaliser would change."""

from __future__ import annotations

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.checks.tolerance import distance
from harness.core.findings import Outcome, at_most
from harness.core.pairs import Pair
from harness.core.vocabulary import Area, Phase, Stage

TEXTS = {
    "placeholders": ("{query}", "{document}", "{instruction}", "{{ query }}", "{% if x %}", "%s %d", "${query}", "{0}"),
    "blanks at the ends": ("  leading", "trailing  ", "\tboth\t", "\nlines around\n"),
    "line breaks": ("one\ntwo", "one\r\ntwo", "one\u2028two", "one\n\n\ntwo"),
    "Unicode forms": (
        "caf\u00e9",
        "cafe\u0301",
        "\uff21\uff22\uff23",
        "\ufb01ne",
        "\u00a0no-break",
        "\u200bzero width",
    ),
    "markup": ("<b>bold</b>", "&amp; &lt;", "\\n \\u0041", "\"quoted\" 'single'"),
}


@check(
    "prompt.literal-texts",
    "Texts reach the model as they were sent",
    area=Area.PROMPT,
    stage=Stage.ASSEMBLE,
    phase=Phase.VALUES,
    needs=(Need.REFERENCE,),
)
def literal_texts(context: Context) -> list[Outcome]:
    """Placeholders, blanks at the ends, line breaks, Unicode forms and markup, in query and document, score as the
    reference does, which neither fills them in nor cleans them up.
    """
    return [_outcome(context, name, texts) for name, texts in TEXTS.items()]


def _outcome(context: Context, name: str, texts: tuple[str, ...]) -> Outcome:
    base = context.probes[0]
    pairs = [Pair(base.query, f"{text}{base.document}{text}") for text in texts]
    pairs += [Pair(f"{text}{base.query}{text}", base.document) for text in texts]
    apart = distance(context.logits(pairs), context.reference_logits(pairs))
    worst = pairs[int(apart.argmax())]
    largest, limit = float(apart.max()), context.noise.limit_logit
    return at_most(
        largest,
        limit,
        "logit",
        f"{name}: up to {largest:.2e} logit from the reference on {len(pairs)} pairs",
        evidence=f"worst: query {worst.query!r:.80}, document {worst.document!r:.80}" if largest > limit else "",
        remedy="texts are stripped, normalised, unescaped or filled into a second template before they are encoded",
        subject=name,
    )
