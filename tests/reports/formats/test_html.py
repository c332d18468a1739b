"""report.html: everything is told, and nothing from outside becomes markup."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest

from reports.text import one_line


class Page(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += " " + data


@pytest.fixture(scope="module")
def source(written: Path) -> str:
    return (written / "report.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(source: str) -> Page:
    return Page(source)


def test_every_finding_is_told(page: Page, demo: ModuleType) -> None:
    text = one_line(page.text)
    weighty = [f for f in demo.findings() if f.status != "not verified"]
    assert [f.check for f in weighty if f.check not in text or one_line(f.message) not in text] == []


def test_failures_come_gravest_first(page: Page, demo: ModuleType) -> None:
    classes = [(a.get("class") or "").split() for tag, a in page.elements if tag == "article"]
    ranks = [["critical", "major", "minor", "info"].index(c[2]) for c in classes if c[1] == "fail"]
    assert ranks == sorted(ranks)
    assert len(ranks) == sum(f.status == "fail" for f in demo.findings())


def test_hostile_text_makes_no_element(page: Page) -> None:
    assert {tag for tag, _ in page.elements} & {"img", "iframe", "object", "link", "base", "form"} == set()
    assert [tag for tag, _ in page.elements].count("script") == 1
    assert "<script>alert(1)</script>" in page.text


def test_no_invisible_or_reordering_character_survives(source: str) -> None:
    assert re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", source) == []
    assert "\\u202e" in source


def test_nothing_is_fetched_from_anywhere(page: Page, source: str) -> None:
    links = [v for _, a in page.elements for k, v in a.items() if k in ("src", "href", "xlink:href", "action")]
    assert [v for v in links if not (v or "").startswith("#")] == []
    assert re.findall(r"@import|url\((?!#)", source) == []


def test_the_content_policy_forbids_everything_but_inline_styles_and_our_script(page: Page, source: str) -> None:
    policies = [a["content"] for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
    script = source.rpartition("<script>")[2].partition("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policies == [
        f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    ]


def test_a_row_leads_to_what_is_told_in_full(page: Page, demo: ModuleType) -> None:
    links = [a["href"] for tag, a in page.elements if tag == "a" and (a["href"] or "").startswith("#finding-")]
    weighty = [f for f in demo.findings() if f.status in ("fail", "error", "warn")]
    assert links == [f"#finding-{n}" for n in range(1, len(weighty) + 1)]


def test_ids_are_unique_and_links_lead_somewhere(page: Page) -> None:
    ids = [a["id"] for _, a in page.elements if "id" in a]
    targets = {(v or "")[1:] for _, a in page.elements for k, v in a.items() if k in ("href", "xlink:href")}
    assert len(ids) == len(set(ids))
    assert targets <= set(ids)


def test_tags_are_balanced(source: str) -> None:
    void = {"meta", "br", "link", "input"}
    stack: list[str] = []

    class Balance(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in void:
                stack.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert stack.pop() == tag

    Balance().feed(source)
    assert stack == []


def test_figures_are_drawn_in_the_colours_of_the_page(source: str, demo: ModuleType) -> None:
    assert source.count("<svg ") == len(demo.SERIES)
    assert "currentColor" in source
    assert "#01020" not in source
