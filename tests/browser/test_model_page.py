"""What was read from a STEP file, in a browser: questions that light faces, parts shown alone, pictures, the sheet."""

from __future__ import annotations

import io
import re
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Position, expect

from tests.browser.pixels import look_at
from tests.support import step_text

DEMO = Path(__file__).resolve().parents[2] / "utils/demo/step"
OVER = {"completed", "failed", "canceled", "expired"}

# Names every control that a screen reader would find nameless, and every id that is there twice.
_FAULTS = """() => {
  const seen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: false });
  const named = (e) => (e.getAttribute('aria-label') || e.textContent || e.title || '').trim() !== ''
    || (e.getAttribute('aria-labelledby') || '').split(' ')
      .some((id) => document.getElementById(id)?.textContent.trim())
    || (e.labels && e.labels.length > 0) || e.querySelector('img[alt]:not([alt=""])') !== null;
  const faults = [...document.querySelectorAll('button, a[href], input, select, textarea, [role=table], dialog')]
    .filter((e) => seen(e) && !named(e)).map((e) => `no name: ${e.outerHTML.slice(0, 160)}`);
  const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
  faults.push(...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `id twice: ${id}`));
  faults.push(...[...document.querySelectorAll('img:not([alt])')].map((e) => `no alt: ${e.src}`));
  return faults;
}"""


@pytest.fixture(scope="module")
def sent(browser, server):
    """Sends a STEP file to a new part: `sent("Plate", path or text)` → its id; waits for the reading's end."""
    context = browser.new_context(extra_http_headers={"X-API-Key": server.admin_key})

    def send(name: str, content: Path | str, *, wait: bool = True) -> int:
        part: int = server.api("POST", "/api/parts/", {"name": name, "category": "cnc"})["id"]
        body = content.read_bytes() if isinstance(content, Path) else content.encode()
        file = {"name": "part.step", "mimeType": "model/step", "buffer": body}
        answer = context.request.post(f"{server.url}/api/parts/{part}/upload", multipart={"file": file})
        assert answer.ok, answer.text()
        model = answer.json()["model"]["id"]
        until = time.monotonic() + 120
        while wait and time.monotonic() < until:
            jobs = server.api("GET", f"/api/models/{model}")["jobs"]
            if all(job["status"] in OVER for job in jobs):
                break
            time.sleep(0.2)
        return part

    yield send
    context.close()


@pytest.fixture(scope="module")
def block(sent):
    """A part of one box, 40 × 30 × 20 mm."""
    return sent("Solid block", step_text.box(40, 30, 20))


@pytest.fixture(scope="module")
def gearbox(sent):
    """The demo's gearbox: 21 different parts, 70 in all."""
    return sent("Gearbox", DEMO / "gearbox.step")


def _open(page: Page, server, part: int) -> Locator:
    page.goto(f"{server.url}/parts/{part}")
    canvas = page.locator("[data-viewer=shown] canvas")
    expect(canvas).to_be_visible(timeout=60_000)
    expect(_field(page)).to_be_visible()
    return canvas


def _field(page: Page) -> Locator:
    return page.get_by_label("Ask about this model")


def _ask(page: Page, question: str) -> None:
    _field(page).fill(question)
    _field(page).press("Enter")


def _accent(thing: Locator) -> float:
    """The share of a picture that has the accent colour's hue: much green and blue, little red."""
    thing.page.wait_for_timeout(400)  # the camera glides
    picture = np.asarray(Image.open(io.BytesIO(thing.screenshot())).convert("RGB")).astype(int)
    red, green, blue = picture[..., 0], picture[..., 1], picture[..., 2]
    return float(((green > red + 35) & (blue > red + 35) & (abs(green - blue) < 60)).mean())


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_answer_lights_the_faces_that_prove_it(open_page, server, sent, shot, theme):
    page = open_page(color_scheme=theme, viewport={"width": 1440, "height": 900})
    part = sent(f"Inner plate, {theme}", DEMO / "gearbox-plate-inner.step")
    canvas = _open(page, server, part)
    assert _accent(canvas) < 0.001
    _ask(page, "holes")
    expect(page.get_by_text(re.compile("^18 holes"))).to_be_visible()
    all_holes = _accent(canvas)
    assert all_holes > 0.02
    page.get_by_role("table").get_by_role("button").first.click()
    assert 0 < _accent(canvas) < all_holes * 0.8, "a row lights its own faces"
    shot(page, f"model-holes-{theme}")
    page.get_by_role("button", name="Close the answer").click()
    assert _accent(canvas) < 0.001
    assert page.evaluate(_FAULTS) == []


