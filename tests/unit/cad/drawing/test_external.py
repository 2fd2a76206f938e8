"""The drawing from outside: views, hidden lines, overall dimensions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.cad.drawing.conftest import draw_read


def lengths(drawn) -> list[float]:
    """What the dimensions of the DXF measure, by the factor of their style."""
    document = drawn.document
    return sorted(
        round(entity.get_measurement() * document.dimstyles.get(entity.dxf.dimstyle).dxf.dimlfac, 6)
        for entity in document.modelspace().query("DIMENSION")
    )


def test_overall_dimensions_are_those_of_the_box(drawn):
    assert lengths(drawn("plate", "external")) == [6.0, 70.0, 120.0]


def test_the_text_of_a_dimension_is_what_it_measures(drawn):
    made = drawn("plate", "external")
    printed = made.printed()
    for text in ("120.00", "70.00", "6.00"):
        assert text in made.words()
        assert text in printed


def test_round_edges_seen_face_on_are_circles(drawn):
    circles = drawn("plate", "external").entities("CIRCLE", "VISIBLE")
    holes = [circle for circle in circles if circle.dxf.center.x < 230]
    radius = holes[0].dxf.radius
    assert sum(circle.dxf.radius == pytest.approx(radius) for circle in circles) >= 4


def test_a_blind_hole_is_seen_as_hidden_lines(drawn):
    assert len(drawn("blind", "external").entities("LINE", "HIDDEN")) >= 6


def test_a_plain_block_has_no_hidden_lines_under_its_visible_ones(drawn):
    made = drawn("pair", "external")
    assert made.entities("LINE", "VISIBLE")
    assert made.entities("LINE", "HIDDEN") == []
    assert any("assembly" in note for note in made.notes)


def test_holes_have_centre_lines(drawn):
    assert len(drawn("plate", "external").entities("LINE", "CENTRE")) >= 8


def test_a_turned_part_lies_down_and_has_diameters(drawn):
    made = drawn("shaft", "external")
    assert lengths(made) == [12.0, 20.0, 75.0]
    assert {"Ø20.00", "Ø12.00", "75.00"} <= set(made.words())


class Hurried:
    """A kernel that gives exact hidden-line removal no time."""

    def __init__(self, kernel) -> None:
        self._kernel = kernel

    def run(self, body, args, *, limits, **more):
        hurry = replace(limits, wall_s=0.0) if args["method"] == "exact" else limits
        return self._kernel.run(body, args, limits=hurry, **more)


def test_facets_step_in_where_the_exact_way_does_not_finish(kernel, read):
    made = draw_read(Hurried(kernel), read("blind"), "external")
    assert not made.exact
    assert any("facets" in note for note in made.notes)
    assert lengths(made) == [20.0, 30.0, 40.0]
    assert made.entities("LINE", "HIDDEN")


def test_what_is_drawn_stays_off_the_title_block_and_on_the_sheet(drawn):
    for part in ("plate", "shaft", "blind", "pair", "front_plate"):
        made = drawn(part, "external")
        for entity in made.entities("LINE", "VISIBLE"):
            for point in (entity.dxf.start, entity.dxf.end):
                in_symbol = point.x > 230 and point.y < 32
                assert in_symbol or (10 < point.x < 410 and 32 < point.y < 287)
