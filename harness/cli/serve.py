"""`rerank-harness serve`: the reference behind a server's interface."""

from __future__ import annotations

from typing import Annotated

import typer

from harness.cli import options

NAME = "serve"


def run(
    model: options.Model = None,
    dialect: Annotated[str, typer.Option(help="Whose interface: tei, vllm, sglang, llamacpp, infinity, ...")] = "tei",
    port: Annotated[int, typer.Option(help="0 takes a free port.")] = 8080,
    host: Annotated[str, typer.Option(help="Loopback unless told otherwise; anybody who reaches it can use it.")] = (
        "127.0.0.1"
    ),
    fault: Annotated[list[str] | None, typer.Option(help="Plant a fault; may be given more than once.")] = None,
    device: options.Device = "cpu",
    dtype: options.Dtype = None,
    api_key_env: options.ApiKeyEnv = None,
    stub: Annotated[bool, typer.Option("--stub", help="Scores from a hash, without a model: to time clients.")] = False,
    allow_pickles: options.AllowPickles = False,
) -> None:
    """Serve the reference behind the rerank interface of another server, for development and tests."""
    from harness.core.hosts import is_loopback
    from harness.engine.serve import Serving, open_service
    from harness.serving.run import listen, serve

    listener = listen(host, port)
    service = open_service(Serving(model, dialect, device, dtype, tuple(fault or ()), api_key_env, stub, allow_pickles))
    address = f"{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"
    if not is_loopback(host):
        typer.echo(f"note: {host} can be reached from other machines", err=True)
    typer.echo(f"serving {service.interface.scorer.model} as {dialect} on http://{address}")
    serve(service.application(), listener)
