import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("grpc")
pytest.importorskip("google.protobuf")

from fixtures.collections import Judged
from harness.core.errors import (
    HarnessError,
    MalformedAnswer,
    MissingDependency,
    Refused,
    TargetError,
    Unanswerable,
    UsageError,
)
from harness.core.pairs import Pair
from harness.core.scores import Scale
from harness.engine.resolve import resolve_model
from harness.faults import plant
from harness.reference.checkpoint import Checkpoint
from harness.reference.devices import Device
from harness.reference.encode import Encoding
from harness.reference.families import family
from harness.reference.loading import load_reranker
from harness.reference.pipeline import Reranker
from harness.serving.grpc_backend import Method, serve_backend, serve_methods
from harness.targets.grpc import backend as module
from harness.targets.grpc.backend import BackendTarget, first_position, open_backend, within
from harness.targets.grpc.wire import Texts, rows_to_bytes

QUERY = "which planet is red"
SHORT, LONG = "Mars is red.", "Jupiter is the largest planet of all, and the one with the storm that has a name. " * 3
#: Logits that a backend in float32 may be away from float64: eight times the most that was measured over the 503 pairs
#: of the embedded collection (1.75e-5).
FLOAT32 = 1.4e-4
SECONDS = 30.0


@pytest.fixture(scope="module", params=["tiny-seq-cls", "tiny-seq-cls-2", "tiny-seq-cls-2-reversed"])
def checkpoint(request: pytest.FixtureRequest) -> Checkpoint:
    return resolve_model(request.param)


@pytest.fixture(scope="module")
def one_label() -> Checkpoint:
    return resolve_model("tiny-seq-cls")


@pytest.fixture(scope="module")
def classifier(one_label: Checkpoint) -> Reranker:
    return load_reranker(one_label, Device("cpu"), dtype="float32")


@contextmanager
def opened(path: Path, checkpoint: Checkpoint, timeout: float = SECONDS) -> Iterator[BackendTarget]:
    target = open_backend(f"tei-backend:{path}", str(path), checkpoint, timeout)
    try:
        yield target
    finally:
        target.close()


@contextmanager
def answering(path: Path, checkpoint: Checkpoint, predict: Method, timeout: float = SECONDS) -> Iterator[BackendTarget]:
    """A target whose backend is healthy and answers Predict with what `predict` gives."""
    methods = {"Health": lambda request: b"", "Predict": predict}
    with serve_methods(methods, path), opened(path, checkpoint, timeout) as target:
        yield target


def test_healthy_scores_are_the_references_log_odds(checkpoint: Checkpoint, judged: Judged, tmp_path: Path) -> None:
    documents = [p.document for p in judged.pairs()][:40]
    reference = load_reranker(checkpoint, Device("cpu"), dtype="float64")
    expected = reference.log_odds([Pair(QUERY, document) for document in documents])
    with (
        serve_backend(load_reranker(checkpoint, Device("cpu"), dtype="float32"), tmp_path / "s"),
        opened(tmp_path / "s", checkpoint) as target,
    ):
        np.testing.assert_allclose(target.score(QUERY, documents, None), expected, rtol=0, atol=FLOAT32)


def test_a_conversion_of_a_causal_model_is_held_to_the_causal_model(classifier: Reranker, tmp_path: Path) -> None:
    causal = resolve_model("tiny-causal")
    expected = load_reranker(causal, Device("cpu"), dtype="float64").log_odds([Pair(QUERY, SHORT), Pair(QUERY, LONG)])
    with serve_backend(classifier, tmp_path / "s"), opened(tmp_path / "s", causal) as target:
        np.testing.assert_allclose(target.score(QUERY, [SHORT, LONG], None), expected, rtol=0, atol=FLOAT32)


def test_padding_with_zeros_moves_the_shorter_input_alone(
    classifier: Reranker, one_label: Checkpoint, tmp_path: Path
) -> None:
    expected = classifier.log_odds([Pair(QUERY, SHORT), Pair(QUERY, LONG)])
    with (
        serve_backend(plant(classifier, "padded-with-zeros"), tmp_path / "s"),
        opened(tmp_path / "s", one_label) as target,
    ):
        short, long = np.abs(target.score(QUERY, [SHORT, LONG], None) - expected)
        (alone,) = target.score(QUERY, [SHORT], None)
    assert short > 100 * FLOAT32
    assert long < FLOAT32
    assert abs(alone - expected[0]) < FLOAT32


