"""A matrix file: every combination, what is left out, what comes beside, and each way to get it wrong."""

from pathlib import Path
from typing import Any

import pytest

from harness.core.errors import UsageError
from harness.fleet.matrix import MOST, Matrix, read_matrix

DEFAULTS = {"target": "reference", "model": None, "device": "cpu", "dtype": None, "profile": "ci"}


def read(tmp_path: Path, text: str) -> Matrix:
    (tmp_path / "m.toml").write_text(text)
    return read_matrix(tmp_path / "m.toml", DEFAULTS)


def words(matrix: Matrix, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(each.get(name) for name in names) for each in matrix.deployments]


def test_every_combination_is_a_deployment(tmp_path: Path) -> None:
    found = read(tmp_path, 'models = ["a", "b"]\ndtypes = ["float32", "float16"]')
    assert words(found, "model", "dtype") == [("a", "float32"), ("a", "float16"), ("b", "float32"), ("b", "float16")]


def test_an_axis_that_is_left_out_is_as_without_a_file(tmp_path: Path) -> None:
    found = read(tmp_path, 'models = ["a"]')
    assert found.deployments == ({**DEFAULTS, "model": "a"},)


def test_an_exclusion_takes_what_has_all_of_its_words(tmp_path: Path) -> None:
    axes = 'models = ["a", "b"]\ndtypes = ["float32", "float16"]\n'
    found = read(tmp_path, axes + '[[exclude]]\nmodel = "b"\ndtype = "float16"')
    assert words(found, "model", "dtype") == [("a", "float32"), ("a", "float16"), ("b", "float32")]


def test_an_exclusion_may_name_what_an_axis_has_by_default(tmp_path: Path) -> None:
    found = read(tmp_path, 'models = ["a", "b"]\n[[exclude]]\ndevice = "cpu"\nmodel = "b"')
    assert words(found, "model") == [("a",)]


def test_an_inclusion_comes_beside_the_combinations(tmp_path: Path) -> None:
    found = read(tmp_path, 'models = ["a"]\n[[include]]\nname = "x"\nmodel = "b"\ntimeout = 5.0')
    assert words(found, "name", "model", "device", "timeout") == [(None, "a", "cpu", None), ("x", "b", "cpu", 5.0)]


def test_a_file_of_inclusions_means_those_alone(tmp_path: Path) -> None:
    found = read(tmp_path, '[[include]]\ntarget = "http://a"\n[[include]]\ntarget = "http://b"')
    assert words(found, "target") == [("http://a",), ("http://b",)]


def test_options_hold_for_all(tmp_path: Path) -> None:
    assert read(tmp_path, 'models = ["a"]\n[options]\nonly = ["numerics"]\nconcurrency = 2').options == {
        "only": ["numerics"], "concurrency": 2,
    }  # fmt: skip


MISTAKES = {
    "an unknown key": ('model = ["a"]', "there is no key 'model'; did you mean 'models'?"),
    "an unknown key of an exclusion": ('[[exclude]]\nmodels = "a"', "exclude 1: there is no key 'models'"),
    "an unknown option": ("[options]\ntimeouts = 1", "options: there is no key 'timeouts'; did you mean 'timeout'?"),
    "a secret": ('[options]\nheader = ["X: y"]', "options: there is no key 'header'"),
    "a word where a list is meant": ('models = "a"', "models: 'a' is not of type 'array'"),
    "an empty axis": ("models = []", "models"),
    "a word twice": ('models = ["a", "a"]', "models: ['a', 'a'] has non-unique elements"),
    "an exclusion of nothing": ("[[exclude]]", "exclude 1"),
    "an exclusion that matches nothing": (
        'models = ["a"]\n[[exclude]]\nmodel = "b"', "exclude 1 (model b) matches no deployment",
    ),
    "nothing at all": ("", "it names no deployment; give an axis (models, devices,"),
    "nothing but options": ("[options]\ntimeout = 5.0", "it names no deployment"),
    "nothing left": ('models = ["a"]\n[[exclude]]\nmodel = "a"', "nothing is left to verify"),
    "too many": (
        f"models = {[str(n) for n in range(20)]}\ntargets = {[str(n) for n in range(20)]}",
        f"it means 400 deployments; at most {MOST}",
    ),
    "a name that is a path": ('[[include]]\nname = "../x"', "include 1, name"),
    "no TOML": ("models = [", "it is no TOML"),
    "another file": ('schema = "rerank-harness/waivers/1"', "schema: 'rerank-harness/matrix/1' was expected"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_place(mistake: str, tmp_path: Path) -> None:
    text, told = MISTAKES[mistake]
    with pytest.raises(UsageError) as error:
        read(tmp_path, text)
    assert told in str(error.value)
    assert "m.toml" in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.toml cannot be read as a matrix"):
        read_matrix(tmp_path / "nowhere.toml", DEFAULTS)
