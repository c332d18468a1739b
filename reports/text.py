"""Numbers, times and foreign text as every report shows them."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime

#: Controls, bidirectional overrides, zero-width signs, lone surrogates and non-characters: what is not seen, reorders
#: what is seen, or may not stand in XML 1.0 (https://www.w3.org/TR/xml/#charsets). Newline and tab stay.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
NOTHING = "–"
#: Characters of a piece of evidence that a report shows; run.json has all of it.
MOST_EVIDENCE = 20_000


def visible(text: str) -> str:
    """`text` with every character that hides, reorders or breaks replaced by its escape (a backslash and its code)."""
    return _UNSEEN.sub(lambda found: _escape(ord(found.group())), text)


def one_line(text: str) -> str:
    """`text` visible and without line breaks."""
    return " ".join(visible(text).split())


def brief(text: str, most: int) -> str:
    """One line of at most `most` characters, cut between words where these are not too long for that."""
    line = one_line(text)
    if len(line) <= most:
        return line
    head = line[: most - 1].rpartition(" ")[0]
    return f"{head if len(head) >= most // 2 else line[: most - 2]} …"


def cut(text: str, most: int = MOST_EVIDENCE) -> str:
    """The first `most` characters; where that is not all, a last line says how many follow."""
    return text if len(text) <= most else f"{text[:most]}\n… and {len(text) - most} more characters"


def number(value: float | None) -> str:
    """Four significant digits; whole numbers in full; a dash where there is none."""
    if value is None or math.isnan(value):
        return NOTHING
    whole = abs(value) < 1e9 and (float(value).is_integer() or abs(value) >= 1e4)
    return f"{value:.0f}" if whole else f"{value:.4g}"


def quantity(value: float | None, unit: str) -> str:
    """A number with its unit."""
    return f"{number(value)} {unit}".strip() if value is not None else NOTHING


def plural(count: int, noun: str) -> str:
    """The count with its noun: 1 check, 2 checks."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def moment(iso: str) -> str:
    """An ISO 8601 time as a reader's, to the second; anything else unchanged."""
    at = _parsed(iso)
    return iso if at is None else f"{at:%Y-%m-%d %H:%M:%S} {at.tzname() or ''}".strip()


def duration(started: str, finished: str | None) -> str:
    """The time between two ISO 8601 times; a dash if either is unknown."""
    begin, end = _parsed(started), _parsed(finished or "")
    try:
        seconds = (end - begin).total_seconds() if begin and end else None
    except TypeError:  # one has a time zone and the other has none
        seconds = None
    if seconds is None:
        return NOTHING
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{seconds:.1f} s"


def epoch(iso: str | None) -> float | None:
    """An ISO 8601 time in seconds since 1970, taken for UTC where it has no zone; None for anything else."""
    at = _parsed(iso or "")
    return None if at is None else (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def _escape(code: int) -> str:
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _parsed(iso: str) -> datetime | None:
    try:
        return datetime.fromisoformat(iso)
    except ValueError:
        return None
