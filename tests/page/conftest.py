"""One headless Chromium for all tests of pages, without a network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from selenium import webdriver

from harness.core.run import Run
from reports.formats.html import render

#: "required": a machine without a browser fails these tests; otherwise they are skipped there.
WANTED = os.environ.get("RERANK_HARNESS_TEST_BROWSER")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The browser, by its driver."""
    names = ("chromium", "chromium-browser", "google-chrome")
    binary, driver = next(filter(None, map(shutil.which, names)), None), shutil.which("chromedriver")
    if binary is None or driver is None:
        reason = "Chromium or its driver is not on PATH; Debian: apt-get install chromium chromium-driver"
        (pytest.fail if WANTED == "required" else pytest.skip)(reason)
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for argument in ("--headless=new", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND"):
        options.add_argument(argument)
    if os.geteuid() == 0:  # Chromium's sandbox refuses root
        options.add_argument("--no-sandbox")
    with webdriver.Chrome(options=options, service=webdriver.ChromeService(driver)) as chromium:
        yield chromium


@pytest.fixture
def view(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page as a reader would see it: `width` of the window in pixels, dark or not, with scripts or without."""

    def opened(page: Path, width: int = 1280, dark: bool = False, scripts: bool = True) -> Any:
        features = {"prefers-color-scheme": "dark" if dark else "light", "prefers-reduced-motion": "reduce"}
        media = [{"name": name, "value": value} for name, value in features.items()]
        screen = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "screen", "features": media})
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not scripts})
        browser.get(page.as_uri())
        return browser

    yield opened
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    browser.get("about:blank")
    browser.get_log("browser")


@pytest.fixture(scope="session")
def page(demo: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the demo's run."""
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(render(Run.of(demo.events())), encoding="utf-8")
    return path