def test_an_instruction_reaches_the_prompt(classifier: Reranker, one_label: Checkpoint, tmp_path: Path) -> None:
    instruction = "Judge whether the document names a planet"
    expected = classifier.log_odds([Pair(QUERY, SHORT, instruction)])
    with serve_backend(classifier, tmp_path / "s"), opened(tmp_path / "s", one_label) as target:
        np.testing.assert_allclose(target.score(QUERY, [SHORT], instruction), expected, rtol=0, atol=FLOAT32)


def test_an_instruction_without_a_place_in_the_prompt_is_not_dropped(one_label: Checkpoint, tmp_path: Path) -> None:
    pairs_of_segments = replace(one_label, family=family("cross-encoder"))
    with answering(tmp_path / "s", pairs_of_segments, refuse) as target, pytest.raises(Unanswerable, match="no place"):
        target.score(QUERY, [SHORT], "Judge whether the document names a planet")


def test_log_odds_are_declared(classifier: Reranker, one_label: Checkpoint, tmp_path: Path) -> None:
    with serve_backend(classifier, tmp_path / "s"), opened(tmp_path / "s", one_label) as target:
        assert target.capabilities.scale is Scale.LOG_ODDS


def test_no_documents_need_no_call(one_label: Checkpoint, tmp_path: Path) -> None:
    with answering(tmp_path / "s", one_label, refuse) as target:
        assert target.score(QUERY, [], None) == []


def test_a_large_request_is_split_and_its_order_kept(
    one_label: Checkpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH_TOKENS", 500)
    sizes = []

    def lengths(request: bytes) -> bytes:
        texts = Texts.from_bytes(request).encodings()
        sizes.append(len(texts))
        return rows_to_bytes([[len(text.ids)] for text in texts])

    documents = ["red " * n for n in (9, 1, 40, 3, 20, 30, 2)]
    with answering(tmp_path / "s", one_label, lengths) as target:
        scores = target.score(QUERY, documents, None)
    assert len(sizes) > 1
    assert np.argsort(scores).tolist() == [1, 6, 3, 0, 4, 5, 2]


def test_runs_hold_the_tokens_they_may() -> None:
    runs = within([Encoding((0,) * n) for n in (3, 3, 3, 9, 1)], 6)
    assert [[len(e.ids) for e in run] for run in runs] == [[3, 3], [3], [9], [1]]


@pytest.mark.parametrize(
    ("config", "first"),
    [({"model_type": "xlm-roberta", "pad_token_id": 1}, 2), ({"model_type": "bert", "pad_token_id": 1}, 0)],
)
def test_positions_are_counted_as_the_router_counts_them(config: dict[str, Any], first: int) -> None:
    assert first_position(config) == first


def refuse(request: bytes) -> bytes:
    raise ValueError("input length exceeds\nmodel config's max_input_length")


def test_an_error_of_the_backend_is_its_refusal_in_one_line(one_label: Checkpoint, tmp_path: Path) -> None:
    with answering(tmp_path / "s", one_label, refuse) as target, pytest.raises(Refused) as told:
        target.score(QUERY, [SHORT], None)
    assert one_line(told.value).endswith(
        "refused Predict: input length exceeds model config's max_input_length (INTERNAL)"
    )


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (rows_to_bytes([[1.0]]), "1 scores for 2 texts"),
        (rows_to_bytes([[1.0]] * 3), "3 scores for 2 texts"),
        (rows_to_bytes([[1.0], []]), "0, 1 values a text, where the model has 1 to give"),
        (rows_to_bytes([[1.0, 2.0]] * 2), "2 values a text, where the model has 1 to give"),
        (b"\xff\xff", "something else: 2 bytes are no PredictResponse"),
    ],
)
def test_an_answer_that_is_no_list_of_scores_is_malformed(
    answer: bytes, told: str, one_label: Checkpoint, tmp_path: Path
) -> None:
    with answering(tmp_path / "s", one_label, lambda _: answer) as target, pytest.raises(MalformedAnswer) as error:
        target.score(QUERY, [SHORT, LONG], None)
    assert told in one_line(error.value)


