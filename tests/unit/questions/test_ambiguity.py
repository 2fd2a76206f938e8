"""What can be read in two ways is refused, and says how to ask for either; no language model is asked to choose."""

import pytest

from tests.unit.questions.shapes import plate
from utils.questions import NotUnderstood, answer, parse
from utils.questions.problems import Ambiguous

COUNTS = [
    "exactly 6 holes", "fewer than 3 holes", "at most 2 holes", "are there more than 5 holes", "more than 20 faces",
    "are there less than 3 blind holes", "fewer than 10 faces", "under 3 fillets", "minimum 2 holes", "max 5 holes",
    "at least 2 through", "more than 3 counterbored", "no more than 5 holes", "between 3 and 6 holes", "3 to 6 holes",
    "3-6 blind holes", "5 ± 1 holes", "5 or more holes", "minimum of 2 holes", "more than 5 of the holes",
    "3 deep holes",
    "more than 3 deep holes", "number of holes > 5", "number of holes at least 5", "hole count = 6",
    "holes fewer than 3",
    "are there holes, at least 3 of them blind", "more than 4 holes of 6 mm", "more than 4 cylinders", "holes 6 max",
    "diameter 6 max", "6 mm holes max", "max hole diameter 6", "> 5 holes", "larger than 5 holes",
    "over 3 M5 clearance",
    "fewer than 3 mm holes", "more than 5 shiny holes",
]  # fmt: skip
KINDS = [
    "counterbored and countersunk holes", "blind and through holes", "number of counterbored and countersunk holes",
    "counterbored, countersunk holes", "counterbored holes and countersunk holes", "counterbored holes, countersunk",
    "blind, counterbored holes", "blind & counterbored holes", "M5 clearance and counterbored holes",
    "6 mm and counterbored holes", "blind and 6 mm holes", "blind holes and 6 mm holes", "inside and planar faces",
    "counterbored; countersunk holes", "counterbored, and countersunk holes",
]  # fmt: skip
BORES = [
    "10 mm counterbore", "cbore 10 mm", "10 mm counterbored holes", "counterbore 5 deep", "countersunk diameter > 10",
    "counterbored holes 6 mm", "counterbored holes < 6 mm", "holes diameter 10 counterbore", "counterbored 6 mm holes",
    "counterbore diameter > 9 and depth > 2", "counterbore, depth 3", "countersink > 10 mm",
    "counterbore deeper than 5",
    "10 mm deep counterbore", "largest counterbore", "deepest countersink", "counterbore between 9 and 12 mm",
    "counterbore 10 mm or less", "6 mm diameter counterbored holes", "counterbore 11 ± 0.1 mm",
]  # fmt: skip
SPACINGS = ["hole spacing > 20", "hole spacing less than 20 mm", "holes with spacing of 20 mm", "pitch 20 mm",
            "hole spacing between 10 and 20 mm", "spacing > 20 mm holes", "5 mm spacing",
            "holes 20 mm apart", "how many holes are 20 mm apart", 'holes for 1/4 in bolts']  # fmt: skip


@pytest.mark.parametrize(
    "asked",
    [
        asked
        for asked in COUNTS + KINDS + BORES + SPACINGS
        if asked != "counterbored holes as well as blind ones"
    ],
)
def test_what_has_two_readings_is_refused_and_says_how_to_ask(asked):
    with pytest.raises(NotUnderstood) as refusal:
        parse(asked)
    assert len(refusal.value.message) > 20
    for other in refusal.value.details["can"]:
        parse(other)


CLEAR = [
    ("2 largest holes", "2 largest holes"),
    ("largest 5 faces", "5 largest faces"),
    ("holes larger than 5", "holes diameter > 5 mm"),
    ("how many holes < 6", "holes diameter < 6 mm"),
    ("number of holes smaller than 6", "holes diameter < 6 mm"),
    ("at least 3 mm holes", "holes diameter >= 3 mm"),
    ("exactly 6 mm holes", "holes diameter = 6 mm"),
    ("holes > 5 through", "holes through diameter > 5 mm"),
    ("10 mm deep holes", "holes depth = 10 mm"),
    ("holes of 6 mm or less", "holes diameter <= 6 mm"),
    ("5.5 mm or bigger", None),
    ("holes 5.5 mm or bigger", "holes diameter >= 5.5 mm"),
    ("holes diameter 6 or less", "holes diameter <= 6 mm"),
    ("blind counterbored holes", "counterbored holes blind"),
    ("counterbored holes with countersink", "counterbored countersunk holes"),
    ("counterbored and not countersunk holes", "counterbored holes not countersunk"),
    ("M5 clearance holes, through", "holes M5 clearance through"),
    ("holes < 6 and through", "holes through diameter < 6 mm"),
    ("6 mm, blind holes", "holes blind diameter = 6 mm"),
    ("counterbore diameter 10", "holes counterbore diameter = 10 mm"),
    ("10 mm counterbore diameter", "holes counterbore diameter = 10 mm"),
    ("countersink diameter > 10", "holes countersink diameter > 10 mm"),
    ("counterbore diameter > 9 and < 12", "holes counterbore diameter > 9 mm counterbore diameter < 12 mm"),
    ("counterbore diameter", "counterbored holes"),
    ("counterbored holes diameter = 6", "counterbored holes diameter = 6 mm"),
    ("counterbored holes deeper than 5 mm", "counterbored holes depth > 5 mm"),
    ("6 mm holes with counterbore", "counterbored holes diameter = 6 mm"),
    ("counterbored holes depth > 3 counterbore diameter > 9",
     "counterbored holes depth > 3 mm counterbore diameter > 9 mm"),
    ("largest counterbored hole", "largest counterbored holes"),
    ("largest counterbore diameter", "largest counterbore diameter holes"),
    ("counterbore diameter 12 mm, 6 mm holes", "holes diameter = 6 mm counterbore diameter = 12 mm"),
    ("smallest counterbore diameter holes depth = 6 mm", "smallest counterbore diameter holes depth = 6 mm"),
    ("spacing of the 6 mm holes", "spacing of holes diameter = 6 mm"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "understood"), CLEAR)
def test_what_has_one_reading_is_understood_and_reads_back(asked, understood):
    if understood is None:
        with pytest.raises(NotUnderstood):  # bigger of what?
            parse(asked)
        return
    question = parse(asked)
    assert question.canonical == understood
    assert parse(understood) == question


def test_no_language_model_chooses_between_two_readings():
    def chat(*_: str) -> str:
        raise AssertionError("asked")

    with pytest.raises(Ambiguous):
        answer("more than 5 holes", plate(), chat=chat)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("area in m2", "mm²"),
        ("volume in feet", "in³"),
        ("volume in m3", "mm³"),
        ("volume in pounds", "volume"),
        ("area in cubic inches", "area"),
        ("bbox in square inches", "bbox"),
    ],
)
def test_a_unit_that_does_not_go_with_what_is_asked_is_refused(asked, said):
    with pytest.raises(NotUnderstood, match=said):
        parse(asked)


def test_a_word_does_not_suggest_itself():
    with pytest.raises(NotUnderstood) as refusal:
        parse("screws")
    assert "Did you mean" not in refusal.value.message


def test_a_counterbores_numbers_are_among_the_values():
    found = {
        value["name"]: (value["value"], value["unit"])
        for value in answer("counterbored holes", plate())["values"]
    }
    assert found["counterbore diameter"] == (11.0, "mm")
    assert found["diameter"] == (6.6, "mm")
