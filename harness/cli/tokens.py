"""`rerank-harness tokens`: which tokens are the answers of a model, and how that is known."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from harness.cli import options

NAME = "tokens"


def run(
    model: Annotated[str, typer.Argument(help="Embedded name, folder or hub id.")],
    json: options.Json = None,
    allow_pickles: options.AllowPickles = False,
) -> None:
    """Detect the answer tokens of MODEL by independent methods, with the evidence of each."""
    from harness.core.errors import UsageError
    from harness.engine.resolve import resolve_model
    from harness.reference.answers import detect_answers
    from harness.reference.checkpoint import Form
    from harness.reference.loading import load_tokenizer

    checkpoint = resolve_model(model, allow_pickles=allow_pickles)
    if checkpoint.form is not Form.CAUSAL:
        raise UsageError(f"{model} is a sequence classifier: it has labels, not answer tokens")
    found = detect_answers(load_tokenizer(checkpoint), checkpoint.family, checkpoint.declared_answers)
    if json is not None:
        options.write_json({"schema": "rerank-harness/tokens/1", "model": model, **asdict(found)}, json)
    else:
        typer.echo(f"{model}: positive {found.positive}, negative {found.negative}")
        for evidence in found.evidence:
            typer.echo(f"  {evidence.method}: {evidence.detail}")
        for disagreement in found.disagreements:
            typer.echo(f"  disagreement: {disagreement}")
    raise typer.Exit(1 if found.disagreements else 0)
