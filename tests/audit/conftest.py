"""What tests of the audit share: the vocabulary, loaded once, a tree from texts, a parsed file and a small rule."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from harness.audit import Rule, Vocabulary, audit, read_rule, shipped_rules
from harness.audit.files import SourceText
from harness.audit.languages import language_of
from harness.audit.source import Source
from harness.core.audit import Audited
from harness.engine.resolve import resolve_model

CORPUS = Path(__file__).parent / "corpus"
Audit = Callable[..., Audited]

#: A rule that finds every call of `bad`, as a user writes it.
BAD_CALL: dict[str, Any] = {
    "id": "bad-call",
    "title": "Something bad is called",
    "stage": "head",
    "severity": "major",
    "why": "It is bad.",
    "message": "{match} is called",
    "remedy": "call something good",
    "mentions": ["bad"],
    "languages": {
        language: {
            "rule": {"kind": kind, "has": {"field": "function", "regex": "^bad$"}},
            "wrong": [wrong],
            "right": [wrong.replace("bad", "good")],
        }
        for language, kind, wrong in (
            ("python", "call", "bad()"),
            ("rust", "call_expression", "fn f() { bad(); }"),
            ("cpp", "call_expression", "void f() { bad(); }"),
        )
    },
}


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The real Qwen3 vocabulary."""
    return Vocabulary(lambda: resolve_model("qwen3-vocab"))


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Mapping[str, str]], Path]:
    """Write a tree that is made of texts and of nothing else, and say where it is."""

    def write(files: Mapping[str, str]) -> Path:
        root = tmp_path / "tree"
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir()
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return root

    return write


@pytest.fixture
def audited(written: Callable[[Mapping[str, str]], Path], vocabulary: Vocabulary) -> Audit:
    """Audit a tree made of texts, with the rules of the package or those that are named."""

    def build(files: Mapping[str, str], rules: Sequence[Rule | str] | None = None, **given: Any) -> Audited:
        known = {rule.about.id: rule for rule in shipped_rules()}
        chosen = known.values() if rules is None else [known[r] if isinstance(r, str) else r for r in rules]
        return audit(written(files), list(chosen), vocabulary, **given)

    return build


@pytest.fixture
def parsed() -> Callable[..., Source]:
    """One file of a language as a syntax tree."""

    def parse(text: str, name: str = "file.py") -> Source:
        language = language_of(Path(name))
        assert language is not None
        return Source(SourceText(name, language, text))

    return parse


@pytest.fixture
def rule_file(tmp_path: Path) -> Callable[..., Path]:
    """Write `BAD_CALL` as a rule of a user, some of its keys changed, or left out where they are None."""

    def write(name: str = "", **changes: Any) -> Path:
        given = {key: value for key, value in {**BAD_CALL, **changes}.items() if value is not None}
        folder = tmp_path / "rules"
        folder.mkdir(exist_ok=True)
        path = folder / (name or f"{given['id']}.yaml")
        path.write_text(yaml.safe_dump(given, sort_keys=False), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def bad_call(tmp_path_factory: pytest.TempPathFactory) -> Rule:
    """The rule that finds every call of `bad`, read once."""
    path = tmp_path_factory.mktemp("rules") / "bad-call.yaml"
    path.write_text(yaml.safe_dump(BAD_CALL, sort_keys=False), encoding="utf-8")
    return read_rule(path)
