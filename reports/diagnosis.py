"""A diagnosis on the terminal: verdict, causes with evidence and remedy, and scores side by side."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from reports.text import number, one_line

_STYLES = {"pass": "green", "fail": "bold red", "inconclusive": "bold yellow"}


def shown(document: Mapping[str, Any], stream: TextIO | None = None) -> None:
    """Print the document that `diagnose --json` writes, to standard output unless told otherwise."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(file=stream or sys.stdout, highlight=False, markup=False, emoji=False)
    verdict = str(document["verdict"])
    console.print(Text(verdict.upper(), _STYLES[verdict]) + Text(f"  {one_line(document['summary'])}"))
    for cause in document["causes"]:
        head = f"{cause['stage']} · {cause['variant']} · {cause['title']} · confidence {cause['confidence']:.2f}"
        console.print()
        console.print(Text(one_line(head), "bold"))
        console.print(Padding(Text(one_line(cause["evidence"])), (0, 0, 0, 2)))
        console.print(Padding(Text(f"What to do: {one_line(cause['remedy'])}"), (0, 0, 0, 2)))
    if document["examples"] and verdict != "pass":
        console.print()
        console.print(_table(document))
    for line in _inside(document):
        console.print()
        console.print(Text(line))
    console.print()
    console.print(Text(_footer(document), "dim"))
    for remark in document["remarks"]:
        console.print(Text(one_line(remark), "dim"))


def _inside(document: Mapping[str, Any]) -> Iterator[str]:
    """What a look into the pipeline showed, where there was one."""
    difference, smallest = document["first_difference"], document["reproducer"]
    if difference is not None:
        told = f"{difference['stage']}, {difference['where']}: {difference['message']}. {difference['evidence']}"
        yield f"First difference: {one_line(told)}"
    if smallest is not None:
        documents = ", ".join(repr(one_line(text)) for text in smallest["documents"])
        yield f"Smallest request that goes wrong: query {one_line(smallest['query'])!r}, documents {documents}"


def _table(document: Mapping[str, Any]) -> Any:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("step", no_wrap=True)
    table.add_column("document", overflow="ellipsis", no_wrap=True, max_width=34)
    for name in ("target", "reference", "explained"):
        table.add_column(name, justify="right", no_wrap=True, min_width=9)
    for example in document["examples"]:
        scores = (number(example[name]) for name in ("target", "reference", "explained"))
        table.add_row(example["step"], one_line(example["document"]), *scores)
    return table


def _footer(document: Mapping[str, Any]) -> str:
    deviation = document["deviation"]
    apart = f"at most {number(deviation['max_abs_logit'])}, median {number(deviation['median_abs_logit'])} logit"
    return (
        f"deviation {apart}; noise {number(deviation['noise_floor_logit'])} logit; {document['probes']} probes, "
        f"{document['requests']} requests, {document['forward_passes']} forward passes, "
        f"{document['elapsed_seconds']:.1f} s"
    )
