"""What tests of the audit share: the vocabulary, loaded once, and a tree from texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from harness.audit import Rule, Vocabulary, audit, shipped_rules
from harness.core.audit import Audited
from harness.engine.resolve import resolve_model

CORPUS = Path(__file__).parent / "corpus"
Audit = Callable[..., Audited]


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The real Qwen3 vocabulary."""
    return Vocabulary(lambda: resolve_model("qwen3-vocab"))


@pytest.fixture
def audited(tmp_path: Path, vocabulary: Vocabulary) -> Audit:
    """Audit a tree made of texts, with the rules of the package or those that are named."""

    def build(files: Mapping[str, str], rules: Sequence[Rule | str] | None = None, **given: object) -> Audited:
        root = tmp_path / "tree"
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        known = {rule.about.id: rule for rule in shipped_rules()}
        chosen = known.values() if rules is None else [known[r] if isinstance(r, str) else r for r in rules]
        return audit(root, list(chosen), vocabulary, **given)  # type: ignore[arg-type]

    return build
