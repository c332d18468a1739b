"""Judges: code that decides on what a rule matched, where the syntax tree alone cannot say; one module each."""

from harness.audit.judges.registry import Judged, judge, judges

__all__ = ["Judged", "judge", "judges"]
