"""Files that people write, and what they are told of their mistakes."""

from pathlib import Path

import pytest

from harness.core.errors import UsageError
from harness.core.written import LARGEST, read_written

SCHEMA = {
    "type": "object",
    "required": ["owner"],
    "additionalProperties": False,
    "properties": {
        "owner": {"type": "string"},
        "kind": {"enum": ["fixed", "open"]},
        "day": {"type": "string"},
        "entry": {"type": "array", "items": {"type": "object", "additionalProperties": False, "properties": {"x": {}}}},
    },
}


def read(tmp_path: Path, text: str) -> dict[str, object]:
    (tmp_path / "file.toml").write_text(text, encoding="utf-8")
    return read_written(tmp_path / "file.toml", "list", SCHEMA)


def test_dates_are_words(tmp_path: Path) -> None:
    assert read(tmp_path, 'owner = "ana"\nday = 2027-01-31') == {"owner": "ana", "day": "2027-01-31"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "'owner' is missing"),
        ('owner = "a"\nkinds = "open"', "there is no key 'kinds'; did you mean 'kind'?"),
        ('owner = "a"\nkind = "opne"', "kind: 'opne' is not known; did you mean 'open'?"),
        ('owner = "a"\nkind = "zzz"', "kind: 'zzz' is not known; known are fixed, open"),
        ('owner = "a"\n[[entry]]\nx = 1\n[[entry]]\ny = 1', "entry 2: there is no key 'y'; known are x"),
        ("owner = 3", "owner: 3 is not of type 'string'"),
        ("owner = nan", "it is no TOML (nan is no number)"),
        ("owner", "it is no TOML"),
        ("a=" + "[" * 5_000, "it is no TOML"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_the_nearest_word(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error:
        read(tmp_path, text)
    assert "file.toml" in str(error.value)
    assert told in str(error.value)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"has at most {LARGEST}"):
        read(tmp_path, "#" * (LARGEST + 1))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.toml cannot be read as a list"):
        read_written(tmp_path / "none.toml", "list", SCHEMA)
