"""report.html in a browser: what a reader can do with it, on which screens, and what nobody can do to it."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from harness.core.events import Noted, SeriesRecorded
from harness.core.run import Run
from harness.core.vocabulary import Status
from reports.formats.html import render
from tests.page.looks import WIDTHS, View, faint, fetched, sticking_out, width_of


def column(driver: Any, number: int) -> list[str]:
    rows = "return [...document.querySelectorAll('.findings tbody tr:not([hidden])')]"
    return driver.execute_script(f"{rows}.map((row) => row.cells[{number}].textContent)")


def heading(driver: Any, name: str) -> Any:
    return driver.find_element(By.XPATH, f"//table[contains(@class, 'findings')]//th[@scope='col'][.='{name}']")


def clicked(driver: Any, name: str) -> Any:
    heading(driver, name).find_element(By.TAG_NAME, "button").click()
    return driver


def numbers(texts: list[str]) -> list[float]:
    return [float(text.split()[0]) for text in texts if text != "–"]


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_said_on_the_console_and_nothing_is_fetched(view: View, page: Path, width: int) -> None:
    driver = view(page, width)
    clicked(driver, "Value")
    assert driver.get_log("browser") == []
    assert fetched(driver) == []


def test_a_click_on_a_heading_sorts_and_another_turns_it_round(view: View, page: Path) -> None:
    driver = clicked(view(page), "Margin")
    ascending = column(driver, 6)
    assert heading(driver, "Margin").get_attribute("aria-sort") == "ascending"
    assert numbers(ascending) == sorted(numbers(ascending))
    descending = column(clicked(driver, "Margin"), 6)
    assert heading(driver, "Margin").get_attribute("aria-sort") == "descending"
    assert numbers(descending) == sorted(numbers(descending), reverse=True)
    assert ascending[-1] == descending[-1] == "–"


@pytest.mark.parametrize("key", [Keys.ENTER, Keys.SPACE])
def test_the_keyboard_sorts_too(view: View, page: Path, key: str) -> None:
    driver = view(page)
    heading(driver, "Area").find_element(By.TAG_NAME, "button").send_keys(key)
    assert column(driver, 2) == sorted(column(driver, 2))
    assert len(driver.find_elements(By.CSS_SELECTOR, "[aria-sort]")) == 1


def test_words_are_sorted_by_their_weight(view: View, page: Path) -> None:
    driver = clicked(clicked(view(page), "Severity"), "Status")
    assert list(dict.fromkeys(column(driver, 0))) == ["fail", "error", "warning", "not verified", "pass"]
    assert list(dict.fromkeys(column(clicked(driver, "Severity"), 1))) == ["critical", "major", "minor", "info"]


def test_a_status_is_hidden_by_its_box(view: View, page: Path, demo: ModuleType) -> None:
    driver = view(page)
    driver.find_element(By.XPATH, "//label[.='pass']/input").click()
    left = [f for f in demo.findings() if f.status is not Status.PASS]
    assert len(column(driver, 0)) == len(left)
    assert driver.find_element(By.CSS_SELECTOR, ".filter output").text == f"{len(left)} of {len(demo.findings())} shown"


def test_a_text_filters_and_sorting_keeps_it(view: View, page: Path) -> None:
    driver = view(page)
    driver.find_element(By.CSS_SELECTOR, ".filter [type=search]").send_keys("Prompt.")
    assert all("prompt." in check for check in column(clicked(driver, "Check"), 3))
    assert len(column(driver, 3)) < 10


def test_a_table_stays_a_table_for_a_screen_reader(view: View, page: Path) -> None:
    driver = view(page)
    row = driver.find_element(By.CSS_SELECTOR, ".findings tbody tr")
    assert [row.aria_role, heading(driver, "Value").aria_role] == ["row", "columnheader"]
    assert row.find_element(By.TAG_NAME, "th").aria_role == "rowheader"


def test_every_figure_is_told_in_words_and_in_numbers(view: View, page: Path, demo: ModuleType) -> None:
    driver = view(page)
    pictures = driver.find_elements(By.CSS_SELECTOR, "figure svg")
    assert [(p.aria_role, p.accessible_name) for p in pictures] == [
        ("image", f"{series.title} ({series.unit})") for series in demo.SERIES
    ]
    assert len(driver.find_elements(By.CSS_SELECTOR, "figure details table")) == len(demo.SERIES)


@pytest.mark.parametrize("dark", [False, True])
def test_every_text_stands_out_from_what_is_behind_it(view: View, page: Path, dark: bool) -> None:
    assert faint(view(page, dark=dark)) == []


def test_dark_is_dark(view: View, page: Path) -> None:
    script = "return getComputedStyle(document.body).backgroundColor"
    assert view(page).execute_script(script) == "rgb(251, 251, 249)"
    assert view(page, dark=True).execute_script(script) == "rgb(20, 23, 26)"


def test_paper_is_light(view: View, page: Path) -> None:
    driver = view(page, dark=True)
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": dark})
    assert driver.execute_script("return getComputedStyle(document.body).color") == "rgb(28, 32, 36)"


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_its_window(view: View, page: Path, width: int) -> None:
    driver = view(page, width)
    assert width_of(driver) <= width
    assert sticking_out(driver) == []


def test_without_scripts_the_page_is_whole(view: View, page: Path, demo: ModuleType) -> None:
    driver = view(page, 360, scripts=False)
    assert len(driver.find_elements(By.CSS_SELECTOR, ".findings tbody tr")) == len(demo.findings())
    assert driver.find_elements(By.CSS_SELECTOR, "button, input") == []


def test_planted_scripts_are_shown_and_not_run(view: View, demo: ModuleType, tmp_path: Path) -> None:
    text = "<script>window.planted = 1</script><img src=x onerror='window.planted = 1'></pre></script>"
    plain = demo.findings()[0].__class__
    fields = ("title", "message", "unit", "evidence", "remedy", "subject", "reproduce", "device", "check")
    finding = demo.findings()[7]
    foul = plain(
        **{name: getattr(finding, name) for name in plain.__slots__} | dict.fromkeys(fields, text) | {"value": 1.0}
    )
    begun = demo.started(device=text, profile=text, target={"spec": text}, model={"id": text}, environment={text: text})
    series = SeriesRecorded("foul", text, "bars", text, (1.0, 2.0), (text, text), ((text, 1.0),))
    page = tmp_path / "report.html"
    page.write_text(render(Run(begun, (foul,), (series,), (Noted(text, text, {text: text}),))), encoding="utf-8")
    driver = view(page)
    assert driver.find_element(By.CSS_SELECTOR, "#finding-1 .message").text == text
    assert driver.execute_script("return [window.planted, document.scripts.length, document.images.length]") == [
        None, 1, 0,
    ]  # fmt: skip
    assert driver.get_log("browser") == []


def test_the_policy_runs_no_script_but_ours(view: View, page: Path) -> None:
    driver = view(page)
    driver.execute_script(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.planted = 1'}))"
    )
    assert driver.execute_script("return window.planted") is None
    assert "Content Security Policy" in driver.get_log("browser")[0]["message"]