def test_a_face_shines_through_what_lies_before_it(page, server, block):
    canvas = _open(page, server, block)
    shares = []
    for face in range(1, 7):
        _ask(page, f"face {face}")
        expect(page.get_by_text(re.compile(f"^Face {face}:"))).to_be_visible()
        shares.append(_accent(canvas))
    assert min(shares) > 0.02, "the three at the back can be seen too"


def test_a_face_is_asked_about_by_pointing_at_it(page, server, block):
    canvas = _open(page, server, block)
    box = canvas.bounding_box()
    assert box
    middle: Position = {"x": box["width"] / 2, "y": box["height"] / 2}
    canvas.hover(position=middle)
    expect(page.get_by_text(re.compile(r"^Face \d · flat"))).to_be_visible()
    canvas.click(position=middle)
    assert _accent(canvas) > 0.01
    page.get_by_role("button", name="Ask about it").click()
    expect(_field(page)).to_be_focused()
    first = _field(page).input_value()
    assert re.fullmatch(r"face \d", first)
    canvas.click(position={"x": middle["x"] - box["width"] * 0.1, "y": middle["y"] + box["height"] * 0.12})
    expect(_field(page)).to_have_value(re.compile(rf"distance between {first} and face \d"))
    _field(page).press("Enter")
    expect(page.get_by_text("Angle")).to_be_visible()
    canvas.click(position={"x": 12, "y": 12})
    assert _accent(canvas) < 0.001, "a tap beside the part puts the light out"


def test_a_question_that_is_not_understood_names_the_word_and_offers_others(page, server, block, watch):
    _open(page, server, block)
    watch.allow("422")
    _ask(page, "wobble of it")
    answer = page.get_by_role("region", name="Questions")
    expect(answer.get_by_text(re.compile("wobble.*not understood"))).to_be_visible()
    page.get_by_role("list", name="You can ask").get_by_role("button", name="volume", exact=True).click()
    expect(answer.get_by_text(re.compile(r"^The volume is 24,000"))).to_be_visible()


def test_a_question_asked_too_early_is_answered_when_the_file_is_read(page, server, sent, watch):
    part = sent("Asked early", DEMO / "gearbox.step", wait=False)
    watch.allow("409")
    page.goto(f"{server.url}/parts/{part}")
    expect(_field(page)).to_be_visible(timeout=60_000)
    _ask(page, "how many parts")
    expect(page.get_by_text(re.compile("^70 parts|70 parts"))).to_be_visible(timeout=60_000)


def test_a_line_of_the_parts_list_shows_its_part_alone(page, server, gearbox, shot):
    canvas = _open(page, server, gearbox)
    whole = look_at(canvas).dark
    washer = page.get_by_role("button", name="Washer #10", exact=True).first
    washer.click()
    page.mouse.move(5, 5)
    expect(page.get_by_text("Only Washer #10")).to_be_visible()
    page.wait_for_timeout(400)
    alone = look_at(canvas)
    assert alone.dark < whole / 2, "the others lose their edges and shade"
    shot(page, "model-alone")
    page.get_by_role("button", name="Show all", exact=True).click()
    page.wait_for_timeout(400)
    assert look_at(canvas).dark == pytest.approx(whole, rel=0.2)
    expect(washer).to_have_attribute("aria-pressed", "false")


def test_a_parts_list_folds_is_searched_and_taken_away(page, server, gearbox):
    _open(page, server, gearbox)
    table = page.get_by_role("table", name=re.compile("Bill of materials"))
    lines = table.locator("[data-path]")
    page.get_by_role("button", name=re.compile("^Show all 40 lines")).click()
    expect(lines).to_have_count(40)
    page.get_by_role("button", name="Close Housing").click()
    assert lines.count() < 40
    page.get_by_label("Search the parts list").fill("standoff")
    expect(lines).to_have_count(3)
    for name in ("CSV", "Excel"):
        href = page.get_by_role("link", name=name, exact=True).get_attribute("href")
        assert page.context.request.get(f"{server.origin}{href}").ok
    assert page.evaluate(_FAULTS) == []


