"""A file that is no document of its kind is refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.core.documents import Kind, read_document, write_whole
from harness.core.errors import UsageError

SCHEMA = {"properties": {"schema": {"const": "test/1"}, "count": {"type": "integer"}}, "required": ["count"]}
KIND = Kind("note", SCHEMA, "make a note", largest=1_000)


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    write_whole('{"schema": "test/1", "count": 3}', tmp_path / "a.json")
    assert read_document(tmp_path / "a.json", KIND) == {"schema": "test/1", "count": 3}
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot write"):
        write_whole("", tmp_path / "nowhere" / "a.json")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "cannot be read as a note"),
        ("{", "cannot be read as a note"),
        ("[" * 900, "cannot be read as a note|is no note"),
        ("[]", "is no note of test/1; make one: make a note"),
        ('{"schema": "test/2"}', "is no note of test/1"),
        ('{"schema": "test/1"}', "is damaged at the document: 'count' is a required property"),
        ('{"schema": "test/1", "count": "a"}', "is damaged at count: 'a' is not of type 'integer'"),
        ('{"schema": "test/1", "count": NaN}', "NaN is no number"),
        ("[" * 1_001, "has 1001 bytes; a note has at most 1000"),
    ],
)
def test_what_is_no_such_document_is_refused_in_one_line(text: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=reason) as error:
        read_document(tmp_path / "a.json", KIND)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("content", [b"\xff\xfe{}", None])
def test_what_cannot_be_read_is_refused(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError, match="cannot be read as a note"):
        read_document(path, KIND)
