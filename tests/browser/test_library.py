"""The library in a real browser: files come in, are read, go wrong, go to parts and come back, for all who look."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.pixels import look_at
from tests.support import step_text

DEMO = Path(__file__).resolve().parents[2] / "utils/demo/step"
READ_MS = 120_000
# Enough to keep the server busy while the last one is stopped.
_MANY = ["gearbox.step", "drive-side-plate.step", "frame-tube-2x1.step", "winch-drum.step"]
_DROP = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name));
  const about = { dataTransfer: data, bubbles: true, cancelable: true };
  const main = document.querySelector('main');
  for (const kind of ['dragenter', 'dragover', 'drop']) main.dispatchEvent(new DragEvent(kind, about));
}"""


@pytest.fixture
def library(open_page, server) -> Callable[..., Page]:
    """Opens the library in a browser of its own."""

    def opened(**context: object) -> Page:
        page: Page = open_page(**context)
        page.goto(f"{server.url}/library")
        expect(page.get_by_role("button", name="What to read")).to_be_visible()
        return page

    return opened


def _drop(page: Page, name: str, text: str) -> None:
    page.evaluate(_DROP, [name, text])


def _card(page: Page, name: str) -> Locator:
    return page.locator("[data-file]", has=page.get_by_role("link", name=name, exact=True))


def _ready(page: Page, name: str) -> Locator:
    """The file's card, once its picture is there."""
    card = _card(page, name)
    expect(card.locator("img")).to_be_visible(timeout=READ_MS)
    return card


def _choose(page: Page, name: str, item: str) -> None:
    page.get_by_role("button", name=f"More for {name}").click()
    page.get_by_role("menuitem", name=item).click()


def _tray(page: Page) -> Locator:
    return page.locator("section.tray")


def test_a_dropped_file_appears_is_read_and_gets_its_picture_without_a_reload(library, shot):
    page = library()
    _drop(page, "dropped plate.step", step_text.box(60, 40, 5, name="Plate"))
    card = _card(page, "dropped plate.step")
    expect(card).to_be_visible()
    expect(_tray(page).get_by_role("link", name="dropped plate.step")).to_be_visible()
    _ready(page, "dropped plate.step")
    expect(card.get_by_text("60 × 40 × 5 mm")).to_be_visible()
    expect(card.get_by_role("progressbar")).to_be_hidden(timeout=READ_MS)
    assert look_at(card.locator("img")).shape > 0.05, "the picture shows the part"
    shot(page, "library")


def test_an_assembly_says_how_many_parts_and_pieces_and_is_found_by_a_part_inside(library):
    page = library()
    _drop(page, "frame.step", step_text.assembly(name="Frame"))
    _drop(page, "lonely.step", step_text.box(11, 12, 13, name="Lonely"))
    expect(_ready(page, "frame.step").get_by_text("2 parts, 5 pieces")).to_be_visible(timeout=READ_MS)
    _ready(page, "lonely.step")
    page.get_by_role("searchbox", name="Search files").fill("foot")
    expect(_card(page, "lonely.step")).to_be_hidden()
    expect(_card(page, "frame.step")).to_be_visible()
    page.get_by_role("button", name="Failed", exact=True).click()
    expect(page.get_by_role("heading", name="No file fits.")).to_be_visible()
    page.get_by_role("button", name="Clear filters").click()
    expect(_card(page, "lonely.step")).to_be_visible()


def test_a_damaged_file_says_why_and_can_be_tried_again(library, shot):
    page = library()
    _drop(page, "damaged.step", step_text.cut_off(step_text.box(10, 10, 10)))
    card = _card(page, "damaged.step")
    expect(card.get_by_text(re.compile("cut off in line"))).to_be_visible(timeout=READ_MS)
    with page.expect_response(re.compile("/retry$")) as tried:
        card.get_by_role("button", name="Try again").click()
    assert tried.value.status == 202
    expect(card.get_by_role("button", name="Try again")).to_be_enabled(timeout=READ_MS)
    shot(page, "library-damaged")

    card.get_by_role("link", name="damaged.step").click()
    expect(page.get_by_text("The file is kept.")).to_be_visible()
    page.get_by_label(re.compile("^Log of")).first.click()
    expect(page.locator("pre")).to_contain_text("cut off in line")


