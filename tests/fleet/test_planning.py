"""What is looked at before anything is begun."""

from pathlib import Path

import pytest

from harness.core.errors import UsageError
from harness.engine.setup import Request
from harness.fleet.planning import COPIES, OVERHEAD, at_once, fleet_of, require, varied
from harness.targets.http.connection import Connection


def test_words_of_a_file_become_a_request() -> None:
    found = varied(
        Request(), {"name": "x", "model": "m", "prompt": "caller", "pack": "p.json", "timeout": 5, "dtype": None}
    )
    assert (found.model, found.applies_prompt, found.pack, found.connection.timeout, found.dtype) == (
        "m", False, Path("p.json"), 5, None,
    )  # fmt: skip


def test_what_holds_for_all_stays() -> None:
    shared = Request(connection=Connection(api_key_env="KEY", headers=("A: b",)))
    assert varied(shared, {"concurrency": 2}).connection == Connection("KEY", ("A: b",), concurrency=2)


WRONG = {
    "device": (Request(device="tpu"), "no device 'tpu'"),
    "profile": (Request(profile="huge"), "no profile 'huge'"),
    "dtype": (Request(dtype="int3"), "no dtype 'int3'"),
    "model": (Request(model="./nowhere"), "no checkpoint folder at ./nowhere"),
    "collection": (Request(collection="./nowhere"), "nowhere"),
    "kind of target": (Request(target="gopher://x"), "no target of the kind"),
    "target without a place": (Request(target="onnx"), "no target of the kind"),
    "reference with a place": (Request(target="reference:x"), "no target of the kind"),
    "dialect": (Request(target="nope+http://h"), "no dialect 'nope'"),
    "key in the address": (Request(target="http://me:secret@h"), "must not stand in the URL"),
    "recording": (Request(target="recorded:nowhere.jsonl"), "nowhere.jsonl"),
    "key": (Request(target="http://h", connection=Connection(api_key_env="NO_SUCH_KEY")), "NO_SUCH_KEY"),
    "header": (Request(target="http://h", connection=Connection(headers=("none",))), "a header must read"),
    "certificates": (Request(connection=Connection(ca_file=Path("nowhere.pem"))), "nowhere.pem"),
    "calibration": (Request(calibration=Path("nowhere.json")), "nowhere.json"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_told_before_anything_is_opened(wrong: str) -> None:
    request, told = WRONG[wrong]
    with pytest.raises(UsageError, match=told):
        require(request)


def test_a_password_in_an_address_is_not_repeated() -> None:
    with pytest.raises(UsageError) as error:
        require(Request(target="http://me:secret@h"))
    assert "secret" not in str(error.value)


def test_an_unknown_check_is_told() -> None:
    with pytest.raises(UsageError, match="no check or area 'wishes'"):
        fleet_of("replicas", [Request()], [None], ["wishes"])


def test_a_plan_holds_no_header() -> None:
    fleet = fleet_of("replicas", [Request(connection=Connection(headers=("X-Key: hush",)))], [None], [])
    assert (fleet.deployments[0].request["headers"], "hush" in repr(fleet)) == (1, False)


@pytest.mark.parametrize(
    ("cores", "memory", "expected"),
    [(2, 64 * 2**30, 4), (16, 64 * 2**30, 16), (16, 3 * (OVERHEAD + COPIES * 5_005_952), 3), (16, 0, 1)],
)
def test_as_many_are_under_way_as_cores_and_memory_bear(cores: int, memory: int, expected: int) -> None:
    assert at_once([Request(model="tiny-causal"), Request(target="http://h")], cores, memory) == expected
