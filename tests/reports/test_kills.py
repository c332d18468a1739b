"""The kill matrix as a page."""

from __future__ import annotations

from pathlib import Path

from reports.kills import Matrix, Member, Row, lone, markdown, read_kills, write_kills

CHECKS = (Member("outer", False, ""), Member("inner", True, "says where | it is"))
ROWS = (
    Row("", "in this process", ()), Row("both", "in this process", ("inner", "outer"), ("outer",)),
    Row("seen", "behind a server", ("outer",), ()),
)  # fmt: skip


def test_a_check_is_alone_where_no_other_sees_the_fault() -> None:
    assert lone(ROWS, CHECKS)["alone"] == {"outer": ("seen",)}


def test_from_outside_checks_that_look_inside_do_not_count() -> None:
    assert lone(ROWS, CHECKS)["alone from outside"] == {"outer": ("both", "seen")}


def test_without_a_model_only_those_count_that_fail_without_it() -> None:
    assert lone(ROWS, CHECKS)["alone without a model"] == {"outer": ("both",)}


def test_the_page_tells_faults_seen_and_reasons_with_markup_escaped() -> None:
    page = markdown(Matrix(ROWS, ("outer", "inner")), CHECKS)
    assert "| outer | 2 | seen | both, seen | both |  |" in page
    assert r"says where \| it is" in page
    assert "Of 2 faults 2 are seen, 1 of them also without a model." in page


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    written = Matrix(ROWS, ("outer",))
    write_kills(written, CHECKS, tmp_path)
    assert read_kills(tmp_path / "kills.json") == written


def test_a_check_that_was_not_tried_is_not_said_to_see_nothing() -> None:
    assert "| inner | not tried |" in markdown(Matrix(ROWS, ("outer",)), CHECKS)
