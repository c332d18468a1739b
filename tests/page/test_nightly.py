"""nightly.html and release.html in a browser: what stands first, on which screens, and what nobody can do to them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By

from reports.nightly import Nightly
from reports.nightly.write import as_html
from reports.signoff.page import pages
from tests.page import nights
from tests.page.looks import WIDTHS, View, faint, fetched, sticking_out, width_of

PAGES = ("nightly", "conditional", "failed")
#: What runs upon a reader if a page takes text for markup.
PLANTED = "<script>window.planted = 1</script><img src=x onerror='window.planted = 1'></td></h3></li>"
#: Where text from outside stands.
FOREIGN = {
    "nightly": (
        "#changed h3", "#changed .message", "#around td", "#quality td", "#scores tbody th", "#scores td",
        "#speed tbody th", "#left-out li", "#time li",
    ),
    "conditional": (
        ".facts dd", "#waivers .reason", "#waivers td[data-label=owner]", "#waivers td[data-label=link]", "#figures td",
        "#gaps li", "#runs td[data-label=target]", "#runs td[data-label=collection]",
    ),
    "failed": ("#decision li",),
}  # fmt: skip
Writer = Callable[..., Path]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Writer:
    """Writes a page, each once."""
    made: dict[tuple[str, str], Path] = {}

    def page(name: str, foul: str = "") -> Path:
        if (name, foul) not in made:
            folder = tmp_path_factory.mktemp(name)
            made[name, foul] = folder / f"{name}.html"
            made[name, foul].write_text(_html(name, folder, foul), encoding="utf-8")
        return made[name, foul]

    return page


def _html(name: str, folder: Path, foul: str) -> str:
    if name == "nightly":
        return as_html(nights.nightly(folder, foul))
    return pages(nights.decision(foul, waived=name == "conditional"))["release.html"]


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_said_on_the_console_and_nothing_is_fetched(view: View, written: Writer, name: str) -> None:
    driver = view(written(name))
    assert driver.get_log("browser") == []
    assert fetched(driver) == []


def test_what_changed_stands_first_and_figures_over_time_last(view: View, written: Writer) -> None:
    driver = view(written("nightly"))
    sections = [section.get_attribute("id") for section in driver.find_elements(By.CSS_SELECTOR, "main > *")]
    assert (sections[0], sections[-1]) == ("changed", "time")


def test_the_gravest_change_is_seen_without_scrolling(view: View, written: Writer) -> None:
    first = view(written("nightly")).find_element(By.CSS_SELECTOR, "#changed .finding .message")
    assert first.text.startswith("pass → fail")
    assert first.rect["y"] + first.rect["height"] < 800


def test_every_figure_over_time_is_told_in_words_and_in_numbers(view: View, written: Writer) -> None:
    driver = view(written("nightly"))
    pictures = driver.find_elements(By.CSS_SELECTOR, "#time figure svg")
    names = [name.split(" of ")[0] for name in (p.accessible_name for p in pictures if p.aria_role == "image")]
    assert names == ["count/fail", "numerics.values", "samples/latency"]
    assert len(driver.find_elements(By.CSS_SELECTOR, "#time figure details td")) >= 3 * nights.NIGHTS


def test_the_night_after_which_a_figure_is_another_is_named(view: View, written: Writer) -> None:
    told = [item.text for item in view(written("nightly")).find_elements(By.CSS_SELECTOR, "#time > ul li")]
    assert len(told) == 2
    assert all("2026-11-10T04:05Z on; what differs there: packages: torch: 2.8.0 → 2.9.0" in text for text in told)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_its_window(view: View, written: Writer, name: str, width: int) -> None:
    driver = view(written(name), width)
    assert width_of(driver) <= width
    assert sticking_out(driver) == []


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", PAGES)
def test_every_table_is_read_without_scrolling_sideways(view: View, written: Writer, name: str, width: int) -> None:
    script = "return [...document.querySelectorAll('.scroll')].map((e) => [e.ariaLabel, e.scrollWidth - e.clientWidth])"
    assert [(label, over) for label, over in view(written(name), width).execute_script(script) if over > 0] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_long_words_from_outside_do_not_widen_a_page(view: View, written: Writer, name: str, width: int) -> None:
    driver = view(written(name, "x" * 300), width)
    assert width_of(driver) <= width
    assert sticking_out(driver) == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", PAGES)
def test_every_text_stands_out_from_what_is_behind_it(view: View, written: Writer, name: str, dark: bool) -> None:
    assert faint(view(written(name), dark=dark)) == []


@pytest.mark.parametrize("name", PAGES)
def test_planted_scripts_are_not_run(view: View, written: Writer, name: str) -> None:
    driver = view(written(name, PLANTED))
    counts = "return [window.planted, document.scripts.length, document.images.length]"
    assert driver.execute_script(counts) == [None, 1, 0]
    assert driver.get_log("browser") == []


@pytest.mark.parametrize("name", PAGES)
def test_planted_text_is_shown_as_it_is(view: View, written: Writer, name: str) -> None:
    script = "return [...document.querySelectorAll(arguments[0])].some((e) => e.textContent.includes(arguments[1]))"
    driver = view(written(name, PLANTED))
    assert [place for place in FOREIGN[name] if not driver.execute_script(script, place, PLANTED)] == []


@pytest.mark.parametrize("text", ["out of order ", "火星", "<&>"])
def test_a_night_of_5000_changes_is_under_3_mb(text: str) -> None:
    told = as_html(Nightly(nights.run(), nights.of_many(5_000, text * 100)))
    assert len(told.encode()) < 3e6
    assert told.count("<article") > 5_000


def test_a_night_of_5000_changes_is_no_wider_than_a_phone(view: View, tmp_path: Path) -> None:
    page = tmp_path / "nightly.html"
    page.write_text(as_html(Nightly(nights.run(), nights.of_many(5_000, "out of order"))), encoding="utf-8")
    assert width_of(view(page, 360)) <= 360
