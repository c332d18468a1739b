"""Targets that are named one a line."""

from pathlib import Path

import pytest

from harness.core.errors import UsageError
from harness.fleet.targets import distinct, read_targets


def written(tmp_path: Path, content: bytes) -> Path:
    (tmp_path / "targets.txt").write_bytes(content)
    return tmp_path / "targets.txt"


def test_a_line_is_a_target_and_comments_are_none(tmp_path: Path) -> None:
    path = written(tmp_path, b"# ours\n\nhttp://a:1\n  tei+http://b:2 # the new one\r\nhttp://c/#base\n")
    assert read_targets(path) == ("http://a:1", "tei+http://b:2", "http://c/#base")


@pytest.mark.parametrize(
    ("content", "told"), [(b"# none\n", "names no target"), (b"\xff\xfe", "no UTF-8"), (b"x" * 2**21, "bytes")]
)
def test_a_file_that_names_none_is_refused(content: bytes, told: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=told):
        read_targets(written(tmp_path, content))


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(UsageError, match=r"nowhere\.txt cannot be read"):
        read_targets(Path("nowhere.txt"))


def test_a_target_that_is_named_twice_is_refused() -> None:
    with pytest.raises(UsageError, match="'http://a' is named twice"):
        distinct(["http://a", "http://b", "http://a"])


def test_more_targets_than_anybody_reads_are_refused() -> None:
    with pytest.raises(UsageError, match="201 targets"):
        distinct([f"http://h{n}" for n in range(201)])
