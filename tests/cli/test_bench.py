"""`rerank-harness bench`."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from harness.engine.benchmark import read_benchmark, schema


def bench(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "harness.cli", "bench", "--documents", "3", "--lengths", "20", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False, timeout=300)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench")
    names = ("--contender", "reference", "--contender", "recipe")
    done = bench("--rounds", "8", *names, "--json", "first.json", "--markdown", "page.md", cwd=folder)
    assert done.returncode == 0, done.stderr
    (folder / "printed").write_text(done.stdout, encoding="utf-8")
    return folder


def test_what_it_writes_fits_the_schema_and_can_be_read_again(made: Path) -> None:
    document = json.loads((made / "first.json").read_text())
    jsonschema.validate(document, schema())
    assert json.loads(json.dumps(read_benchmark(made / "first.json").as_dict())) == document


def test_the_table_has_a_line_a_contender_in_print_and_on_the_page(made: Path) -> None:
    for name in ("printed", "page.md"):
        rows = [line.replace("|", " ").split() for line in (made / name).read_text(encoding="utf-8").splitlines()]
        assert [row[2] for row in rows if row[:2] == ["3", "20"]] == ["reference", "recipe"]
        assert not any("…" in word for row in rows for word in row)


@pytest.mark.slow
def test_a_run_is_held_against_an_earlier_one(made: Path) -> None:
    document = json.loads((made / "first.json").read_text())
    for entry in document["entries"]:
        entry["seconds"] = [second / 4 for second in entry["seconds"]]
    (made / "fast.json").write_text(json.dumps(document))
    done = bench("--rounds", "8", "--contender", "reference", "--compare", "fast.json", cwd=made)
    assert (done.returncode, "slower" in done.stdout) == (1, True)


def test_a_comparison_that_cannot_be_made_is_refused_before_anything_is_timed(made: Path) -> None:
    document = json.loads((made / "first.json").read_text())
    (made / "other.json").write_text(json.dumps(document | {"dtype": "bfloat16"}))
    done = bench("--rounds", "1000000", "--contender", "reference", "--compare", "other.json", cwd=made)
    assert (done.returncode, "dtype was bfloat16, and is float32" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--documents", "ten"), "expected numbers with commas"),
        (("--contender", "vllm"), "no contender 'vllm'"),
        (("--compare", "nowhere.json"), "nowhere.json cannot be read as a benchmark"),
        (("--device", "tpu"), "no device 'tpu'"),
    ],
)
def test_a_mistake_is_one_line_and_exit_status_2(words: tuple[str, ...], told: str, tmp_path: Path) -> None:
    done = bench(*words, cwd=tmp_path)
    assert (done.returncode, told in done.stderr, len(done.stderr.splitlines())) == (2, True, 1)
