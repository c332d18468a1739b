"""`rerank-harness score`: reference scores of pairs, as JSON lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from harness.cli import options

if TYPE_CHECKING:
    from harness.core.pairs import Pair

NAME = "score"


def run(
    pairs: Annotated[
        Path, typer.Argument(metavar="PAIRS.jsonl", help="Lines of query, document and, where wanted, instruction.")
    ],
    model: options.Model = None,
    device: options.Device = "cpu",
    dtype: options.Dtype = None,
    allow_pickles: options.AllowPickles = False,
) -> None:
    """Print each pair of PAIRS.jsonl with the reference's score (probability) and log-odds."""
    import json

    from harness.core.errors import UsageError
    from harness.core.scores import to_probability
    from harness.engine.resolve import DEFAULT_MODEL, resolve_model
    from harness.reference.devices import Device
    from harness.reference.loading import load_reranker

    read = read_pairs(pairs)
    where = Device.parse(device)
    if reason := where.missing():
        raise UsageError(f"device {device} cannot be used: {reason}")
    checkpoint = resolve_model(model or DEFAULT_MODEL, allow_pickles=allow_pickles)
    log_odds = load_reranker(checkpoint, where, dtype=dtype).log_odds(read)
    for pair, odds, score in zip(read, log_odds, to_probability(log_odds), strict=True):
        line: dict[str, Any] = {"query": pair.query, "document": pair.document}
        line |= {} if pair.instruction is None else {"instruction": pair.instruction}
        typer.echo(json.dumps({**line, "score": float(score), "log_odds": float(odds)}, ensure_ascii=False))


def read_pairs(path: Path) -> list[Pair]:
    """The pairs of a JSON-lines file; UsageError names file and line of what is wrong."""
    import json

    from harness.core.errors import UsageError
    from harness.core.pairs import Pair

    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {path}: {error}") from None
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
            pair = Pair(fields["query"], fields["document"], fields.get("instruction"))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise UsageError(
                f'{path}:{number}: expected {{"query": ..., "document": ...}}, got {line[:60]!r}'
            ) from None
        if not all(isinstance(text, str) for text in (pair.query, pair.document, pair.instruction or "")):
            raise UsageError(f"{path}:{number}: query, document and instruction must be strings")
        found.append(pair)
    return found
