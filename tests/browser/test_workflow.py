"""The whole job in a real browser: from a STEP file to a finished part, and what goes wrong on the way."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.pixels import look_at
from tests.support import step_text


@pytest.fixture
def files(tmp_path):
    """Writes files to choose or drop: `files("plate.step", text)` → its path."""

    def write(name: str, content: str) -> str:
        path = tmp_path / name
        path.write_text(content)
        return str(path)

    return write


def _lane(page: Page, phase: str):
    return page.locator("section", has=page.get_by_role("heading", name=re.compile(f"^{phase}")))


def _add(page: Page, name: str, *, amount: int = 1, file: str | None = None) -> None:
    page.get_by_role("button", name="Add part").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_label("Quantity").fill(str(amount))
    if file:
        dialog.get_by_label("STEP file").set_input_files(file)
    dialog.get_by_role("button", name="Add part").click()
    expect(dialog).to_be_hidden()


def _shown_model(page: Page):
    pane = page.locator("[data-viewer=shown]")
    expect(pane).to_be_visible(timeout=60_000)
    canvas = pane.locator("canvas")
    expect(canvas).to_be_visible()
    return canvas


def test_from_a_step_file_to_a_finished_part(page, files, shot):
    _add(page, "Bearing block", amount=3, file=files("block.step", step_text.box(60, 40, 20, name="Block")))
    page.get_by_role("link", name="Bearing block").first.click()

    canvas = _shown_model(page)
    seen = look_at(canvas)
    assert seen.shape > 0.08, "there is a part before the ground"
    assert 0.2 < seen.width <= 1
    assert seen.colours > 8, "faces are shaded differently"
    shot(page, "part")
    expect(page.get_by_text(re.compile(r"60 × 40 × 20 mm"))).to_be_visible()

    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + 160, box["y"] + box["height"] / 2 + 40, steps=8)
    page.mouse.up()
    page.wait_for_timeout(400)
    turned = look_at(canvas)
    assert turned.png != seen.png, "it turns under the mouse"
    assert turned.shape > 0.05

    now = page.get_by_role("region", name="What to do now")
    now.get_by_role("button", name="Approve for CNC").click()
    now.get_by_role("button", name="Claim", exact=True).click()
    expect(now.get_by_text("You have had this")).to_be_visible()
    now.get_by_role("button", name="One fewer").click()
    now.get_by_role("button", name="2 made").click()
    expect(now.get_by_text("2 of 3 made")).to_be_visible()
    now.get_by_role("button", name="Done").click()
    expect(now.get_by_role("button", name="Reopen")).to_be_visible()

    page.get_by_role("link", name="Board").click()
    expect(_lane(page, "Completed").get_by_role("link", name="Bearing block")).to_be_visible()
    shot(page, "board")


def test_a_link_signs_in_once(open_page, server, watch):
    link = server.sign_in_link()
    page = open_page(signed_in=False)
    page.goto(link)
    expect(page.get_by_role("link", name="Board")).to_be_visible()
    assert "token" not in page.url
    watch.allow("401")
    second = open_page(signed_in=False)
    second.goto(link)
    expect(second.get_by_role("alert")).to_be_visible()


def test_a_claim_shows_in_another_browser_and_cannot_be_made_twice(open_page, server, watch):
    part = server.api("POST", "/api/parts/", {"name": "Wanted by two", "category": "cnc"})["id"]
    first, second = open_page(), open_page()
    watch.allow("409")
    server.api("POST", f"/api/parts/{part}/assign", {"assigned": "Ana"})
    for page in (first, second):
        card = page.locator(f"[data-part='{part}']")
        expect(card.get_by_text("Ana")).to_be_visible(timeout=5_000)
    assert server.api("GET", f"/api/parts/{part}")["assigned"] == "Ana"


def test_a_loser_of_a_race_reads_who_has_the_part(open_page, server, watch):
    part = server.api("POST", "/api/parts/", {"name": "Raced for", "category": "cnc"})["id"]
    page = open_page()
    watch.allow("409")
    card = page.locator(f"[data-part='{part}']")
    expect(card).to_be_visible()

    # The other one is faster by less than a live event takes: the page does not know yet.
    def ana_first(route: Route) -> None:
        server.api("POST", f"/api/parts/{part}/assign", {"assigned": "Ana"})
        route.continue_()

    page.route("**/assign", ana_first)
    card.get_by_role("button", name=re.compile("Claim:")).click()
    expect(page.get_by_text(re.compile("Ana has had this")).first).to_be_visible()
    assert server.api("GET", f"/api/parts/{part}")["assigned"] == "Ana"


def test_a_broken_file_says_why_and_the_good_preview_stays(page, server, files, shot):
    part = server.api("POST", "/api/parts/", {"name": "Cut off later"})["id"]
    page.goto(f"{server.url}/parts/{part}")
    good = step_text.box(30, 20, 10)
    chooser = page.locator("input[type=file]").first
    chooser.set_input_files(files("good.step", good))
    _shown_model(page)
    chooser.set_input_files(files("cut.step", step_text.cut_off(good)))
    expect(page.get_by_text(re.compile("cut off in line")).first).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    assert look_at(_shown_model(page)).shape > 0.05
    shot(page, "failed-revision")


def test_a_refused_file_says_so_and_stores_nothing(page, server, files, watch):
    part = server.api("POST", "/api/parts/", {"name": "Refuses words"})["id"]
    watch.allow("415")
    page.goto(f"{server.url}/parts/{part}")
    page.locator("input[type=file]").first.set_input_files(files("words.step", "These are only words."))
    expect(page.get_by_text(re.compile("not a file that Kerfline takes")).first).to_be_visible()
    assert server.api("GET", f"/api/parts/{part}/revisions")["models"] == []


def test_html_in_every_text_is_text(page, server):
    evil = "<img src=x onerror=document.title='run'><b>bold</b>"
    fields = ("name", "notes", "subsystem", "material", "materialThickness", "storage", "partId")
    part = server.api("POST", "/api/parts/", dict.fromkeys(fields, evil) | {"customFields": {evil: evil}})[
        "id"
    ]
    server.api("POST", f"/api/parts/{part}/comments", {"text": evil})
    for address in (f"/parts/{part}", "/", "/table", "/activity", "/stats"):
        page.goto(server.url + address)
        expect(page.get_by_text("<b>bold</b>").first).to_be_visible()
        assert page.title() != "run"
        assert page.locator("img[src=x]").count() == 0


def test_search_answers_as_one_types_and_lives_in_the_address(page, server):
    for name in ("Gusset 50% left", "Gusset right"):
        server.api("POST", "/api/parts/", {"name": name})
    page.goto(f"{server.url}/table")
    page.get_by_role("searchbox").fill("%")
    expect(page.get_by_role("link", name="Gusset 50% left")).to_be_visible()
    expect(page.get_by_role("link", name="Gusset right")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"%25"))
    page.reload()
    expect(page.get_by_role("link", name="Gusset 50% left")).to_be_visible()


def test_a_deleted_part_comes_back_by_undo(page, server):
    part = server.api("POST", "/api/parts/", {"name": "Deleted by a slip"})["id"]
    card = page.locator(f"[data-part='{part}']")
    expect(card).to_be_visible()
    card.get_by_role("button", name=re.compile("More for")).click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(card).to_be_hidden()
    page.get_by_role("button", name="Undo").click()
    expect(card).to_be_visible()


def test_it_works_with_one_thumb_on_a_phone(open_page, server, shot):
    part = server.api("POST", "/api/parts/", {"name": "Made on the phone", "category": "hand"})["id"]
    page = open_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page.get_by_role("button", name=re.compile(r"^Hand\b")).tap()
    card = page.locator(f"[data-part='{part}']")
    card.get_by_role("button", name=re.compile("Claim:")).tap()
    expect(card.get_by_role("button", name=re.compile("Done:"))).to_be_visible()
    card.get_by_role("button", name=re.compile("Done:")).tap()
    page.get_by_role("button", name=re.compile(r"^Completed\b")).tap()
    expect(page.locator(f"[data-part='{part}']")).to_be_visible()
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, "nothing hangs over the side"
    shot(page, "phone")
