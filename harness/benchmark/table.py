"""A benchmark as rows of text."""

from __future__ import annotations

from collections.abc import Sequence

from harness.benchmark.comparison import Change
from harness.benchmark.page import Page
from harness.benchmark.result import Benchmark, Entry

HEADER = (
    "documents", "tokens each", "contender", "median", "middle half", "pairs/s", "tokens/s", "times recipe",
    "times s-t", "share of rate", "peak MiB", "off by",
)  # fmt: skip
CHANGED = ("documents", "tokens each", "contender", "time now / then", "p", "verdict")


def rows_of(found: Benchmark) -> list[tuple[str, ...]]:
    """A row an entry, as in HEADER."""
    return [_row(found, entry) for entry in found.entries]


def rows_of_changes(changes: Sequence[Change]) -> list[tuple[str, ...]]:
    """A row a change, as in CHANGED."""
    return [
        (str(c.documents), str(c.length), c.contender, f"{c.ratio:.2f}", f"{c.p_value:.2g}", c.verdict) for c in changes
    ]


def notes_of(found: Benchmark) -> list[str]:
    """What a reader of the rows should know."""
    told = [f"{e.contender}, {e.documents} documents of {e.length} tokens: {e.note}" for e in found.entries if e.note]
    others = dict.fromkeys(e.contender for e in found.entries if found.beyond_noise(e))
    return [
        f"{found.model['id']}, {found.dtype}, {found.device}: {found.hardware}, {found.threads} threads, {found.date}",
        f"answers of timed calls may be {found.limit_logit:.1e} logit off: 8 times what padding or another kernel move",
        *(f"{name}: its answers are beyond noise, so its times are those of another computation" for name in others),
        *told,
        *(f"not timed: {each}" for each in found.missing),
    ]


def page_of(found: Benchmark) -> Page:
    """Table and notes."""
    return Page(HEADER, rows_of(found), notes_of(found), found.command)


def _row(found: Benchmark, entry: Entry) -> tuple[str, ...]:
    low, high = entry.quartiles
    return (
        str(entry.documents), str(entry.length), entry.contender, _seconds(entry.median),
        f"{_seconds(low)}-{_seconds(high)}", f"{entry.documents / entry.median:.1f}",
        f"{entry.tokens / entry.median:.0f}", _times(found.ratio(entry, "recipe")),
        _times(found.ratio(entry, "sentence-transformers")), f"{entry.share_of_rate:.0%}",
        "-" if entry.peak_bytes is None else f"{entry.peak_bytes / 2**20:.0f}", f"{entry.deviation_logit:.1e}",
    )  # fmt: skip


def _seconds(value: float) -> str:
    return f"{value:.2f} s" if value >= 1 else f"{1000 * value:.1f} ms"


def _times(ratio: float | None) -> str:
    return "-" if ratio is None else f"{ratio:.2f}"
