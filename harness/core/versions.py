"""Versions of installed packages, without importing them."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def version_of(package: str) -> str | None:
    """The version of a package by its distribution's name; None where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None
