import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("google.protobuf")

import harness.targets.grpc
from harness.core.errors import MissingDependency
from harness.reference.encode import Encoding
from harness.targets.grpc.messages import file_descriptor, message
from harness.targets.grpc.wire import Texts, rows_from_bytes, rows_to_bytes

token = st.integers(0, 2**32 - 1)
encodings = st.lists(st.lists(token, min_size=1, max_size=20).map(lambda ids: Encoding(tuple(ids))), min_size=1)


def test_the_messages_are_those_that_protoc_reads_from_the_file(tmp_path: Path) -> None:
    protoc = pytest.importorskip("grpc_tools.protoc")
    folder = Path(harness.targets.grpc.__file__).parent
    protoc.main(["protoc", f"-I{folder}", f"--descriptor_set_out={tmp_path / 'set'}", "embed.proto"])
    from google.protobuf.descriptor_pb2 import FileDescriptorSet

    (compiled,) = FileDescriptorSet.FromString((tmp_path / "set").read_bytes()).file
    ours = file_descriptor()
    assert ours.package == compiled.package
    assert [without_json_names(m) for m in ours.message_type] == [without_json_names(m) for m in compiled.message_type]


def without_json_names(declared: object) -> str:
    return re.sub(r'\s*json_name: "\w+"', "", str(declared))


def test_a_request_on_the_wire_is_what_the_protocol_says() -> None:
    sent = Texts.of([Encoding((5, 300)), Encoding((7,))]).to_bytes()
    assert sent.hex(" ") == "0a 04 05 ac 02 07 12 03 00 00 00 1a 03 00 01 00 22 03 00 02 03 28 02"


def test_an_answer_on_the_wire_is_what_the_protocol_says() -> None:
    assert rows_to_bytes([[1.0], [-2.0]]).hex(" ") == "0a 06 0a 04 00 00 80 3f 0a 06 0a 04 00 00 00 c0"


@given(encodings)
def test_texts_come_back_from_the_wire_as_they_were(sent: list[Encoding]) -> None:
    assert Texts.from_bytes(Texts.of(sent).to_bytes()).encodings() == sent


@given(st.lists(st.lists(st.floats(width=32, allow_nan=False), max_size=3)))
def test_rows_come_back_from_the_wire_as_they_were(rows: list[list[float]]) -> None:
    assert rows_from_bytes(rows_to_bytes(rows)) == rows


def test_segments_of_pairs_survive() -> None:
    pair = Encoding((1, 2, 3), (0, 0, 1))
    assert Texts.from_bytes(Texts.of([pair]).to_bytes()).encodings() == [pair]


def test_positions_begin_where_the_model_begins_to_count() -> None:
    assert Texts.of([Encoding((5, 6)), Encoding((7,))], first_position=2).positions == (2, 3, 2)


def test_bytes_that_are_no_message_are_told() -> None:
    with pytest.raises(ValueError, match="2 bytes are no PredictResponse"):
        rows_from_bytes(b"\xff\xff")


def test_a_request_for_health_is_empty() -> None:
    assert message("HealthRequest").SerializeToString() == b""


def test_without_protobuf_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "google.protobuf.descriptor_pb2", None)
    with pytest.raises(MissingDependency, match="pip install protobuf"):
        file_descriptor()
