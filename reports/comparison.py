"""The comparison of engines: one table, and every finding with its evidence and what was found out about it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from harness.core.errors import UsageError
from harness.core.vocabulary import Area
from reports.formats.markdown import escaped, fence
from reports.text import brief

SCHEMA = "rerank-harness/engines/1"
#: Characters of a finding's evidence; the whole of it is in engines.json.
LONGEST = 600
_MARKS = {"verified": "✓", "partial": "◐", "failed": "✕", "not verified": "–"}
Line = dict[str, Any]


def write_comparison(lines: Path, to: Path) -> None:
    """Write engines.json and engines.md from the lines that verifications left; UsageError where there are none."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(lines.glob("*.json"))]
    # engine by engine, the configuration that is expected to pass first
    found.sort(key=lambda line: (line["engine"], line["expected"] != "pass", line["id"]))
    if not found:
        raise UsageError(f"no engine has been verified yet: {lines} is empty")
    to.mkdir(parents=True, exist_ok=True)
    document = {"schema": SCHEMA, "engines": found}
    text = json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)
    (to / "engines.json").write_text(text + "\n", encoding="utf-8")
    (to / "engines.md").write_text(markdown(found), encoding="utf-8")


def markdown(lines: Sequence[Line]) -> str:
    """The whole page."""
    parts = [_INTRODUCTION, *_table(lines), "", _LEGEND]
    parts += [part for line in lines for part in _section(line)]
    return "\n".join(parts).rstrip() + "\n"


_INTRODUCTION = """# Real engines

Each engine serves an embedded, trained reranker on the CPU of this machine and is verified through its own interface,
as `make engines` does it. Deviations are in log-odds, from what the model defines, computed one pair at a time in
float64; the limit is eight times what a healthy reranker of that precision deviates on the same pairs.
"""
_LEGEND = "✓ verified, ◐ partially, ✕ something fell short, – not verified.\n"
_LEFT_OUT = (Area.SOURCE_AUDIT,)


def _table(lines: Sequence[Line]) -> list[str]:
    areas = [area for area in Area if area not in _LEFT_OUT]
    header = ["deployment", "verdict", "largest deviation", *(area.title for area in areas)]
    rows = [header, ["---"] * len(header)]
    for line in lines:
        states = line["areas"] or {}
        marks = [_MARKS[states.get(area.value, "not verified")] for area in areas]
        rows.append([escaped(line["title"]), f"**{line['verdict']}**", _deviation(line), *marks])
    return ["| " + " | ".join(row) + " |" for row in rows]


def _deviation(line: Line) -> str:
    if line["deviation_logit"] is None:
        return "–"
    return f"{line['deviation_logit']:.1e} (limit {line['limit_logit']:.1e})"


def _section(line: Line) -> list[str]:
    versions = ", ".join(f"{name} {number}" for name, number in line["versions"].items())
    setting = f" Setting: `{line['setting']}`." if line["setting"] else ""
    parts = [
        "",
        f"## {line['title']}",
        "",
        f"Verdict **{line['verdict']}**, model {line['model']}, {versions}.{setting}",
    ]
    if line["reason"]:
        parts += ["", f"Not verified: {escaped(line['reason'])}"]
    if line["summary"]:
        parts += ["", escaped(line["summary"])]
    if line["verdict"] != line["expected"] and not line["reason"]:
        parts += ["", f"This is not what was expected ({line['expected']})."]
    if line["missed"]:
        parts += ["", f"Expected to fall short, and did not: {', '.join(line['missed'])}."]
    return parts + [part for finding in line["findings"] for part in _finding(finding)]


def _finding(finding: Line) -> list[str]:
    subject = f" ({finding['subject']})" if finding["subject"] else ""
    told = escaped(finding["message"])
    parts = ["", f"- **{finding['check']}**{subject}, {finding['status']}, {finding['severity']}: {told}"]
    if finding["evidence"]:
        parts += ["", *(f"  {row}" for row in fence(brief(finding["evidence"], LONGEST)).splitlines())]
    if finding["explanation"]:
        parts += ["", f"  What was found out: {escaped(finding['explanation'])}"]
    return parts