def test_what_is_no_step_file_is_told_in_the_tray_and_never_sent(library):
    page = library()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "/upload" in request.url else None)
    _drop(page, "notes.step", "just words")
    expect(_tray(page).get_by_role("alert")).to_contain_text("not STEP inside")
    assert sent == []


def test_a_deleted_file_comes_back_with_undo_in_every_browser(library):
    first, second = library(), library()
    _drop(first, "gone and back.step", step_text.box(21, 8, 8))
    _ready(first, "gone and back.step")
    expect(_card(second, "gone and back.step").locator("img")).to_be_visible(timeout=READ_MS)
    _choose(first, "gone and back.step", "Delete")
    expect(_card(first, "gone and back.step")).to_be_hidden()
    expect(_card(second, "gone and back.step")).to_be_hidden()
    first.get_by_role("button", name="Undo").click()
    expect(_card(first, "gone and back.step")).to_be_visible()
    expect(_card(second, "gone and back.step")).to_be_visible()


def test_an_attached_file_shows_on_the_part_and_undo_takes_it_back(library, server):
    part = server.api("POST", "/api/parts/", {"name": "Waiting for its CAD"})
    page, other = library(), library()
    _drop(page, "cad of it.step", step_text.box(33, 22, 11))
    _ready(page, "cad of it.step")
    _choose(page, "cad of it.step", "Attach to part…")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name or number of the part").fill("waiting for")
    dialog.get_by_role("button", name=re.compile("Waiting for its CAD")).click()
    expect(dialog).to_be_hidden()
    for one in (page, other):
        expect(_card(one, "cad of it.step")).to_be_hidden()
    other.goto(f"{server.url}/parts/{part['id']}")
    expect(other.get_by_text("33 × 22 × 11 mm").first).to_be_visible()

    page.get_by_role("button", name="Undo").click()
    expect(_card(page, "cad of it.step")).to_be_visible()
    assert server.api("GET", f"/api/parts/{part['id']}")["model"] is None


def test_why_a_file_is_not_attached_is_explained(library, server, watch):
    parts = [server.api("POST", "/api/parts/", {"name": name})["id"] for name in ("Has it", "Wants it too")]
    page = library()
    _drop(page, "wanted by two.step", step_text.box(9, 9, 9))
    _ready(page, "wanted by two.step")
    file = int(_card(page, "wanted by two.step").get_attribute("data-file") or 0)
    _choose(page, "wanted by two.step", "Attach to part…")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name or number of the part").fill("wants it too")
    watch.allow("409")
    server.api("PATCH", f"/api/models/{file}", {"part": parts[0]})
    dialog.get_by_role("button", name=re.compile("Wants it too")).click()
    expect(page.get_by_text(re.compile("is revision A of .*Has it.* already"))).to_be_visible()


def test_a_part_is_made_from_a_file_and_undone(library, server):
    page = library()
    _drop(page, "bearing_block-v2.step", step_text.box(44, 30, 12))
    _ready(page, "bearing_block-v2.step")
    _choose(page, "bearing_block-v2.step", "Make a part from it")
    expect(page.get_by_role("heading", name="Bearing block v2")).to_be_visible()
    expect(page.get_by_text("44 × 30 × 12 mm").first).to_be_visible()
    part = int(page.url.rsplit("/", 1)[1])
    assert server.api("GET", f"/api/parts/{part}")["category"] == "review"
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url(re.compile(r"/library/\d+$"))
    page.get_by_role("link", name="Library").first.click()
    expect(_card(page, "bearing_block-v2.step")).to_be_visible()


def test_only_what_was_chosen_is_read_and_the_choice_is_remembered(library, server):
    page = library()
    page.get_by_role("button", name="What to read").click()
    page.get_by_label("Drawing", exact=True).uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.get_by_role("button", name="What to read").click()
    expect(page.get_by_label("Drawing", exact=True)).not_to_be_checked()
    page.keyboard.press("Escape")
    _drop(page, "no drawing.step", step_text.box(17, 7, 7))
    file = _ready(page, "no drawing.step").get_attribute("data-file")
    assert server.api("GET", f"/api/models/{file}")["options"]["diagram"] is False


