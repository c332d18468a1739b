"""matrix.html in a browser: on every screen, in light and dark, and that nobody can do anything to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium.webdriver.common.by import By

from reports.fleet import write_overview
from tests.page.looks import WIDTHS, View, faint, fetched, sticking_out, width_of
from tests.reports.fleet.overviews import of_every_kind, of_many

#: What runs upon a reader if a page takes text for markup.
PLANTED = "<script>window.planted = 1</script><img src=x onerror='window.planted = 1'></td></h4></li>"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    found = {"every": of_every_kind(), "many": of_many(), "planted": of_every_kind(PLANTED)}
    folders = {name: tmp_path_factory.mktemp(name) for name in found}
    for name, overview in found.items():
        write_overview(overview, folders[name])
    return {name: folder / "matrix.html" for name, folder in folders.items()}


def test_nothing_is_said_on_the_console_and_nothing_is_fetched(view: View, pages: dict[str, Path]) -> None:
    driver = view(pages["every"])
    assert (driver.get_log("browser"), fetched(driver)) == ([], [])


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["every", "many"])
def test_the_page_fits_every_screen(view: View, pages: dict[str, Path], name: str, width: int) -> None:
    driver = view(pages[name], width)
    assert (width_of(driver) <= width, sticking_out(driver)) == (True, [])


@pytest.mark.parametrize("dark", [False, True])
def test_every_text_stands_out_from_what_is_behind_it(view: View, pages: dict[str, Path], dark: bool) -> None:
    assert faint(view(pages["every"], dark=dark)) == []


def test_a_text_that_looks_like_markup_stays_a_text(view: View, pages: dict[str, Path]) -> None:
    driver = view(pages["planted"])
    assert driver.execute_script("return window.planted") is None
    assert "window.planted" in driver.find_element(By.ID, "differences").text


def test_a_deployment_leads_to_its_row(view: View, pages: dict[str, Path]) -> None:
    driver = view(pages["every"])
    link = driver.find_element(By.CSS_SELECTOR, "#differences h4 a")
    assert driver.find_element(By.ID, link.get_attribute("href").rpartition("#")[2]).tag_name == "tr"
