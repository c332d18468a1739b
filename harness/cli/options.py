"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from harness.cli.groups import MadeBy
from harness.core.errors import UsageError
from harness.scoring.engine import Engine, Kind
from harness.targets.http.connection import Connection


class PromptBy(StrEnum):
    """Who puts query and document into the model's prompt."""

    SERVER = "server"
    CALLER = "caller"


Target = Annotated[
    str,
    typer.Option(
        help="What is verified: reference, http://host:port (or dialect+http://...), "
        "sentence-transformers:DIR, onnx:DIR, recorded:FILE, tei-backend:SOCKET, python:module:callable."
    ),
]
Targets = Annotated[
    list[str] | None,
    typer.Option(
        "--target",
        help="What is verified: reference, http://host:port (or dialect+http://...), sentence-transformers:DIR, "
        "onnx:DIR, recorded:FILE, tei-backend:SOCKET, python:module:callable. More than once: replicas of one model, "
        "each verified by itself and against the others. [default: reference]",
    ),
]
TargetsFile = Annotated[
    Path | None, typer.Option("--targets", metavar="FILE", help="As --target more than once: a file of one a line.")
]
Matrix = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Deployments, TOML: models, devices, dtypes, targets, profiles and exclusions."),
]
AtOnce = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=256,
        help="Deployments under way at once, never two on one server or device. [default: as cores and memory bear]",
    ),
]
Model = Annotated[str | None, typer.Option(help="The checkpoint meant to be served: embedded name, folder or hub id.")]
Device = Annotated[str, typer.Option(help="cpu, cuda, cuda:N or mps.")]
Dtype = Annotated[
    str | None, typer.Option(help="float64, float32, float16 or bfloat16 instead of the device's policy.")
]
AllowPickles = Annotated[bool, typer.Option("--allow-pickles", help="Read weights from pickles, which can run code.")]
ApiKeyEnv = Annotated[str | None, typer.Option(help="Environment variable that holds the API key.")]
Json = Annotated[str | None, typer.Option("--json", help="Write JSON to this file; - for standard output.")]
Header = Annotated[list[str] | None, typer.Option(help='A further header, "Name: value"; may be given more than once.')]
CaFile = Annotated[Path | None, typer.Option(help="Certificates to trust beside the system's, PEM.")]
Timeout = Annotated[float, typer.Option(min=0.1, help="Seconds that one request may take.")]
Concurrency = Annotated[int, typer.Option(min=1, max=256, help="Requests under way at once.")]
ModelName = Annotated[str | None, typer.Option(help="The name under which the server serves the model.")]
Pid = Annotated[int | None, typer.Option(help="Process id of a server on this machine, to watch its memory.")]
Pack = Annotated[Path | None, typer.Option(help="An answer pack in place of weights: see `rerank-harness pack`.")]
Calibration = Annotated[
    Path | None, typer.Option(help="Measured tolerances as limits: see `rerank-harness calibrate`.")
]
Prompt = Annotated[PromptBy, typer.Option(help="Who puts the texts into the prompt.")]
Store = Annotated[
    str | None,
    typer.Option(
        help="History: a file, sqlite:///FILE or postgresql://USER@HOST/DB. [default: reports/out/history.sqlite]"
    ),
]
OtherHardware = Annotated[
    bool, typer.Option("--allow-other-hardware", help="Compare speed and memory of different machines.")
]
Profile = Annotated[str, typer.Option(help="smoke, ci, nightly or release: how much data.")]
Collection = Annotated[str | None, typer.Option(help="A judged collection: a BEIR folder.")]
Source = Annotated[
    Path | None, typer.Option(metavar="DIR", help="A checkout of the serving project, to be audited as well.")
]
Only = Annotated[list[str] | None, typer.Option(help="A check or an area; may be given more than once.")]
RequireDevice = Annotated[bool, typer.Option("--require-device", help="Fail where the device is missing.")]
Record = Annotated[Path | None, typer.Option(help="Write what the target answers, for recorded:FILE.")]
Against = Annotated[
    str | None,
    typer.Option(metavar="BASE", help="Compare with a run: its folder, an id in the store, or last-good."),
]
Waivers = Annotated[Path | None, typer.Option(help="Accepted failures, TOML.")]
Resume = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Go on with the interrupted run of this folder; takes its options from there."),
]
Out = Annotated[Path | None, typer.Option(help="Folder to write to.")]


EngineKind = Annotated[
    Kind, typer.Option("--engine", help="Where collections are scored: in this process, or by workers of Ray.")
]
Workers = Annotated[
    int | None, typer.Option(min=1, max=10_000, help="Workers of --engine ray. [default: one a core, or a request]")
]
RayAddress = Annotated[
    str | None,
    typer.Option(metavar="HOST:PORT", help="A Ray cluster, else that of RAY_ADDRESS, else one of this machine's own."),
]
Deadline = Annotated[
    float | None,
    typer.Option(min=0.1, help="Seconds after which a worker is taken for hanging. [default: ten times what is usual]"),
]


def _connection(
    api_key_env: ApiKeyEnv = None,
    header: Header = None,
    ca_file: CaFile = None,
    timeout: Timeout = 60.0,
    model_name: ModelName = None,
) -> Connection:
    return Connection(api_key_env, tuple(header or ()), ca_file, timeout, model_name=model_name)


def _engine(
    engine: EngineKind = Kind.LOCAL,
    workers: Workers = None,
    ray_address: RayAddress = None,
    deadline: Deadline = None,
) -> Engine:
    return Engine(engine, workers, ray_address, deadline)


Reached = Annotated[Connection, MadeBy(_connection)]
ScoredBy = Annotated[Engine, MadeBy(_engine)]


def refuse_beside_resume(context: typer.Context, beside: Sequence[str]) -> None:
    """UsageError for an option that a resumption has from its folder; `beside` are the names of those that it takes."""
    others = [name for name in given(context) if name not in beside]
    if others:
        raise UsageError(f"--resume takes --{others[0].replace('_', '-')} from the run's folder; leave it out")


def given(context: typer.Context) -> tuple[str, ...]:
    """The names of the options that stand on the command line."""
    sources = ((name, context.get_parameter_source(name)) for name in context.params)
    return tuple(name for name, source in sources if source is not None and source.name == "COMMANDLINE")


def write_json(document: object, where: str) -> None:
    """Write a JSON document to a file, or to standard output for "-"; UsageError where it cannot be written."""
    import json

    from harness.core.events import finite

    text = json.dumps(finite(document), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    if where == "-":
        typer.echo(text, nl=False)
        return
    try:
        Path(where).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {where}: {error.strerror}") from None
