"""/docs and /redoc in a real browser: they show the API, with nothing refused and nothing from elsewhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.harness import RunningServer, Watch


@pytest.fixture(scope="module")
def under_parts(tmp_path_factory):
    """A server below a base path."""
    running = RunningServer(tmp_path_factory.mktemp("based") / "data", BASE_PATH="/parts")
    running.start()
    yield running
    running.stop()


def test_swagger_ui_shows_the_operations(open_page, server, shot):
    page = open_page(signed_in=False)
    page.goto(f"{server.url}/docs")
    expect(page).to_have_title("Kerfline API · Swagger UI")
    expect(page.get_by_role("heading", name="Kerfline")).to_be_visible()
    expect(page.get_by_text("Claim the part for a person").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    shot(page, "docs")


def test_swagger_ui_sends_a_request_with_the_key_it_was_given(open_page, server, shot):
    made = server.api("POST", "/api/parts/", {"name": "Gusset of the documentation"})
    page = open_page(signed_in=False)
    page.goto(f"{server.url}/docs")
    page.get_by_role("button", name="Authorize").first.click()
    key = page.locator(".modal-ux .auth-container", has_text="X-API-Key")
    key.get_by_role("textbox").fill(server.admin_key)
    key.get_by_role("button", name="Apply credentials").click()
    page.get_by_role("button", name="Close").first.click()

    shown = page.locator("#operations-parts-parts_show")
    shown.locator(".opblock-summary-control").click()
    shown.get_by_role("button", name="Try it out").click()
    shown.get_by_placeholder("part_id").fill(str(made["id"]))
    with page.expect_response(f"**/api/parts/{made['id']}") as answered:
        shown.get_by_role("button", name="Execute").click()
    assert answered.value.request.headers["x-api-key"] == server.admin_key
    assert answered.value.json()["name"] == made["name"]
    expect(shown.locator(".live-responses-table .microlight").first).to_contain_text(made["name"])
    shot(page, "docs-tried")


def test_redoc_shows_and_finds_the_operations(open_page, server, shot):
    page = open_page(signed_in=False)
    page.goto(f"{server.url}/redoc")
    expect(page).to_have_title("Kerfline API · ReDoc")
    expect(page.get_by_role("heading", name="Claim the part for a person")).to_be_attached()
    # Its rules stand in a style element made by script: without them nothing would be beside the menu.
    menu = page.locator(".menu-content").bounding_box()
    content = page.locator(".api-content").bounding_box()
    assert menu
    assert content
    assert content["x"] >= menu["x"] + menu["width"] > 100
    # The search runs in a worker.
    page.get_by_role("textbox", name="Search").press_sequentially("claim")
    expect(page.locator("[data-role='search:results']")).to_contain_text("Claim the part for a person")
    shot(page, "redoc")


@pytest.mark.parametrize("path", ["docs", "redoc"])
def test_both_work_below_a_base_path(browser, under_parts, path):
    watching = Watch(under_parts.origin)
    with browser.new_context() as context:
        page = context.new_page()
        watching.over(page)
        page.goto(f"{under_parts.url}/{path}")
        expect(page.get_by_text("Claim the part for a person").locator("visible=true").first).to_be_visible()
        bar = page.get_by_role("navigation", name="API documentation")
        document = bar.get_by_role("link", name="openapi.json").get_attribute("href")
        assert page.request.get(f"{under_parts.origin}{document}").json()["servers"] == [{"url": "/parts"}]
    watching.check()