def test_pictures_are_stepped_through_with_the_keys(page, server, block):
    _open(page, server, block)
    front = page.get_by_role("button", name="Show Front large")
    front.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Front")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(dialog.get_by_text("2 of 8")).to_be_visible()
    assert dialog.get_by_role("img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 512
    assert page.evaluate(_FAULTS) == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(front).to_be_focused()


def test_the_sheet_is_drawn_again_to_show_something_else(page, server, sent):
    part = sent("Drawn twice", DEMO / "corner-gusset.step")
    _open(page, server, part)
    sheet = page.get_by_role("img", name=re.compile("^Drawing sheet of"))
    expect(sheet).to_be_visible()
    before = sheet.get_attribute("src")
    page.get_by_label("What it shows").select_option("holes")
    expect(sheet).not_to_have_attribute("src", before or "", timeout=60_000)
    assert sheet.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    for name in ("PDF", "SVG", "DXF"):
        href = page.get_by_role("link", name=f"Download the drawing as {name}").get_attribute("href")
        assert page.context.request.get(f"{server.origin}{href}").ok


def test_a_picture_stands_in_where_there_is_no_webgl(open_page, server, block):
    page = open_page()
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto(f"{server.url}/parts/{block}")
    picture = page.get_by_role("img", name="Picture of Solid block")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    expect(page.get_by_text(re.compile("cannot show 3D"))).to_be_visible()
    _ask(page, "volume")
    expect(page.get_by_text(re.compile(r"^The volume is 24,000"))).to_be_visible()


def test_a_file_of_triangles_says_why_there_is_no_drawing_and_no_answer(page, server, sent, shot):
    step = step_text.StepText(
        schema="AP242_MANAGED_MODEL_BASED_3D_ENGINEERING_MIM_LF { 1 0 10303 442 1 1 4 }"
    )
    corners = step.add("COORDINATES_LIST('',4,((0.,0.,0.),(10.,0.,0.),(0.,10.,0.),(0.,0.,10.)))")
    sides = ["((1,3,2))", "((1,2,4))", "((2,3,4))", "((1,4,3))"]
    faces = [step.add(f"TRIANGULATED_FACE('',{corners},4,((0.,0.,1.)),$,(),{side})") for side in sides]
    step.product("Tetrahedron", [step.add(f"TESSELLATED_SHELL('',({','.join(faces)}),$)")])
    text = step.text().replace("ADVANCED_BREP_SHAPE_REPRESENTATION", "TESSELLATED_SHAPE_REPRESENTATION")
    page.goto(f"{server.url}/parts/{sent('Triangles', text)}")
    why = re.compile("triangles only.*Export it again")
    expect(page.get_by_role("region", name="Drawing from the model").get_by_text(why)).to_be_visible(
        timeout=60_000
    )
    expect(page.get_by_role("region", name="Questions").get_by_text(why)).to_be_visible()
    expect(_field(page)).to_have_count(0)
    expect(page.get_by_role("list", name="For example")).to_have_count(0)
    shot(page, "model-triangles")


def test_markup_in_names_of_a_file_is_text(page, server, sent):
    evil = "<img src=x onerror=document.title=1>"
    part = sent("Evil file", step_text.assembly(name=evil))
    _open(page, server, part)
    line = page.get_by_role("button", name=evil, exact=True).first
    line.click()
    expect(page.get_by_text(f"Only {evil}")).to_be_visible()
    assert page.locator("img[src=x]").count() == 0


def test_all_of_it_fits_a_phone(open_page, server, gearbox, shot):
    page = open_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    canvas = _open(page, server, gearbox)
    expect(page.get_by_role("button", name="Claim", exact=True)).to_be_in_viewport()
    _ask(page, "holes diameter < 6 through")
    expect(page.get_by_text(re.compile("^38 through holes"))).to_be_visible()
    shot(page, "model-phone")
    for holder in ("document.documentElement", "document.querySelector('#main')"):
        assert page.evaluate(f"{holder}.scrollWidth - {holder}.clientWidth") <= 0, (
            "nothing hangs over the side"
        )
    page.get_by_role("button", name="Gearbox standoff", exact=True).tap()
    expect(page.get_by_text("Only Gearbox standoff")).to_be_in_viewport()
    expect(canvas).to_be_in_viewport()
    assert page.evaluate(_FAULTS) == []
