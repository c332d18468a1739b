"""fleet.json."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from harness.core.errors import UsageError
from harness.core.fleet import Fleet, State
from harness.engine.setup import Request
from harness.fleet.plan import NAME, is_fleet, kind, read_plan, write_plan
from harness.fleet.planning import fleet_of


@pytest.fixture
def fleet() -> Fleet:
    return fleet_of("matrix", [Request(target="http://a"), Request(target="http://b")], [None, "b"], ["numerics"])


def test_a_plan_is_read_as_it_was_written(fleet: Fleet, tmp_path: Path) -> None:
    begun = replace(
        fleet, deployments=(replace(fleet.deployments[0], state=State.LOST, reason="gone"), fleet.deployments[1])
    )
    write_plan(begun, tmp_path)
    assert read_plan(tmp_path) == begun


def test_a_plan_fits_its_schema(fleet: Fleet, tmp_path: Path) -> None:
    write_plan(fleet, tmp_path)
    jsonschema.validate(json.loads((tmp_path / NAME).read_text()), kind().schema)


def test_a_folder_without_a_plan_is_no_fleet(tmp_path: Path) -> None:
    assert not is_fleet(tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "cannot be read"), ("{}", "is no plan of a fleet"),
        ('{"schema": "rerank-harness/fleet/1"}', "damaged"),
    ],
)  # fmt: skip
def test_a_damaged_plan_is_told_with_its_place(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(text)
    with pytest.raises(UsageError, match=told):
        read_plan(tmp_path)


def test_a_name_that_leads_out_of_the_folder_is_damage(fleet: Fleet, tmp_path: Path) -> None:
    write_plan(fleet, tmp_path)
    text = (tmp_path / NAME).read_text()
    (tmp_path / NAME).write_text(text.replace('"name": "b"', '"name": "../../b"'))
    with pytest.raises(UsageError, match="damaged at deployments/1/name"):
        read_plan(tmp_path)
