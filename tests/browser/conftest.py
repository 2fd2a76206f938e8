"""Fixtures of the browser tests: `server`, `page`, `open_page`, `watch`, `shot`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.harness import SHOTS, RunningServer, Watch
from utils.setup import chromium

# The software GPU draws WebGL anywhere; the rest keeps Chromium from calling home.
FLAGS = [
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as `run.py test` found or fetched it; never skipped, for a missing browser is a failure."""
    program = chromium.find()
    assert program, "No Chromium was found; `python3 run.py test` gets one."
    # Chromium's own sandbox needs namespaces, which root and many containers do not give it.
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=FLAGS, chromium_sandbox=False)
        yield running
        running.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """One server for all browser tests of a run, with an empty database at first."""
    running = RunningServer(
        tmp_path_factory.mktemp("kerfline") / "data", RATE_LIMIT_DEFAULT="6000 per minute"
    )
    running.start()
    yield running
    running.stop()


@pytest.fixture
def watch(server: RunningServer) -> Iterator[Watch]:
    """Fails the test at its end when a page complained; `watch.allow(pattern)` expects a complaint."""
    watching = Watch(server.origin)
    yield watching
    watching.check()


@pytest.fixture
def open_page(browser: Browser, server: RunningServer, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Opens a page in a browser profile of its own: `open_page()`, `open_page(signed_in=False)`.

    Further words go to Playwright's new_context, such as `**playwright.devices["Pixel 7"]` or `viewport=`.
    """
    contexts = []

    def opened(signed_in: bool = True, **context: object) -> Page:
        made = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **context})  # type: ignore[arg-type]
        contexts.append(made)
        made.set_default_timeout(float(os.environ.get("KERFLINE_TEST_TIMEOUT_S", "20")) * 1000)
        if signed_in:
            answer = made.request.post(
                f"{server.url}/api/auth/session",
                data={"apiKey": server.admin_key},
                headers={"Origin": watch.origin},
            )
            assert answer.ok, answer.text()
        page = made.new_page()
        watch.over(page)
        if signed_in:
            page.goto(f"{server.url}/")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A signed-in page on the board, in a window of 1280 × 800."""
    return open_page()


@pytest.fixture
def shot() -> Callable[[Page, str], Path]:
    """Takes a picture: `shot(page, "board")` → tests/browser/shots/board.png."""

    def take(page: Page, name: str) -> Path:
        SHOTS.mkdir(exist_ok=True)
        file = SHOTS / f"{name}.png"
        page.screenshot(path=file)
        return file

    return take
