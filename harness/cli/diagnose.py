"""`rerank-harness diagnose`: names the stage and the cause."""

from __future__ import annotations

from dataclasses import replace

import typer

from harness.cli import options

NAME = "diagnose"


def run(
    *,
    target: options.Target = "reference",
    model: options.Model = None,
    device: options.Device = "cpu",
    dtype: options.Dtype = None,
    json: options.Json = None,
    pack: options.Pack = None,
    prompt: options.Prompt = options.PromptBy.SERVER,
    allow_pickles: options.AllowPickles = False,
    reached: options.Reached,
) -> None:
    """Name the stage at which a reranker goes wrong, the cause, and what to do; exit status 0 if nothing is wrong."""
    from harness.engine.diagnosis import diagnose
    from harness.engine.setup import Request
    from reports.diagnosis import shown

    request = Request(
        target=target, model=model, device=device, dtype=dtype, allow_pickles=allow_pickles, pack=pack,
        applies_prompt=prompt is options.PromptBy.SERVER,
        connection=replace(reached, concurrency=2),
    )  # fmt: skip
    found = diagnose(request).as_dict()
    if json is not None:
        options.write_json(found, json)
    if json != "-":
        shown(found)
    raise typer.Exit(0 if found["verdict"] == "pass" else 1)
