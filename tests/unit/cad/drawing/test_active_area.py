"""The aperture of a front plate."""

from __future__ import annotations

from itertools import combinations

import pytest

from tests.unit.cad.drawing.test_external import lengths
from utils.cad.drawing.sheet import Box, Text
from utils.cad.drawing.svg import CAPITAL
from utils.cad.problems import Unreadable


def test_the_aperture_is_measured_inside_and_from_the_edges(drawn):
    made = drawn("front_plate", "active_area")
    assert lengths(made) == [20, 20, 20, 40, 90, 150, 160, 200]
    assert "160.00 × 90.00" in made.words()
    assert "4× R5.00" in made.words()
    assert "Active area 160.00 × 90.00 mm with corners of radius 5.00 mm" in made.notes[0]


def test_the_dimensions_of_a_narrow_frame_keep_off_each_other(drawn):
    made = drawn("narrow_frame", "active_area")
    assert lengths(made) == [4, 4, 6, 6, 70, 80, 90, 100]
    words = [text_box(text) for text in made.group("DIMENSION") if text.tag.endswith("text")]
    assert len(words) == 8
    assert not any(one.meets(other) for one, other in combinations(words, 2))


def text_box(element) -> Box:
    x, y, size = (float(element.get(name)) for name in ("x", "y", "font-size"))
    angle = 90.0 if element.get("transform") else 0.0
    return Text((x, -y), element.text, size * CAPITAL, element.get("text-anchor"), angle).box()


def test_the_clear_area_is_exact(drawn):
    clear = 160 * 90 - (4 - 3.141592653589793) * 25
    assert f"{clear:,.2f} mm² clear" in drawn("front_plate", "active_area").notes[0]


def test_of_a_stepped_opening_the_narrowest_counts(drawn):
    assert "60.00 × 40.00" in drawn("rebated_plate", "active_area").words()


@pytest.mark.parametrize(
    ("part", "why"), [("plate", "counts as a hole"), ("blind", "no opening"), ("shaft", "no opening")]
)
def test_without_an_aperture_it_is_refused_with_the_reason(drawn, part, why):
    with pytest.raises(Unreadable) as refusal:
        drawn(part, "active_area")
    assert refusal.value.code == "no_aperture"
    assert why in refusal.value.message
