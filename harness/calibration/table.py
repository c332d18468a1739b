"""A calibration as tables of text: every row, the limits that come of them, and what was not measured."""

from __future__ import annotations

from harness.calibration.limits import Limits
from harness.calibration.result import Calibration

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


def rows_of(calibration: Calibration, device: str) -> Table:
    """Header and measured rows of a device: quantiles of the deviation, largest movement and repeat, in logits."""
    header = ("measured", "pairs", "median", "p99", "max", "moves", "repeats")
    rows = []
    for row in calibration.rows:
        if row.device == device and (spread := row.spread) is not None:
            apart = spread.deviation
            figures = (apart.median, apart.p99, apart.max, spread.movement.max, spread.repeat.max)
            rows.append((row.name, str(spread.count), *(f"{figure:.1e}" for figure in figures)))
    return header, rows


def limits_of(calibration: Calibration) -> Table:
    """For each device and dtype the largest deviation and movement, and the multiple of them that is the limit."""
    header = ("limits", "scores", "times", "deviation", "limit", "movement", "limit")
    rows = []
    for device, dtype in dict.fromkeys((row.device, row.dtype) for row in calibration.rows if row.spread is not None):
        limits = Limits(calibration.measured(device, dtype), calibration.origins[device].probes, "")
        noise, movement = limits.noise(0.0, 0.0), limits.movement(0.0, 0.0)
        figures = (noise.floor_logit, noise.limit_logit, movement.floor_logit, movement.limit_logit)
        shown = (f"{figure:.1e}" for figure in figures)
        rows.append((f"{device} {dtype}", str(noise.count), f"{noise.multiple:g}", *shown))
    return header, rows


def gaps_of(calibration: Calibration) -> list[str]:
    """What was not measured, one line a reason."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for row in calibration.rows:
        if row.reason is not None:
            reasons.setdefault((row.device, row.reason), []).append(row.name)
    return [
        f"{device}: not measured, {reason}: {names[0]}{f' and {len(names) - 1} more' if names[1:] else ''}"
        for (device, reason), names in reasons.items()
    ]
