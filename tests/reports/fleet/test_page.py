"""The page of several deployments: what stands on it, and that nothing foreign becomes markup."""

import json
from pathlib import Path

import jsonschema
import pytest

from harness.core.fleet import Overview
from reports.fleet import write_overview
from tests.fleet.runs import run, verified
from tests.reports.demo import HOSTILE
from tests.reports.fleet.overviews import of_every_kind, of_many, overview

SCHEMA = json.loads((Path(__file__).parents[3] / "reports" / "schema" / "matrix-report.schema.json").read_text())
HEALTHY = overview([verified("a", run()), verified("b", run(1e-5))])


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files of a fleet of every kind."""
    return written(of_every_kind(), tmp_path_factory.mktemp("fleet"))


def written(found: Overview, folder: Path) -> dict[str, str]:
    write_overview(found, folder)
    return {path.suffix[1:]: path.read_text(encoding="utf-8") for path in folder.iterdir()}


@pytest.mark.parametrize("made", [of_every_kind, lambda: of_every_kind(HOSTILE), of_many, lambda: HEALTHY])
def test_the_document_fits_its_schema(made: object, tmp_path: Path) -> None:
    document = json.loads(written(made(), tmp_path)["json"])  # type: ignore[operator]
    jsonschema.validate(document, SCHEMA)


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_one_that_does_not_agree_is_named_first(pages: dict[str, str]) -> None:
    assert pages["md"].startswith("# Targets side by side: 2 of 9 deployments do not agree")
    assert "c and e do not agree with the other 3 deployments of tiny, which hold against the reference." in pages["md"]


def test_each_deployment_leads_to_its_own_report(pages: dict[str, str]) -> None:
    assert 'href="c/report.html#area-numerics"' in pages["html"]
    assert "[c](c/report.html)" in pages["md"]


def test_what_has_no_run_says_why_and_leads_to_its_log(pages: dict[str, str]) -> None:
    assert "could not be reached, or died: f is lost" in pages["html"]
    assert ('href="f/verify.log"' in pages["html"], 'href="g/' in pages["html"]) == (True, False)


def test_a_difference_is_explained_by_what_diagnosis_found(pages: dict[str, str]) -> None:
    (told,) = [line for line in pages["md"].splitlines() if line.startswith("- **c beside a**")]
    assert "explained by diagnosis" in told
    assert "In c, stage assemble: no prompt template (template-absent, confidence 0.99)" in pages["md"]


def test_what_nothing_explains_says_what_to_do(pages: dict[str, str]) -> None:
    assert "rerank-harness diagnose --target http://e --model tiny" in pages["html"]


def test_healthy_deployments_agree_and_say_by_how_much(tmp_path: Path) -> None:
    told = written(HEALTHY, tmp_path)["md"]
    assert "The 2 deployments of tiny agree within noise: the farthest apart are a and b" in told


def test_nothing_foreign_becomes_markup(tmp_path: Path) -> None:
    found = written(of_every_kind(HOSTILE), tmp_path)
    assert ("<script>alert" in found["html"], "&lt;script&gt;alert" in found["html"]) == (False, True)
    assert ("<script>" in found["md"], "\x1b" in found["md"] + found["html"]) == (False, False)


def test_the_page_needs_nothing_from_outside(pages: dict[str, str]) -> None:
    assert "default-src 'none'" in pages["html"]
    assert not any(word in pages["html"] for word in ("src=", "<link", "@import"))


def test_of_many_deployments_each_has_one_row_and_few_have_a_paragraph(tmp_path: Path) -> None:
    html = written(of_many(), tmp_path)["html"]
    assert (html.count('<tr id="'), html.count("<article")) == (40, 2)
    assert len(html) < 200_000


def test_a_fleet_is_told_whose_deployments_have_nothing_yet(tmp_path: Path) -> None:
    told = written(overview([verified("a", None), verified("b", None)]), tmp_path)["md"]
    assert "2 of 2 deployments not verified" in told
