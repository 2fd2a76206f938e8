"""The tables of screws and materials: what the standards say, and no two rows in each other's way."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from utils.questions import EXAMPLES, GRAMMAR, parse
from utils.questions.materials import BY_NAME, MATERIALS
from utils.questions.screws import SIZES, TOLERANCE, Screw, holes_for, known, matching, suits

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "questions.md"


@pytest.mark.parametrize(
    ("size", "use", "fit", "diameter"),
    [
        ("M3", "clearance", "medium", 3.4),
        ("M4", "clearance", "close", 4.3),
        ("M5", "clearance", "medium", 5.5),
        ("M6", "clearance", "free", 7.0),
        ("M8", "clearance", "medium", 9.0),
        ("M12", "clearance", "free", 14.5),
        ("M6", "tap", "coarse", 5.0),
        ("M8", "tap", "coarse", 6.8),
        ("M10", "tap", "coarse", 8.5),
    ],
)
def test_metric_holes_are_those_of_the_standards(size, use, fit, diameter):
    assert [row.diameter_mm for row in holes_for(Screw(size), use, fit)] == [diameter]


def test_inch_holes_are_those_of_the_standard_and_of_the_chart():
    ten = {row.detail: round(row.diameter_mm / 25.4, 4) for row in holes_for(Screw("#10"), "clearance")}
    assert ten == {
        "close": 0.2055,
        "medium": 0.221,
        "free": 0.238,
        "shop chart, close": 0.196,
        "shop chart, free": 0.201,
    }
    taps = {row.detail: round(row.diameter_mm / 25.4, 4) for row in holes_for(Screw("1/4"), "tap")}
    assert taps == {"UNC 20": 0.201, "UNF 28": 0.213}


@pytest.mark.parametrize("size", SIZES)
def test_a_tap_drill_is_smaller_than_its_screw_and_clearance_larger(size):
    if size.startswith("M"):
        nominal = float(size[1:])
    elif size.startswith("#"):
        nominal = (0.060 + 0.013 * int(size[1:])) * 25.4
    else:
        top, bottom = size.split("/")
        nominal = int(top) / int(bottom) * 25.4
    assert all(nominal < row.diameter_mm < nominal * 1.3 + 0.4 for row in holes_for(Screw(size), "clearance"))
    assert all(nominal * 0.7 < row.diameter_mm < nominal for row in holes_for(Screw(size), "tap"))


@pytest.mark.parametrize("size", [size for size in SIZES if size.startswith("M")])
def test_a_metric_tap_drill_is_the_screw_less_its_pitch(size):
    """ISO 2306's rule, to the drill's step."""
    for row in holes_for(Screw(size), "tap"):
        pitch = float(row.detail.removeprefix("pitch "))
        assert row.diameter_mm == pytest.approx(float(size[1:]) - pitch, abs=0.06)


def test_the_fits_of_one_screw_are_told_apart():
    for size in SIZES:
        diameters = sorted(
            row.diameter_mm for row in holes_for(Screw(size), "clearance") if "chart" not in row.detail
        )
        assert all(b - a > 2 * TOLERANCE for a, b in pairwise(diameters)), size


def test_a_hole_names_every_screw_that_it_suits():
    assert suits(5.5)[0] == "M5 clearance, medium"
    assert {"#10 clearance, shop chart, free", "1/4 tap, UNC 20"} <= set(suits(5.1054))
    assert suits(100.0) == ()
    assert matching(5.0, holes_for(Screw("M5"), "clearance")) is None


def test_threads_that_do_not_exist_are_not_known():
    assert known(Screw("M6", 0.75)) and known(Screw("#10", 32))
    assert not known(Screw("M6", 0.8)) and not known(Screw("#10", 20)) and not known(Screw("M9"))


def test_no_name_stands_for_two_materials():
    names = [name for material in MATERIALS for name in (material.name, *material.aliases)]
    assert len(names) == len(set(names)) == len(BY_NAME)


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_every_material_can_be_asked_for_by_every_name(name):
    assert parse(f"mass of {name}").material == BY_NAME[name].name
    assert parse(f"weight in {name.upper()}").material == BY_NAME[name].name


def test_densities_are_between_balsa_and_tungsten():
    assert all(0.1 < material.density < 20 and material.source for material in MATERIALS)


def test_the_document_has_the_grammar_and_every_example():
    text = DOCUMENT.read_text("utf-8")
    assert GRAMMAR in text
    rows = re.findall(r"^\| `(.+?)` \| `(.+?)` \| (.+) \|$", text, re.MULTILINE)
    assert [tuple(row) for row in rows] == list(EXAMPLES)


def test_the_document_has_every_material_with_its_density():
    text = DOCUMENT.read_text("utf-8")
    assert [f"{material.name} {material.density:.2f}" for material in MATERIALS] == re.findall(
        r"\w+(?: \w+){0,2} [0-9]+\.[0-9]{2}(?=[,.\n])",
        text.split("## Materials")[1].split("\n\n")[2].replace("\n", " ") + "\n",
    )


def test_every_example_means_what_the_document_says():
    for asked, canonical, _ in EXAMPLES:
        assert parse(asked).canonical == canonical
