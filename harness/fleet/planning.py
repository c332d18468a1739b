"""From what is asked for to a fleet that can be begun: everything is looked at before anything is written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from harness.calibration.reading import read_calibration
from harness.checks.profiles import profile
from harness.core.errors import UsageError
from harness.core.fleet import Deployment, Fleet
from harness.engine.opening import asked, now
from harness.engine.session import select_checks
from harness.engine.setup import Request
from harness.engine.targets import KINDS
from harness.fleet.matrix import Words
from harness.fleet.names import names_of
from harness.reference.devices import DTYPES
from harness.targets.http.connection import Address, Connection, is_http
from harness.targets.http.dialects import dialect

_CONNECTION = frozenset(field.name for field in fields(Connection))
_PATHS = ("pack", "calibration", "source", "ca_file")
_PORTS = {"http": 80, "https": 443}
#: Names of this machine by which servers on it are called.
_HERE = ("localhost", "127.0.0.1", "::1", "0.0.0.0")
#: Bytes of a process that verifies, beside the weights; measured 0.7 GB with the embedded model.
OVERHEAD = 2**30
#: Times the weights of a checkpoint that a verification holds: the reference, in float32 where the file is in half
#: precision, and a healthy model to measure noise on.
COPIES = 4
#: So many are under way at once where there are fewer cores: they wait for their servers most of the time.
LEAST = 4


def fleet_of(kind: str, requests: Sequence[Request], names: Sequence[str | None], only: Sequence[str]) -> Fleet:
    """The fleet of these requests; UsageError for anything in them that can be seen to be wrong."""
    select_checks(only)
    for request in requests:
        require(request)
    told = [asked(request) for request in requests]
    every = zip(names_of(told, names), told, strict=True)
    return Fleet(kind, now(), tuple(Deployment(name, request) for name, request in every), tuple(only))


def varied(request: Request, words: Words) -> Request:
    """The request with other words; those that are None stay as they are."""
    given: dict[str, Any] = {name: word for name, word in words.items() if word is not None and name != "name"}
    if "prompt" in given:
        given["applies_prompt"] = given.pop("prompt") == "server"
    given |= {name: Path(given[name]) for name in _PATHS if name in given}
    reached = {name: given.pop(name) for name in _CONNECTION & given.keys()}
    return replace(request, **given, connection=replace(request.connection, **reached))


def require(request: Request) -> None:
    """UsageError for what is wrong in a request, as far as it shows without opening the target."""
    profile(request.profile)
    request.parsed_device, request.answers, request.judged, request.checkpoint  # noqa: B018 - read: each says what is wrong
    if request.dtype not in (None, *DTYPES):
        raise UsageError(f"no dtype {request.dtype!r}; expected one of {', '.join(DTYPES)}")
    _require_target(request.target)
    if request.calibration is not None:
        read_calibration(request.calibration)
    request.connection.secret_headers()
    request.connection.certificates()


def at_once(requests: Sequence[Request], cores: int, free_bytes: int) -> int:
    """How many may be verified at the same time, by cores and by the memory that the largest of them takes."""
    weights = max((each.checkpoint.weight_bytes for each in requests if each.checkpoint is not None), default=0)
    return max(1, min(max(LEAST, cores), free_bytes // (OVERHEAD + COPIES * weights)))


def at_once_here(requests: Sequence[Request]) -> int:
    """`at_once` on this machine, as it is now."""
    import psutil

    return at_once(requests, os.cpu_count() or 1, psutil.virtual_memory().available)


def place_of(request: Request) -> str:
    """What a verification occupies, so that another one of it has to wait: the server of a target that is one, by host
    and port; the device of one that computes here.
    """
    if not is_http(request.target):
        kind, _, place = request.target.partition(":")
        return place if kind == "tei-backend" else str(request.parsed_device)
    parts = urlsplit(Address.parse(request.target).url)
    host = (parts.hostname or "").rstrip(".")
    return f"{'localhost' if host in _HERE else host}:{parts.port or _PORTS[parts.scheme]}"


def _require_target(spec: str) -> None:
    if is_http(spec):
        named = Address.parse(spec).dialect
        if named is not None:
            dialect(named)
        return
    kind, _, place = spec.partition(":")
    known = {each.partition(":")[0] for each in KINDS if "://" not in each}
    if kind not in known or bool(place) is (kind == "reference"):
        raise UsageError(f"no target of the kind {spec!r:.200}; kinds: {', '.join(KINDS)}")
    if kind == "recorded" and not Path(place).is_file():
        raise UsageError(f"cannot read the recording {place}: there is no such file")
