from pathlib import Path

import pytest
import torch

pytest.importorskip("grpc")
pytest.importorskip("google.protobuf")

from harness.core.errors import Refused, UsageError
from harness.core.pairs import Pair
from harness.engine.resolve import resolve_model
from harness.faults import plant
from harness.reference.devices import Device
from harness.reference.encode import Encoding
from harness.reference.loading import load_reranker
from harness.reference.pipeline import Reranker
from harness.serving.grpc_backend import serve_backend
from harness.targets.grpc.channel import Channel
from harness.targets.grpc.wire import Texts, rows_from_bytes

SECONDS = 30.0
PAIRS = [Pair("red planet", "Mars."), Pair("red planet", "Jupiter is the largest planet of all, and not red at all.")]


@pytest.fixture(scope="module")
def classifier() -> Reranker:
    return load_reranker(resolve_model("tiny-seq-cls-2"), Device("cpu"), dtype="float32")


def predict(reranker: Reranker, socket: Path, encodings: list[Encoding], **options: int) -> list[list[float]]:
    with serve_backend(reranker, socket, **options):
        channel = Channel.open(str(socket), SECONDS)
        try:
            return rows_from_bytes(channel.call("Predict", Texts.of(encodings).to_bytes()))
        finally:
            channel.close()


def test_raw_logits_of_every_label_are_answered(classifier: Reranker, tmp_path: Path) -> None:
    rows = predict(classifier, tmp_path / "s", [classifier.encoding(pair) for pair in PAIRS])
    torch.testing.assert_close(torch.tensor(rows), classifier.logits(PAIRS), rtol=0, atol=1e-6)


def test_the_zeros_do_what_a_decoder_classifier_does_on_them(classifier: Reranker, tmp_path: Path) -> None:
    """The planted fault against the real model, fed as the backend feeds it: all four tensors end in zeros."""
    encodings = [classifier.encoding(pair) for pair in PAIRS]
    ids, mask, positions = torch.zeros(3, len(PAIRS), max(len(e.ids) for e in encodings), dtype=torch.long)
    for row, encoding in enumerate(encodings):
        length = len(encoding.ids)
        ids[row, :length] = torch.tensor(encoding.ids)
        mask[row, :length] = 1
        positions[row, :length] = torch.arange(length)
    with torch.inference_mode():
        real = classifier.parts.module(input_ids=ids, attention_mask=mask, position_ids=positions).logits
    rows = predict(plant(classifier, "padded-with-zeros"), tmp_path / "s", encodings)
    torch.testing.assert_close(torch.tensor(rows), real, rtol=0, atol=1e-5)


def test_an_input_beyond_the_models_positions_is_refused(classifier: Reranker, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="input length exceeds model config's max_input_length"):
        predict(classifier, tmp_path / "s", [Encoding((1, 2, 3))], max_input_length=2)


def test_the_socket_is_gone_when_the_block_ends(classifier: Reranker, tmp_path: Path) -> None:
    with serve_backend(classifier, tmp_path / "s"):
        assert (tmp_path / "s").is_socket()
    assert not (tmp_path / "s").exists()


def test_a_path_with_signs_of_a_uri_is_a_path(classifier: Reranker, tmp_path: Path) -> None:
    rows = predict(classifier, tmp_path / "a b%20#c?", [classifier.encoding(PAIRS[0])])
    assert len(rows) == 1


def test_a_path_that_cannot_be_bound_is_told(classifier: Reranker, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot serve at"), serve_backend(classifier, tmp_path / "no" / "s"):
        pass
