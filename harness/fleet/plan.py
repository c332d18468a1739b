"""fleet.json: the plan of a fleet and how far it has come, so that it can be gone on with. It holds no secrets."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path

from harness.core.documents import Kind, read_document
from harness.core.fleet import Deployment, Fleet, State
from reports.store import write_atomically

NAME = "fleet.json"
_SCHEMA = Path(__file__).with_name("fleet.schema.json")
#: Bytes of the largest one that is read: a deployment takes about 800.
LARGEST = 16 * 2**20


@cache
def kind() -> Kind:
    """What fleet.json is."""
    return Kind("plan of a fleet", json.loads(_SCHEMA.read_text(encoding="utf-8")), "verify --matrix FILE", LARGEST)


def write_plan(fleet: Fleet, folder: Path) -> None:
    """Write it, whole or not at all; UsageError where the folder cannot be written."""
    document = {"schema": kind().id, **asdict(fleet)}
    write_atomically(folder / NAME, json.dumps(document, indent=1, ensure_ascii=True, allow_nan=False) + "\n")


def read_plan(folder: Path) -> Fleet:
    """The fleet of a folder; UsageError where the file is none or is damaged, with the place."""
    found = read_document(folder / NAME, kind())
    deployments = (
        Deployment(each["name"], each["request"], State(each["state"]), each["reason"], each["exit_status"])
        for each in found["deployments"]
    )
    return Fleet(found["kind"], found["created"], tuple(deployments), tuple(found["only"]))


def is_fleet(folder: Path) -> bool:
    """Whether a folder is that of a fleet."""
    return (folder / NAME).is_file()
