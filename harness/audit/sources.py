"""The sources of one project under verification, audited when they are first asked about."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from harness.audit.reading import shipped_rules
from harness.audit.run import audit
from harness.audit.scanning import cores
from harness.audit.vocabulary import Vocabulary
from harness.core.audit import Audited
from harness.core.errors import UsageError


class Sources:
    """A checkout, and the vocabulary that it is held against. UsageError where `root` is no folder."""

    def __init__(self, root: Path, vocabulary: Vocabulary) -> None:
        if not root.is_dir():
            raise UsageError(f"{root} is no folder; name a checkout of the project's sources")
        self.root, self.vocabulary = root, vocabulary

    @cached_property
    def audited(self) -> Audited:
        """What the rules of the program find."""
        return audit(self.root, shipped_rules(), self.vocabulary, processes=cores())
