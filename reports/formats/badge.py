"""badge.svg: the verdict in a line, for a README or a model card."""

from __future__ import annotations

import unicodedata
from html import escape

from harness.core.run import Run
from harness.core.vocabulary import Verdict
from reports.text import brief

NAME = "badge.svg"
LABEL = "reranker"
_WORDS = {Verdict.PASS: "verified", Verdict.FAIL: "failed", Verdict.INCOMPLETE: "incomplete"}
#: Each at least 4.5 to 1 against white (WCAG 2.2, 1.4.3).
COLOURS = {Verdict.PASS: "#1a6b43", Verdict.FAIL: "#b3261e", Verdict.INCOMPLETE: "#8a5a00"}
LABEL_COLOUR = "#555"
#: Advance widths of Verdana at 11 px, to the half pixel; where the font is another, `textLength` makes it fit.
_WIDTHS = {
    **dict.fromkeys("ijl|'!", 3.5), **dict.fromkeys("It()[]./,:;f -", 4.5), **dict.fromkeys("rszcvxyk", 6.0),
    **dict.fromkeys("mw%@MW", 10.5),
}  # fmt: skip

_BADGE = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="20" role="img" aria-label="{told}">
<title>{told}</title>
<path fill="{grey}" d="M3 0h{left:g}v20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z"/>
<path fill="{colour}" d="M{split:g} 0h{right:g}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H{split:g}z"/>
<g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11" aria-hidden="true">
<text x="6" y="14" textLength="{label_length:g}">{label}</text>
<text x="{start:g}" y="14" textLength="{word_length:g}">{word}</text>
</g>
</svg>
"""


def render(run: Run) -> str:
    """The run as a flat badge of 20 px: what it is about on the left, the verdict and the device on the right."""
    word = brief(f"{_WORDS[run.verdict]} on {run.device}", 40)
    label_length, word_length = _length(LABEL), _length(word)
    split = label_length + 11
    return _BADGE.format(
        width=split + word_length + 11, told=escape(f"{LABEL}: {word}"), grey=LABEL_COLOUR, colour=COLOURS[run.verdict],
        left=split - 3, split=split, right=word_length + 8, label=LABEL, label_length=label_length, start=split + 5,
        word=escape(word), word_length=word_length,
    )  # fmt: skip


def _length(text: str) -> float:
    return sum(_WIDTHS.get(sign, 11.0 if unicodedata.east_asian_width(sign) in "WF" else 7.0) for sign in text)
