"""What a browser says of how a page looks, whichever page it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

View = Callable[..., Any]
WIDTHS = (1280, 800, 360)
#: Least contrast of text (WCAG 2.2, 1.4.3, level AA).
LEAST_CONTRAST = 4.5
#: Text that ends up outside the window, beside what has a scroll bar of its own.
STICKING_OUT = """
return [...document.querySelectorAll("body *")]
  .filter((e) => !e.closest(".scroll, pre, svg") && e.getClientRects().length
                 && e.getBoundingClientRect().right > innerWidth + 1)
  .map((e) => e.outerHTML.slice(0, 80));
"""
#: Every element that has text of its own, with the contrast of that text to what is behind it (WCAG 2.2, 1.4.3).
CONTRASTS = """
const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
  .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
const parsed = (colour) => colour.match(/[\\d.]+/g).map(Number);
const behind = (e) => {
  for (let at = e; at; at = at.parentElement) {
    const colour = parsed(getComputedStyle(at).backgroundColor);
    if (colour.length === 3 || colour[3] === 1) return colour;
  }
};
return [...document.querySelectorAll("body *:not(script)")]
  .filter((e) => !e.closest("svg") && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .map((e) => {
    const [a, b] = [light(parsed(getComputedStyle(e).color)), light(behind(e))];
    return [e.outerHTML.slice(0, 80), (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) * getComputedStyle(e).opacity];
  });
"""
_FETCHED = "return performance.getEntriesByType('resource').map((entry) => entry.name)"


def sticking_out(driver: Any) -> list[str]:
    return driver.execute_script(STICKING_OUT)


def faint(driver: Any) -> list[tuple[str, float]]:
    """Elements whose text does not stand out from what is behind it."""
    return [(element, ratio) for element, ratio in driver.execute_script(CONTRASTS) if ratio < LEAST_CONTRAST]


def fetched(driver: Any) -> list[str]:
    return driver.execute_script(_FETCHED)


def width_of(driver: Any) -> int:
    return driver.execute_script("return document.documentElement.scrollWidth")
