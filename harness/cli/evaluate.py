"""`rerank-harness evaluate`: rank correlation and IR metrics of a TREC run file against TREC qrels."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harness.cli import options

NAME = "evaluate"


def run(
    run: Annotated[Path, typer.Option(help="TREC run file: query Q0 document rank score tag.")],
    qrels: Annotated[Path, typer.Option(help="TREC qrels file: query 0 document grade.")],
    json: options.Json = None,
) -> None:
    """Rank correlation and IR metrics per query and overall; tied scores count as random order."""
    from fixtures.collections import read_qrels, read_run
    from harness.statistics.evaluate import evaluate, table

    evaluation = evaluate(read_qrels(qrels), read_run(run))
    if json is not None:
        options.write_json(evaluation, json)
        return
    from rich.console import Console
    from rich.table import Table

    header, *rows = table(evaluation)
    shown = Table(*header)
    for row in rows:
        shown.add_row(*row)
    Console().print(shown)
