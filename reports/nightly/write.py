"""nightly.md and nightly.html beside the other reports of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reports.changes import SIGNS
from reports.formats.html import MANY, longest, page
from reports.formats.markdown import document
from reports.nightly.story import TONES, Nightly
from reports.store import write_atomically


def write_nightly(nightly: Nightly, folder: Path) -> None:
    """Write both pages, each whole or not at all. UsageError where the folder cannot be written."""
    rendered = {"nightly.md": as_markdown(nightly), "nightly.html": as_html(nightly)}
    for name, text in rendered.items():
        write_atomically(folder / name, text)


def as_markdown(nightly: Nightly) -> str:
    """The report as Markdown (GitHub's); nothing from outside can make a table, a link or an element."""
    return document("nightly.md.j2", **_values(nightly))


def as_html(nightly: Nightly) -> str:
    """The report as a page that needs nothing else; of very many changes, long names and sentences are cut."""
    changed = nightly.changed
    subjects, sentences = [told.subject for told in changed], [told.sentence for told in changed]
    room = {"longest_subject": longest(subjects), "longest_sentence": longest(sentences), "many": len(changed) > MANY}
    return page("nightly.html.j2", **_values(nightly), **room)


def _values(nightly: Nightly) -> dict[str, Any]:
    return {
        "nightly": nightly, "comparison": nightly.comparison, "run": nightly.run, "story": nightly.story,
        "signs": SIGNS, "tones": TONES,
    }  # fmt: skip
