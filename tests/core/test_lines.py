"""Files that grow by lines."""

from pathlib import Path

import pytest

from harness.core.errors import CannotWrite
from harness.core.lines import LineFile, whole_lines

FULL = Path("/dev/full")


def test_a_line_is_there_as_soon_as_it_is_written(tmp_path: Path) -> None:
    file = LineFile(tmp_path / "lines")
    file.append("one")
    assert whole_lines(tmp_path / "lines") == [b"one\n"]
    file.close()


def test_what_lies_behind_the_kept_bytes_goes(tmp_path: Path) -> None:
    (tmp_path / "lines").write_text("one\ntwo\nthr")
    file = LineFile(tmp_path / "lines", keep=4)
    file.append("2")
    file.close()
    assert (tmp_path / "lines").read_text() == "one\n2\n"


def test_a_line_that_was_cut_off_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "lines").write_text("one\ntwo\nthr")
    assert whole_lines(tmp_path / "lines") == [b"one\n", b"two\n"]


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told_with_the_file() -> None:
    file = LineFile(FULL)
    with pytest.raises(CannotWrite, match=r"cannot write /dev/full: No space left on device"):
        file.append("one")
    file.close()


def test_a_line_with_room_for_its_beginning_only_is_taken_back_and_none_follows(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    file, (soft, hard) = LineFile(tmp_path / "lines"), resource.getrlimit(resource.RLIMIT_FSIZE)
    file.append("whole")
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
        with pytest.raises(CannotWrite):
            file.append("too long for what is left")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    with pytest.raises(CannotWrite, match="File too large"):
        file.append("fits")
    file.close()
    assert (tmp_path / "lines").read_text() == "whole\n"
