"""The audit as Markdown (GitHub's), for issues, pull requests and archives."""

from __future__ import annotations

from harness.core.audit import Audited
from reports.audit.words import RULINGS, WIRINGS, accepted, sign, summary, verdict, weighed
from reports.formats.markdown import document


def render(audited: Audited) -> str:
    """An audit as Markdown; nothing of the tree, its paths or its texts can make a table, a link or an element."""
    told = document(
        "audit.md.j2", audited=audited, verdict=verdict(audited), summary=summary(audited),
        findings=[(sign(finding), finding, accepted(finding)) for finding in weighed(audited)],
        claims=[(RULINGS[ruled.ruling], ruled) for ruled in audited.claims],
        touched=[(WIRINGS[touched.wiring], touched) for touched in audited.touched],
    )  # fmt: skip
    return told.rstrip("\n") + "\n"
