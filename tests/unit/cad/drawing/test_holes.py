"""The drawing of holes: tags, table, callouts, views."""

from __future__ import annotations

import pytest

from tests.unit.cad.drawing.modelling import CORNERS
from utils.cad.problems import Unreadable


def test_alike_holes_are_one_callout(drawn):
    made = drawn("plate", "holes")
    assert "4× Ø6.00 THRU" in made.words()
    assert "4× Ø6.00 THRU" in made.printed()


def test_every_hole_has_a_tag_and_its_place(drawn):
    words = drawn("plate", "holes").words()
    for number, (x, y) in enumerate(sorted(CORNERS)):
        # once at the hole, once in the table, where size, depth, form and place follow it
        # (and A4 is the sheet too)
        places = [place for place, word in enumerate(words) if word == f"A{number + 1}"]
        rows = [words[place + 1 : place + 6] for place in places]
        assert len(places) >= 2
        assert ["6.00", "THRU", "–", f"{x}.00", f"{y}.00"] in rows


def test_a_blind_hole_has_its_depth(drawn):
    assert "Ø8.00 12.00 DEEP" in drawn("blind", "holes").words()


def test_counterbores_and_countersinks_are_called_out(drawn):
    words = drawn("screws", "holes").words()
    assert "2× Ø5.00 THRU, CBORE Ø10.00 × 4.00 DEEP" in words
    assert "2× Ø4.00 THRU, CSK Ø8.00 × 90°" in words


def test_each_direction_of_holes_has_a_view(drawn):
    words = drawn("sideways", "holes").words()
    assert "VIEW 1, FROM +Z" in words
    assert "VIEW 2, FROM -Y" in words
    assert {"Ø8.00 THRU", "Ø6.00 THRU"} <= set(words)


def test_too_many_holes_for_a_sheet_are_listed_by_kind(drawn):
    made = drawn("perforated", "holes")
    assert "300× Ø4.00 THRU" in made.words()
    assert "A1–A300" in made.words()
    assert any("too many" in note for note in made.notes)


def test_a_part_without_holes_is_refused(drawn):
    with pytest.raises(Unreadable) as refusal:
        drawn("shaft", "holes")
    assert refusal.value.code == "no_holes"
