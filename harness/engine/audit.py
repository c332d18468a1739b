"""A source audit as a user asks for it: rules, tokenizer, claims and what was accepted, from words and files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.audit import (
    Asked,
    Baseline,
    Rule,
    Vocabulary,
    audit,
    cores,
    find_rule,
    observations,
    read_baseline,
    read_claims,
    read_manifest,
    rules,
)
from harness.core.audit import Audited
from harness.engine.resolve import resolve_model
from harness.engine.runs import resolve_run

#: Whose vocabulary ids and prompts are held against where nobody names a model: the real one of Qwen3.
DEFAULT_TOKENIZER = "qwen3-vocab"


@dataclass(frozen=True, slots=True)
class AuditRequest:
    """What a user asked for, as words."""

    root: Path
    tokenizer: str | None = None
    folders: tuple[Path, ...] = ()
    """Folders of rules beside those of the program."""
    only: tuple[str, ...] = ()
    """Ids of rules; every one where it is empty."""
    baseline: Path | None = None
    claims: Path | None = None
    run: str | None = None
    """A run whose findings may decide claims: a folder, an events.jsonl, an id in the store."""
    manifest: Path | None = None


def vocabulary_of(model: str | None) -> Vocabulary:
    """The vocabulary of a model, opened when it is needed; UsageError then, where there is no such model."""
    return Vocabulary(lambda: resolve_model(model or DEFAULT_TOKENIZER))


def run_audit(request: AuditRequest, progress: Callable[[int, int], None] = lambda done, total: None) -> Audited:
    """Audit a tree; UsageError for whatever is wrong in what was asked for, before anything of the tree is read."""
    known = rules(request.folders)
    deciding = (*known, *observations())
    asked = Asked(
        baseline=Baseline() if request.baseline is None else read_baseline(request.baseline),
        claims=() if request.claims is None else read_claims(request.claims, deciding),
        deciding=deciding,
        run=None if request.run is None else resolve_run(request.run, None).findings,
        manifest=() if request.manifest is None else read_manifest(request.manifest),
    )
    return audit(request.root, chosen(request.only, known), vocabulary_of(request.tokenizer), asked, progress, cores())


def chosen(ids: Sequence[str], known: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules of those ids, or all; UsageError for an id that does not exist."""
    return tuple(find_rule(id, known) for id in ids) if ids else tuple(known)
