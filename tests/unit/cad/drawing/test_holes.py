"""The drawing of holes: tags, table, callouts, views."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.unit.cad.drawing.modelling import CORNERS
from tests.unit.cad.drawing.test_external import lengths
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


@pytest.mark.parametrize("part", ["plate", "blind", "screws", "sideways", "drilled_behind"])
def test_the_sheet_holds_the_three_views_with_their_overall_dimensions(drawn, part):
    made = drawn(part, "holes")
    assert {"FRONT", "TOP", "RIGHT"} <= set(made.words())
    assert lengths(made) == lengths(drawn(part, "external"))


@pytest.mark.parametrize("part", ["plate", "blind", "screws", "sideways", "drilled_behind"])
def test_the_three_views_have_their_hidden_lines(drawn, part):
    assert len(drawn(part, "holes").entities("LINE", "HIDDEN")) >= len(
        drawn(part, "external").entities("LINE", "HIDDEN")
    )


@pytest.mark.parametrize("part", ["plate", "blind", "screws", "sideways", "drilled_behind"])
def test_each_hole_of_the_analysis_has_one_tag_and_one_row(drawn, read, part):
    tags = [word for word in drawn(part, "holes").words() if re.fullmatch(r"[A-Z][1-9]\d*", word)]
    counts = Counter(tag for tag in tags if tag != "A4" or part == "plate")
    paper = Counter({"A4": 1} if part == "plate" else {})
    assert (counts - paper) == Counter(dict.fromkeys(counts, 2))
    assert len(counts) == len(read(part).part["holes"])


def test_holes_stand_in_the_views_that_show_them_face_on(drawn):
    words = drawn("sideways", "holes").words()
    # under the view and in the table
    assert (words.count("FRONT"), words.count("TOP"), words.count("RIGHT")) == (2, 2, 1)
    assert {"Ø8.00 THRU", "Ø6.00 THRU"} <= set(words)


def test_blind_holes_from_the_rear_bring_their_own_view(drawn):
    words = drawn("drilled_behind", "holes").words()
    assert words.count("VIEW 1, FROM -Z") == 2
    assert "2× Ø4.00 6.00 DEEP" in words
    place = max(number for number, word in enumerate(words) if word == "B1")
    # from the left of the view from behind
    assert words[place + 1 : place + 6] == ["4.00", "6.00", "–", "10.00", "30.00"]
    assert not any(word.startswith("VIEW") for word in drawn("blind", "holes").words())


def test_too_many_holes_for_a_sheet_are_listed_by_kind(drawn):
    made = drawn("perforated", "holes")
    assert "300× Ø4.00 THRU" in made.words()
    assert "A1–A300" in made.words()
    assert any("too many" in note for note in made.notes)


def test_a_part_without_holes_is_refused(drawn):
    with pytest.raises(Unreadable) as refusal:
        drawn("shaft", "holes")
    assert refusal.value.code == "no_holes"
