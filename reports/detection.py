"""The acceptance table: every planted fault, and what diagnosis found."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reports.formats.markdown import escaped

SCHEMA = "rerank-harness/detection/1"
Row = dict[str, Any]


def write_detection(rows: Sequence[Row], healthy: Row, to: Path) -> None:
    """Write detection.json and detection.md; `healthy` has the number of `configurations` and those `flagged`."""
    to.mkdir(parents=True, exist_ok=True)
    document = {"schema": SCHEMA, "shares": shares(rows), "healthy": healthy, "trials": list(rows)}
    text = json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False)
    (to / "detection.json").write_text(text + "\n", encoding="utf-8")
    (to / "detection.md").write_text(markdown(rows, healthy), encoding="utf-8")


def shares(rows: Sequence[Row]) -> dict[str, Row]:
    """For single faults and for pairs: how many were detected, with the right stages, with the right variants first,
    and how often a cause that was given with 0.9 was right.
    """
    groups = {name: [row for row in rows if (len(row["planted"]) == 1) is single] for name, single in _GROUPS}
    return {name: _share(found) for name, found in groups.items() if found}


def _share(rows: Sequence[Row]) -> Row:
    sure = [row for row in rows if row["confidence"] >= SURE]
    return {
        "trials": len(rows),
        "detected": _part(rows, "detected"),
        "stage_named": _part(rows, "stage_named"),
        "variant_first": _part(rows, "variant_first"),
        "sure": len(sure),
        "right_when_sure": round(sum(row["found"][0] in row["planted"] for row in sure) / max(1, len(sure)), 4),
    }


def _part(rows: Sequence[Row], name: str) -> float:
    return round(sum(bool(row[name]) for row in rows) / len(rows), 4)


#: Confidence from which on a cause has to be right nine times in ten.
SURE = 0.9
_GROUPS = (("single faults", True), ("pairs of faults", False))
_MARK = {True: "✓", False: "✕"}


def markdown(rows: Sequence[Row], healthy: Row) -> str:
    """The whole page."""
    told = f"Of {healthy['configurations']} healthy deployments, {len(healthy['flagged'])} were flagged."
    parts = [_INTRODUCTION, *_summary(rows), "", told, "", *_table(rows)]
    return "\n".join(parts).rstrip() + "\n"


_INTRODUCTION = """# What diagnosis finds

Each fault of the library is planted in the embedded model, which is then diagnosed as a pipeline in this process (by
the weights, and by an answer pack) and behind a served dialect. Diagnosis sees scores and responses only.
`make detection` makes this table.
"""


def _summary(rows: Sequence[Row]) -> list[str]:
    lines = ["| planted | trials | detected | stages named | variants first | right when at least 0.9 sure |"]
    lines.append("|---|--:|--:|--:|--:|--:|")
    for name, share in shares(rows).items():
        parts = " | ".join(f"{share[key]:.1%}" for key in ("detected", "stage_named", "variant_first"))
        lines.append(f"| {name} | {share['trials']} | {parts} | {share['right_when_sure']:.1%} of {share['sure']} |")
    return lines


def _table(rows: Sequence[Row]) -> list[str]:
    lines = ["| stage | planted | way | detected | first causes | confidence |", "|---|---|---|---|---|--:|"]
    for row in rows:
        found = ", ".join(row["found"][: max(2, len(row["planted"]))]) or "nothing"
        right = "" if row["variant_first"] else " ✕"
        cells = (
            ", ".join(row["planted_stages"]), " + ".join(row["planted"]), row["way"], _MARK[row["detected"]],
            escaped(found) + right, f"{row['confidence']:.2f}",
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return lines
