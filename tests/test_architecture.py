"""Dependencies point one way, and the top level is what it should be."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
#: What each layer may import of ours; the order is core ← reference ← targets ← checks ← engine ← {plugin, cli}.
ALLOWED = {
    "harness/core": {"harness.core"},
    "harness/statistics": {"harness.core", "harness.statistics"},
    "harness/reference": {"harness.core", "harness.reference"},
    "harness/targets": {"harness.core", "harness.reference", "harness.targets"},
    "harness/faults": {"harness.core", "harness.reference", "harness.faults"},
    "harness/scoring": {"harness.core", "harness.scoring"},
    "harness/serving": {"harness.core", "harness.reference", "harness.targets.grpc", "harness.serving"},
    "harness/calibration": {
        "harness.core", "harness.reference", "harness.statistics", "harness.calibration", "fixtures",
    },
    "harness/benchmark": {
        "harness.core", "harness.reference", "harness.targets", "harness.statistics", "harness.benchmark",
        "harness.scoring", "fixtures",
    },
    "harness/history": {"harness.core", "harness.statistics", "harness.history"},
    "harness/regression": {"harness.core", "harness.statistics", "harness.regression"},
    "harness/divergence": {"harness.core", "harness.reference", "harness.divergence"},
    "harness/audit": {"harness.core", "harness.reference", "harness.faults", "harness.audit", "fixtures"},
    "harness/checks": {
        "harness.audit", "harness.core", "harness.reference", "harness.targets", "harness.statistics",
        "harness.calibration", "harness.divergence", "harness.checks", "harness.scoring", "fixtures",
    },
    "harness/diagnosis": {
        "harness.core", "harness.reference", "harness.targets", "harness.statistics", "harness.faults",
        "harness.diagnosis", "fixtures",
    },
    "harness/engine": {
        "harness.audit", "harness.core", "harness.reference", "harness.targets", "harness.statistics", "harness.checks",
        "harness.benchmark", "harness.calibration", "harness.diagnosis", "harness.engine", "harness.faults",
        "harness.serving", "harness.history", "harness.regression", "harness.scoring", "fixtures", "reports",
    },
    "harness/detection": {
        "harness.core", "harness.reference", "harness.targets", "harness.diagnosis", "harness.engine", "harness.faults",
        "harness.serving", "harness.checks", "harness.detection", "fixtures", "reports",
    },
    "harness/deployments": {
        "harness.core", "harness.reference", "harness.targets", "harness.engine", "harness.deployments", "fixtures",
        "reports",
    },
    "harness/fleet": {
        "harness.calibration", "harness.checks", "harness.core", "harness.engine", "harness.fleet", "harness.reference",
        "harness.regression", "harness.statistics", "harness.targets", "reports", "harness.scoring",
    },
    "reports": {"harness.core", "reports"},
    "fixtures": {"harness.core", "harness.reference", "fixtures"},
}  # fmt: skip
OURS = ("harness", "fixtures", "reports", "suites")


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return {name for name in found if name.split(".")[0] in OURS}


@pytest.mark.parametrize("layer", ALLOWED)
def test_a_layer_imports_only_what_lies_below_it(layer: str) -> None:
    wrong = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (ROOT / layer).rglob("*.py")
        for name in imports_of(path)
        if name != "harness" and not any(name == a or name.startswith(a + ".") for a in ALLOWED[layer])
    }
    assert wrong == set()


def test_no_file_is_too_long_to_hold_one_idea() -> None:
    sources = [p for folder in OURS for p in (ROOT / folder).rglob("*.py")]
    assert {str(p.relative_to(ROOT)) for p in sources if len(p.read_text().splitlines()) > 300} == set()


def test_data_are_frozen_and_slotted_unless_they_change_or_cache() -> None:
    loose = set()
    for path in (ROOT / "harness" / "core").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                shown = [ast.unparse(d) for d in node.decorator_list if "dataclass" in ast.unparse(d)]
                loose |= {f"{path.name}:{node.name}" for d in shown if "frozen=True, slots=True" not in d}
    assert loose == set()
