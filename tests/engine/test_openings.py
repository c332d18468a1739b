"""What workers open, and what they need for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.core.errors import UsageError
from harness.engine.openings import TargetOpening, need_of, on_worker, present
from harness.engine.resolve import resolve_model
from harness.engine.setup import Request
from harness.engine.threads import threads_of
from harness.reference.devices import Device
from harness.scoring.engine import HERE, Engine, Kind


@pytest.mark.parametrize("kind", ["onnx", "sentence-transformers"])
def test_a_target_that_reads_a_folder_has_the_digest_of_all_of_it(kind: str, tmp_path: Path) -> None:
    opening = TargetOpening(Request(target=f"{kind}:{tmp_path}"))
    (tmp_path / "model.onnx").write_bytes(b"weights")
    before = opening.inputs()
    (tmp_path / "model.onnx").write_bytes(b"other weights")
    assert before.keys() == {"model"}
    assert opening.inputs() != before


def test_a_server_s_model_is_not_read_here() -> None:
    assert TargetOpening(Request(target="http://127.0.0.1:8080", model="tiny-causal")).inputs() == {}


def test_a_worker_of_ray_sees_its_own_card_only() -> None:
    assert [on_worker("cuda:3", engine) for engine in (HERE, Engine(Kind.RAY))] == ["cuda:3", "cuda"]


def test_a_worker_on_a_card_needs_room_for_weights_activations_and_cuda() -> None:
    checkpoint = resolve_model("tiny-causal")
    need = need_of(checkpoint, Device("cuda"), "float32", threads=4)
    half = need_of(checkpoint, Device("cuda"), "float16", threads=4)
    assert need.card_bytes is not None
    assert half.card_bytes is not None
    assert need.cores == 1
    assert 2**30 < half.card_bytes < need.card_bytes


def test_one_worker_uses_a_metal_device() -> None:
    assert need_of(resolve_model("tiny-causal"), Device("mps"), None, threads=1).usual == 1


def test_a_device_that_is_not_here_is_told() -> None:
    with pytest.raises(UsageError, match="device cuda:99 cannot be used"):
        present("cuda:99")


@pytest.mark.parametrize(("chosen", "threads"), [("3", 3), ("", 1), ("many", 1), ("0", 1)])
def test_threads_are_those_that_the_user_chose_else_one_for_a_small_model(
    chosen: str, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", chosen)
    assert threads_of(resolve_model("tiny-causal"), workers=2) == threads