def test_the_page_of_a_file_shows_all_that_was_read_and_packs_it(library, server, shot):
    page = library()
    page.locator("main input[type=file]").set_input_files(str(DEMO / "gearbox.step"))
    _ready(page, "gearbox.step").get_by_role("link", name="gearbox.step").click()
    expect(page.locator("[data-viewer=shown]")).to_be_visible(timeout=READ_MS)
    expect(page.get_by_role("heading", name=re.compile("^Bill of materials"))).to_be_visible(timeout=READ_MS)
    everything = page.get_by_role("link", name="Everything as ZIP")
    expect(everything).to_be_visible()
    with page.expect_download() as taken:
        everything.click()
    assert taken.value.suggested_filename == "gearbox.zip"
    assert Path(taken.value.path()).read_bytes()[:2] == b"PK"
    shot(page, "file")


def test_what_the_server_does_is_seen_with_who_started_it(library):
    page = library()
    _drop(page, "in work.step", step_text.box(15, 15, 3))
    page.get_by_role("button", name=re.compile("Account and theme")).click()
    page.get_by_role("menuitem", name="What the server is doing").click()
    row = page.locator("[data-job]", has=page.get_by_role("link", name="in work.step"))
    expect(row).to_be_visible()
    expect(row.get_by_text("Admin")).to_be_visible()
    expect(row.get_by_text(re.compile("Done"))).to_be_visible(timeout=READ_MS)


def test_a_drawing_that_the_part_does_not_allow_is_no_fault_and_another_is_offered(library, server, shot):
    page = library()
    _drop(page, "no holes.step", step_text.box(18, 14, 6))
    file = _ready(page, "no holes.step").get_attribute("data-file")
    page.goto(f"{server.url}/library/{file}")
    sheet = page.get_by_role("region", name="Drawing from the model")
    chooser = sheet.get_by_label("What it shows")
    expect(chooser).to_be_enabled(timeout=READ_MS)
    chooser.select_option("holes")
    expect(sheet.get_by_text(re.compile("no round holes"))).to_be_visible(timeout=READ_MS)
    expect(page.get_by_role("button", name="Try again")).to_have_count(0)
    expect(page.get_by_text("Done, without the drawing")).to_have_count(1)
    shot(page, "file-no-holes")

    page.goto(f"{server.url}/jobs")
    row = page.locator("[data-job]", has=page.get_by_role("link", name="no holes.step")).first
    expect(row.get_by_text(re.compile("Done, without the drawing"))).to_be_visible()
    expect(row.get_by_text(re.compile("no round holes"))).to_be_visible()
    expect(row.get_by_role("button", name="Try again")).to_have_count(0)

    page.go_back()
    expect(chooser).to_be_enabled(timeout=READ_MS)
    chooser.select_option("external")
    expect(sheet.get_by_role("img")).to_be_visible(timeout=READ_MS)
    expect(sheet.get_by_text(re.compile("no round holes"))).to_be_hidden()


def test_reading_can_be_stopped_while_it_waits_and_taken_up_again(library):
    page = library()
    page.locator("main input[type=file]").set_input_files([str(DEMO / name) for name in _MANY])
    card = _card(page, _MANY[-1])
    card.get_by_role("button", name=f"Stop reading {_MANY[-1]}").click()
    expect(card.get_by_role("button", name="Try again")).to_be_visible(timeout=READ_MS)
    card.get_by_role("button", name="Try again").click()
    _ready(page, _MANY[-1])


def test_a_file_is_opened_and_its_menu_reached_by_keys_alone(library, server):
    page = library()
    _drop(page, "by keys.step", step_text.box(12, 6, 3))
    _ready(page, "by keys.step")
    link = _card(page, "by keys.step").get_by_role("link", name="by keys.step")
    link.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Attach to part…")).to_be_focused()
    page.keyboard.press("Enter")
    field = page.get_by_label("Name or number of the part")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    expect(page.get_by_role("button", name="More for by keys.step")).to_be_focused()
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="by keys.step")).to_be_visible()


def test_the_library_fits_a_phone(library):
    page = library(viewport={"width": 360, "height": 740})
    _drop(page, "a name that is quite long for a phone with one column.step", step_text.box(1, 2, 3))
    _ready(page, "a name that is quite long for a phone with one column.step")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.querySelector('main').scrollWidth <= innerWidth")


def test_a_part_without_cad_looks_unlike_one_with_a_picture_to_come(page, server):
    part = server.api("POST", "/api/parts/", {"name": "Sketched on paper"})["id"]
    card = page.locator(f"[data-part='{part}']")
    expect(card.get_by_role("img", name="No CAD")).to_be_visible()
    assert card.locator(".picture").evaluate("one => getComputedStyle(one).outlineStyle") == "dashed"
