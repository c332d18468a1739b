"""summary.md: what a CI job says of a run on its own page; `cat summary.md >> "$GITHUB_STEP_SUMMARY"` puts it there."""

from __future__ import annotations

from bisect import bisect_right

from harness.core.run import Run
from reports import templating
from reports.formats.markdown import document

NAME = "summary.md"
#: Bytes. GitHub drops a summary of more than 1 MiB whole; the rest is for what else a job says there.
LIMIT = 1_000_000
#: Findings, and reasons for what was not verified: more than these are nobody's reading on the page of a job.
MOST_FINDINGS = 200
MOST_GAPS = 50


def render(run: Run) -> str:
    """The run as Markdown within the limit: verdict, what fell short gravest first, areas, devices, what is open.

    Where not all that fell short has room, a sentence says how many were left out.
    """
    values = templating.told(run)
    story = values["story"]
    findings = story.of("fail", "error")
    open_gaps = [gap for gap in story.gaps if gap.weakens]
    values |= {"findings": findings, "gaps": open_gaps[:MOST_GAPS], "more_gaps": len(open_gaps[MOST_GAPS:])}

    def of(shown: int) -> str:
        return document("summary.md.j2", **values, shown=shown)

    most = min(len(findings), MOST_FINDINGS)
    told = of(most)
    if len(told.encode()) <= LIMIT:
        return told
    return of(bisect_right(range(most), LIMIT, key=lambda shown: len(of(shown).encode())) - 1)
