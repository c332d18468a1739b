"""Checks: one property each, with one id; a module a check, in a folder an area."""
