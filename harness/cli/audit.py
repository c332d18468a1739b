"""`rerank-harness audit`: reranker faults that can be read off a serving project's sources."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harness.cli import options
from harness.core.errors import UsageError

if TYPE_CHECKING:
    from harness.audit import Rule
    from harness.core.audit import Audited

NAME = "audit"


def run(
    root: Annotated[Path | None, typer.Argument(metavar="DIR", help="A checkout of the project's sources.")] = None,
    tokenizer: Annotated[
        str | None,
        typer.Option(help="Model whose ids and prompt sources are held against. [default: Qwen3's real vocabulary]"),
    ] = None,
    rules: Annotated[list[Path] | None, typer.Option(help="Folder of further rules; may be given again.")] = None,
    rule: Annotated[list[str] | None, typer.Option(help="Only this rule; may be given again.")] = None,
    explain: Annotated[
        str | None, typer.Option(metavar="ID", help="Tell what a rule looks for and why, or list.")
    ] = None,
    claims: Annotated[
        Path | None, typer.Option(help="Statements to decide, TOML; text-embeddings-inference is one that comes along.")
    ] = None,
    run: Annotated[str | None, typer.Option(help="A run whose findings may decide claims.")] = None,
    manifest: Annotated[
        Path | None, typer.Option(help="Files and symbols that a change claims to touch, TOML.")
    ] = None,
    baseline: Annotated[Path | None, typer.Option(help="Accepted findings, TOML.")] = None,
    sarif: Annotated[Path | None, typer.Option(help="Write SARIF 2.1.0 for code-scanning pages.")] = None,
    markdown: Annotated[Path | None, typer.Option(help="Write the report as Markdown.")] = None,
    json: options.Json = None,
) -> None:
    """Audit the sources below DIR without running anything of them; exit status 1 where something falls short, a claim
    is refuted, or what a change claims to touch is not wired in.
    """
    from harness.audit import rules as known_rules
    from harness.engine.audit import AuditRequest, run_audit
    from reports.audit import Reading

    if explain is not None:
        _explain(explain, known_rules(rules or ()))
        return
    if root is None:
        raise UsageError("name a folder of sources: rerank-harness audit DIR")
    request = AuditRequest(root, tokenizer, tuple(rules or ()), tuple(rule or ()), baseline, claims, run, manifest)
    with Reading() as progress:
        audited = run_audit(request, progress)
    _write(audited, sarif, markdown, json)
    raise typer.Exit(1 if audited.falls_short else 0)


def _write(audited: Audited, sarif: Path | None, markdown: Path | None, json: str | None) -> None:
    from reports.audit import as_document, as_sarif, render, shown

    if sarif is not None:
        options.write_json(as_sarif(audited, _version()), str(sarif))
    if markdown is not None:
        _write_text(markdown, render(audited))
    if json is not None:
        options.write_json(as_document(audited), json)
    if json != "-":
        shown(audited)


def _write_text(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from None


def _version() -> str:
    from importlib.metadata import version

    return version("rerank-harness")


def _explain(id: str, known: tuple[Rule, ...]) -> None:
    from harness.audit import find_rule

    if id == "list":
        for one in known:
            typer.echo(f"{one.about.severity:9} {one.about.stage:9} {one.about.id:28} {one.about.title}")
        return
    about = find_rule(id, known).about
    typer.echo(f"{about.id}: {about.title}\n{about.severity}, stage {about.stage}; {', '.join(about.languages)}\n")
    typer.echo(f"Why: {about.why}\nWhat to do: {about.remedy}")
    for example in find_rule(id, known).examples:
        typer.echo(f"\n{example.language}, {'wrong' if example.wrong else 'right'}:")
        for name, text in example.files.items():
            typer.echo("".join([f"    # {name}\n" if len(example.files) > 1 else "", *_indented(text)]), nl=False)


def _indented(text: str) -> list[str]:
    return [f"    {line}\n" for line in text.rstrip().splitlines()]
