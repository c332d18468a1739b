"""`python -m harness.cli`: the command line where its script is not on PATH."""

from __future__ import annotations

from harness.cli import main

main()