def test_what_is_not_finite_is_let_through(one_label: Checkpoint, tmp_path: Path) -> None:
    with answering(tmp_path / "s", one_label, lambda _: rows_to_bytes([[float("nan")]])) as target:
        assert np.isnan(target.score(QUERY, [SHORT], None)).all()


def test_a_backend_that_hangs_is_given_up(one_label: Checkpoint, tmp_path: Path) -> None:
    released = threading.Event()

    def hang(request: bytes) -> bytes:
        released.wait(SECONDS)
        return b""

    with answering(tmp_path / "s", one_label, hang, timeout=0.5) as target:
        try:
            with pytest.raises(TargetError, match=r"no answer to Predict within 0\.5 s; is it hanging"):
                target.score(QUERY, [SHORT], None)
        finally:
            released.set()


def test_a_socket_that_never_answers_is_given_up(one_label: Checkpoint, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as mute:
        mute.bind(str(tmp_path / "s"))
        mute.listen()
        with pytest.raises(TargetError, match=r"no answer to Health within 0\.5 s"):
            open_backend("tei-backend:s", str(tmp_path / "s"), one_label, 0.5)


def test_a_backend_that_dies_is_told(classifier: Reranker, one_label: Checkpoint, tmp_path: Path) -> None:
    with serve_backend(classifier, tmp_path / "s"):
        target = open_backend("tei-backend:s", str(tmp_path / "s"), one_label, SECONDS)
    with pytest.raises(TargetError, match="cannot be reached for Predict") as told:
        target.score(QUERY, [SHORT], None)
    assert one_line(told.value)


def test_a_socket_nobody_listens_at_is_told(one_label: Checkpoint, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(tmp_path / "s"))
    with pytest.raises(TargetError, match="Connection refused") as told:
        open_backend("tei-backend:s", str(tmp_path / "s"), one_label, SECONDS)
    assert one_line(told.value)


@pytest.mark.parametrize("make", [lambda path: None, Path.touch, Path.mkdir])
def test_what_is_no_socket_is_told(make: Any, one_label: Checkpoint, tmp_path: Path) -> None:
    make(tmp_path / "s")
    with pytest.raises(TargetError, match=r"no socket at .*; start the backend"):
        open_backend("tei-backend:s", str(tmp_path / "s"), one_label, SECONDS)


def test_an_unhealthy_backend_is_not_opened(one_label: Checkpoint, tmp_path: Path) -> None:
    def unhealthy(request: bytes) -> bytes:
        raise RuntimeError("CUDA error: out of memory")

    with serve_methods({"Health": unhealthy}, tmp_path / "s"), pytest.raises(Refused, match="refused Health: CUDA"):
        open_backend("tei-backend:s", str(tmp_path / "s"), one_label, SECONDS)


def test_another_service_is_not_taken_for_the_backend(one_label: Checkpoint, tmp_path: Path) -> None:
    with serve_methods({}, tmp_path / "s"), pytest.raises(TargetError, match="speaks gRPC, but has no embedding"):
        open_backend("tei-backend:s", str(tmp_path / "s"), one_label, SECONDS)


def test_without_a_checkpoint_the_model_is_asked_for() -> None:
    with pytest.raises(UsageError, match="--model"):
        open_backend("tei-backend:s", "s", None, SECONDS)


def test_without_a_socket_its_path_is_asked_for(one_label: Checkpoint) -> None:
    with pytest.raises(UsageError, match="must read tei-backend:SOCKET"):
        open_backend("tei-backend:", "", one_label, SECONDS)


def test_without_grpc_the_package_is_named(
    one_label: Checkpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "grpc", None)
    with pytest.raises(MissingDependency, match="pip install grpcio"):
        open_backend("tei-backend:s", str(tmp_path / "s"), one_label, SECONDS)


def one_line(error: HarnessError) -> str:
    assert "\n" not in str(error)
    return str(error)
