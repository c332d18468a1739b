"""What the README shows can be run."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from harness.diagnosis.packs import write_pack
from harness.engine.packing import pack_of
from harness.engine.serve import Serving, open_service
from harness.serving.run import served
from tests.commands import run

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
COMMANDS = [line.split("#")[0].strip() for block in BLOCKS for line in block.splitlines()]
OURS = [command.split()[1:] for command in COMMANDS if command.startswith("rerank-harness ")]
RUNNABLE = [words for words in OURS if words[0] not in ("verify", "serve")]
#: Faults of a served dialect, and the diagnosis that is shown of them.
DIAGNOSES = re.findall(
    r"`serve --dialect (\S+) --fault (\S+)`[^`]*(?:`diagnose ([^`]+)`)?.*?```text\n(.*?)```", README, re.DOTALL
)
TABLE = [line.split() for line in re.findall(r"^\| [^|]+ \| `rerank-harness ([^`]+)` \|$", README, re.MULTILINE)]


#: A command that shows what it finds.
FALLS_SHORT = ["audit", "examples/serving-project"]
#: Commands that compute for long.
SLOW = ("pack", "bench", "calibrate", "diagnose", "layers")


def at_its_pace(words: list[str]) -> Any:
    """A command as a parameter, among the slow ones where it is one."""
    slow = words[0] in SLOW or {"onnx", "ray"} & set(words)
    return pytest.param(words, marks=pytest.mark.slow if slow else ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files that the commands name."""
    (tmp_path / "pairs.jsonl").write_text('{"query": "river", "document": "a river"}\n')
    (tmp_path / "run.trec").write_text("q1 Q0 a 1 2.0 tag\nq1 Q0 b 2 1.0 tag\n")
    (tmp_path / "qrels.txt").write_text("q1 0 a 1\nq1 0 b 0\n")
    shutil.copytree(Path(__file__).parent.parent / "examples", tmp_path / "examples")
    return tmp_path


@pytest.mark.parametrize("words", [*map(at_its_pace, RUNNABLE)], ids=" ".join)
def test_a_command_of_the_readme_runs(words: list[str], folder: Path) -> None:
    done = run(*words, cwd=folder)
    assert (done.returncode, done.stderr) == (int(words == FALLS_SHORT), "")


def test_what_the_audit_of_the_readme_finds_is_shown_as_it_is_printed(folder: Path) -> None:
    shown = re.search(r"`audit examples/serving-project`\):\n\n```text\n(.*?)```", README, re.DOTALL)
    assert shown is not None
    assert shown[1] in run(*FALLS_SHORT, cwd=folder).stdout


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pack") / "tiny.pack.json"
    write_pack(pack_of("tiny-causal", "cpu", None), path)
    return path


@pytest.mark.parametrize(
    ("dialect", "faults", "options", "shown"),
    [pytest.param(*shown, marks=pytest.mark.slow) for shown in DIAGNOSES],
    ids=[d[1] for d in DIAGNOSES],
)
def test_a_diagnosis_of_the_readme_is_what_is_printed(
    dialect: str, faults: str, options: str, shown: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    by_pack = "--pack" in options
    source = ("--pack", str(request.getfixturevalue("pack"))) if by_pack else ("--model", "tiny-causal")
    with served(open_service(Serving(dialect=dialect, faults=(faults,))).application()) as url:
        done = run("diagnose", "--target", f"{dialect}+{url}", *source, cwd=tmp_path)
    assert (done.returncode, _causes(done.stdout)) == (1, _causes(shown))


def _causes(output: str) -> list[str]:
    """What is wrong, each with how sure that is."""
    return re.findall(r"^[a-z]+ · [a-z-]+ · .*? · confidence \d\.\d\d", output, re.MULTILINE)


def test_three_diagnoses_are_shown_and_one_is_by_pack() -> None:
    assert (len(DIAGNOSES), sum("--pack" in options for _, _, options, _ in DIAGNOSES)) == (3, 1)
    assert all(_causes(shown) for *_, shown in DIAGNOSES)


@pytest.mark.parametrize(
    "option", sorted(set(re.findall(r"(--[a-z][a-z-]+)", " ".join(" ".join(w) for w in [*OURS, *TABLE]))))
)
def test_an_option_of_the_readme_exists(option: str, tmp_path: Path) -> None:
    commands = {tuple(words[: 1 + (words[0] == "models")]) for words in [*OURS, *TABLE] if option in words}
    assert all(option in run(*command, "--help", cwd=tmp_path).stdout for command in commands)


def test_the_make_targets_of_the_readme_exist() -> None:
    makefile = (Path(__file__).parent.parent / "Makefile").read_text(encoding="utf-8")
    targets = [command.split()[1] for command in COMMANDS if command.startswith("make ")]
    assert targets
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


@pytest.mark.parametrize("words", TABLE, ids=" ".join)
def test_a_target_of_the_readme_is_of_a_kind_that_exists(words: list[str]) -> None:
    from harness.engine.targets import KINDS
    from harness.targets.http.connection import Address, is_http
    from harness.targets.http.dialects import dialects

    spec = words[words.index("--target") + 1] if "--target" in words else "reference"
    if is_http(spec):
        assert Address.parse(spec).dialect in {None, *dialects()}
    else:
        assert spec.split(":")[0] in {kind.split(":")[0] for kind in KINDS}


def test_every_kind_of_target_and_every_dialect_is_in_the_readme() -> None:
    from harness.engine.targets import KINDS
    from harness.targets.http.dialects import dialects

    kinds = {kind.split(":")[0] + ":" for kind in KINDS if ":" in kind and "http" not in kind}
    assert {name for name in kinds if f"--target {name}" not in README} == set()
    assert {name for name in dialects() if name not in README} == set()


@pytest.mark.parametrize("area", re.findall(r"^\| ([a-z-]+) \| [A-Z]", README, re.MULTILINE))
def test_an_area_of_the_readme_has_checks(area: str) -> None:
    from harness.checks.registry import all_checks

    assert area in {c.area.value for c in all_checks()}


def test_the_figures_of_scaling_are_those_of_the_report_and_keep_what_was_asked_for() -> None:
    report = (Path(__file__).parent.parent / "reports" / "scaling.md").read_text(encoding="utf-8")
    _, _, pairs, rate, longer, speed_up, replaced, costs, same = _cells(report.splitlines()[2])
    shown = next(_cells(line) for line in README.splitlines() if "pairs/s |" in line)
    assert shown == [f"{rate} pairs/s", longer.strip("+").replace("%", " %"), speed_up, replaced, costs, same]
    assert (pairs, float(longer.strip("+%")) <= 15, float(speed_up.split()[0]) >= 1.7) == ("10000", True, True)


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("| ").split("|")]
