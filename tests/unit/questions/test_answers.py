"""Answers on analyses whose every number is known."""

import json
import math

import pytest

from tests.unit.questions.shapes import (
    NAMES,
    analysis,
    assembly,
    axis,
    cylinder,
    hole,
    part,
    plane,
    plate,
    plate_part,
)
from utils.questions import EXAMPLES, NotUnderstood, Unanswerable, answer

INCH = 25.4


def values(found):
    return {value["name"]: value["value"] for value in found["values"]}


def ask(query, about=None, **more):
    found = answer(query, about or plate(), **more)
    json.dumps(found, allow_nan=False)
    return found


def test_the_examples_are_answered_exactly():
    assert values(ask("volume"))["volume"] == 50_000.0
    assert values(ask("area"))["surface area"] == 19_000.0
    assert values(ask("bbox")) == {"x": 120.0, "y": 70.0, "z": 6.0}
    assert values(ask("mass of 6061"))["mass"] == pytest.approx(135.0)
    assert values(ask("holes"))["holes"] == 9
    assert values(ask("holes diameter < 6 through"))["holes"] == 6  # 4 of 5.5, 4.5, 0.201 in
    assert values(ask("thickness")) == {"thickness": 6.0, "constant": True}
    assert values(ask("fillets radius <= 1")) == {"fillets": 3, "smallest radius": 0.5, "largest radius": 1.0}
    assert ask("largest face")["faces"] == [2]
    assert values(ask("how many parts")) == {"parts": 1, "different parts": 1}
    assert (
        ask("how many M5 clearance holes")["sentence"]
        == "4 through holes of ⌀5.50 mm (M5 clearance, medium)."
    )


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("volume", "The volume is 50,000.00 mm³ (50.00 cm³)."),
        ("volume in inches", "The volume is 3.051 in³ (50,000.00 mm³)."),
        ("bbox", "The bounding box is 120.00 mm × 70.00 mm × 6.00 mm (X × Y × Z)."),
        ("mass of 6061", "In 6061 (2.70 g/cm³) the mass is 135.00 g."),
        ("mass with density 1.24", "At 1.24 g/cm³ the mass is 62.00 g."),
        ("thickness", "It is 6.00 mm thick throughout."),
        ("centre of mass", "The centre of mass is at (60.00, 35.00, 3.00) mm."),
        ("how many solids", "1 solid."),
        ("blind holes", "2 blind holes of ⌀5.00 mm, 4.00 mm deep."),
        ("counterbored holes", "1 counterbored through hole of ⌀6.60 mm, counterbore ⌀11.00 mm, 2.00 mm deep."),
        ("countersunk holes", "1 countersunk through hole of ⌀4.50 mm, countersink ⌀9.00 mm, 90°."),
        ("smallest hole", "1 countersunk through hole of ⌀4.50 mm, countersink ⌀9.00 mm, 90°."),
        ('holes > 1/4"', "1 counterbored through hole of ⌀0.260 in (6.60 mm), counterbore ⌀0.433 in (11.00 mm), "
                         "0.079 in (2.00 mm) deep."),
        ("M6 tap holes", "2 blind holes of ⌀5.00 mm, 4.00 mm deep (M6 tap, pitch 1)."),
        ("#10 clearance", "1 through hole of ⌀5.11 mm (#10 clearance, shop chart, free)."),
        ("fillets radius <= 1", "3 fillets of radii from 0.50 mm to 1.00 mm."),
        ("smallest inside radius", "1 inside fillet of radius 0.50 mm."),
        ("outside fillets", "4 outside fillets of radius 5.00 mm."),
        ("largest face", "Face 2: planar, 8,100.00 mm²."),
        ("face 3", "Face 3: planar, 420.00 mm²."),
        ("spacing of holes diameter = 5.5", "From each hole to its nearest neighbour: 4 of ⌀5.50 mm: 50.00 mm."),
        ("spacing of blind holes in inches", "From each hole to its nearest neighbour: "
                                             "2 of ⌀0.197 in (5.00 mm): 1.181 in (30.00 mm)."),
        ("holes > 20", "There are no holes with diameter > 20 mm."),
    ],
)  # fmt: skip
def test_a_sentence_says_it(query, sentence):
    assert ask(query)["sentence"] == sentence


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("holes through", 7),
        ("holes not through", 2),
        ("plain holes", 7),
        ("holes not plain", 2),
        ("through holes without counterbore and without countersink", 5),
        ("holes diameter = 5.5", 4),
        ("holes diameter != 5.5", 5),
        ("holes diameter < 5.5", 4),
        ("holes diameter <= 5.5", 8),
        ("holes diameter > 5.5", 1),
        ("holes diameter >= 5.5", 5),
        ("holes radius = 2.75", 4),
        ("holes between 5 and 5.5", 7),
        ("holes between 0.2 and 0.22 in", 5),
        ("holes depth < 5", 2),
        ("counterbore diameter > 10", 1),
        ("counterbore depth > 2", 0),
        ("countersink angle = 90", 1),
        ("countersink angle = 82", 0),
        ("deepest hole", 7),
        ("shallowest hole", 2),
        ("3 largest holes", 5),  # 6.6, and the four equal ones behind it
        ("M5 close clearance", 0),
        ("M6 clearance", 1),
        ("M4 clearance", 1),
        ("#10 close clearance", 0),
        ("#10-32 tap", 0),
        ("1/4-20 tap", 1),
        ("M5 clearance blind", 0),
    ],
)
def test_holes_are_counted_by_their_conditions(query, count):
    assert values(ask(query))["holes"] == count


def test_holes_come_with_the_faces_that_prove_them():
    found = ask("holes diameter = 5.5")
    assert found["faces"] == [7, 8, 9, 10]
    (row,) = found["rows"]
    assert row["count"] == row["total"] == 4
    assert row["suits"][0] == "M5 clearance, medium"
    assert row["faces"] == [7, 8, 9, 10]


def test_a_clearance_hole_goes_through_and_a_blind_one_is_named():
    model = analysis(plate_part(holes=[hole(5.5), hole(5.5, blind=4.0)]))
    found = ask("M5 clearance holes", model)
    assert values(found)["holes"] == 1
    assert any("1 blind hole" in note for note in found["notes"])
    assert found["understood"] == "holes M5 clearance through"


@pytest.mark.parametrize(("diameter", "matches"), [(5.45, True), (5.55, True), (5.44, False), (5.56, False)])
def test_a_screws_hole_may_differ_by_a_twentieth_of_a_millimetre(diameter, matches):
    model = analysis(part(holes=[hole(diameter)]))
    assert values(ask("M5 medium clearance", model))["holes"] == int(matches)


def test_a_bound_takes_a_models_noise_but_not_more():
    model = analysis(part(holes=[hole(6.0000001), hole(6.001)]))
    assert values(ask("holes <= 6", model))["holes"] == 1
    assert values(ask("holes < 6", model))["holes"] == 0
    assert values(ask("holes > 6", model))["holes"] == 1
    assert values(ask("holes = 6", model))["holes"] == 2


def test_a_size_that_is_not_there_names_the_nearest():
    found = ask("holes diameter = 6.4")
    assert values(found)["holes"] == 0
    assert any("6.60" in note for note in found["notes"])


def test_faces_are_chosen_by_kind_and_size():
    assert ask("planar faces area > 100")["faces"] == [1, 2, 3, 4]
    assert ask("planar faces area >= 100")["faces"] == [1, 2, 3, 4, 6]
    assert ask("smallest planar face")["faces"] == [5]
    assert ask("2 largest faces")["faces"] == [1, 2]
    assert ask("outside cylinders")["faces"] == [17, 18, 19, 20]
    assert ask("cylinders diameter = 5.5")["faces"] == [7, 8, 9, 10]
    assert values(ask("how many cylinders"))["faces"] == 17
    assert values(ask("non-planar faces"))["faces"] == 17
    assert values(ask("how many faces"))["faces"] == 23


def test_faces_that_are_not_shown_are_counted_but_prove_nothing():
    model = analysis(part(faces=[plane(None, 50.0), plane(1, 40.0)]))
    found = ask("largest face", model)
    assert found["faces"] == []
    assert "not show" in found["sentence"]
    assert values(ask("faces", model))["faces"] == 2


def test_a_face_says_what_it_belongs_to():
    assert "blind hole of ⌀5.00 mm" in ask("face 11")["sentence"]
    assert "fillet of 1.00 mm" in ask("face 21")["sentence"]
    assert values(ask("face 7"))["radius"] == 2.75


def test_no_such_face_is_said():
    with pytest.raises(Unanswerable, match="no face 99; they are numbered 1 to 23"):
        ask("face 99")


class Kernel:
    """Knows one distance, and remembers what it was asked."""

    def __init__(self):
        self.asked = []

    def __call__(self, *places):
        self.asked.append(places)
        return {"distance_mm": 6.0, "points": [[0, 0, 6.0], [0, 0, 0]], "parallel": True, "angle_deg": 0.0}


def test_a_distance_is_measured_between_the_two_faces():
    kernel = Kernel()
    found = ask("distance between face 3 and face 7", distance=kernel)
    assert kernel.asked == [(0, 2, 0, 6)]
    assert found["faces"] == [3, 7]
    assert values(found)["distance"] == 6.0
    assert found["rows"] == [
        {"face": 3, "x_mm": 0, "y_mm": 0, "z_mm": 6.0},
        {"face": 7, "x_mm": 0, "y_mm": 0, "z_mm": 0},
    ]
    assert ask("distance between face 1 and face 2 in inches", distance=Kernel())["sentence"] == (
        "Face 1 and face 2 are 0.236 in (6.00 mm) apart, and parallel."
    )


def test_a_distance_to_planes_that_do_not_face_each_other_says_both():
    def aslant(*_):
        return {"distance_mm": 10.0, "points": [], "parallel": True, "angle_deg": 0.0}

    found = ask("distance between face 1 and face 2", distance=aslant)
    assert values(found) == {"distance": 10.0, "between the planes": 6.0}


def test_without_a_kernel_a_distance_is_refused():
    with pytest.raises(Unanswerable) as refusal:
        ask("distance between face 3 and face 7")
    assert refusal.value.code == "no_exact_reading"


def test_a_distance_in_an_assembly_needs_parts_that_stand_once():
    kernel = Kernel()
    ask("distance between face 24 and face 27", assembly(), distance=kernel)
    assert kernel.asked == [(1, 0, 2, 0)]
    ask(
        "distance between face 1 and face 2", assembly(), distance=Kernel()
    )  # within a part that stands twice
    with pytest.raises(Unanswerable, match="Side plate, which stands in 2 places"):
        ask("distance between face 1 and face 24", assembly(), distance=Kernel(), names=NAMES)


@pytest.mark.parametrize(
    ("faces", "angle"), [("1 and 2", 0), ("1 and 3", 90), ("1 and 7", 90), ("3 and 7", 0), ("7 and 8", 0)]
)
def test_angles_are_between_planes_and_axes(faces, angle):
    assert values(ask(f"angle between faces {faces}"))["angle"] == pytest.approx(angle)


def test_an_assembly_is_counted_with_its_quantities():
    found = ask("volume", assembly(), names=NAMES)
    assert values(found)["volume"] == 101_500.0
    assert [row["part"] for row in found["rows"]] == ["Side plate", "Block", "part 3"]
    assert found["rows"][0]["together_volume_mm3"] == 100_000.0
    assert (
        values(ask("holes diameter = 5.5", assembly()))["holes"] == 9
    )  # 4 in each of two plates, 1 in the block
    assert values(ask("fillets", assembly()))["fillets"] == 14
    assert values(ask("how many parts", assembly())) == {"parts": 4, "different parts": 3}
    assert values(ask("how many solids", assembly()))["solids"] == 4
    assert values(ask("faces", assembly()))["faces"] == 50
    assert values(ask("mass of steel", assembly()))["mass"] == pytest.approx(796.775)
    assert "all 4 parts together" in ask("mass of steel", assembly())["sentence"]


def test_the_kinds_of_faces_are_counted_in_all_pieces_as_their_total_is():
    found = ask("how many faces", assembly())
    assert sum(row["faces"] for row in found["rows"]) == values(found)["faces"] == 50
    assert {row["surface"]: row["faces"] for row in found["rows"]} == {"cylinder": 35, "plane": 15}
    assert found["sentence"] == "50 faces, in all 4 parts together: 35 cylindrical, 15 planar."


def test_blind_holes_that_are_not_counted_are_those_of_all_pieces():
    model = analysis(part(quantity=3, holes=[hole(5.5), hole(5.5, blind=4.0)]))
    assert any("3 blind holes" in note for note in ask("M5 clearance", model)["notes"])


@pytest.mark.parametrize(
    ("diameter", "said"),
    [
        (28.575, "28.58"),
        (3.175, "3.18"),
        (28.57499999999, "28.58"),
        (3.1749, "3.17"),
        (5.1054, "5.11"),
        (0.125, "0.13"),
    ],
)
def test_a_half_is_rounded_up_as_drawings_do(diameter, said):
    assert f"⌀{said} mm" in ask("holes", analysis(part(holes=[hole(diameter)])))["sentence"]


def test_a_number_of_any_size_is_said():
    huge = analysis(part(volume_mm3=1e30))
    assert ask("volume", huge)["sentence"].startswith(
        "The volume is 1,000,000,000,000,000,000,000,000,000,000.00 mm³"
    )


def test_a_mass_in_pounds_says_ounces_too():
    found = ask("mass of 6061 in pounds")
    assert found["understood"] == "mass of 6061 in pounds"
    assert found["sentence"] == "In 6061 (2.70 g/cm³) the mass is 0.298 lb or 4.76 oz (135.00 g)."
    assert ask("mass of 6061 in ounces")["sentence"] == found["sentence"]


def test_the_ends_of_a_distance_are_in_its_unit():
    def measure(*_):
        return {
            "distance_mm": 3.175,
            "points": [[0, 0, 0], [3.175, 0, 0]],
            "parallel": False,
            "angle_deg": None,
        }

    asked = "distance between face 1 and face 2"
    assert "from (0.00, 0.00, 0.00) mm to (3.18, 0.00, 0.00) mm" in ask(asked, distance=measure)["notes"][0]
    inches = ask(f"{asked} in inches", distance=measure)["notes"][0]
    assert "from (0.0000, 0.0000, 0.0000) in to (0.1250, 0.0000, 0.0000) in" in inches


def test_an_assembly_has_a_thickness_per_part_and_one_centre():
    found = ask("thickness", assembly(), names=NAMES)
    assert [row["thickness_mm"] for row in found["rows"]] == [6.0, 10.0, None]
    whole = {**assembly(), "centre": [1.0, 2.0, 3.0]}
    assert values(ask("centre of mass", whole)) == {"x": 1.0, "y": 2.0, "z": 3.0}
    assert len(ask("centre of mass", whole)["rows"]) == 3


def test_an_open_shell_has_no_volume_and_says_why():
    shell = analysis(part(volume_mm3=None, centre=None, solids=0))
    for query in ("volume", "mass of 6061", "centre of mass"):
        found = ask(query, shell)
        assert found["values"] == []
        assert "not closed" in found["sentence"]
    mixed = analysis(part(), part(volume_mm3=None, product=20))
    assert "Block" in ask("volume", mixed, names=NAMES)["sentence"]
    assert ask("volume", mixed)["rows"][0]["volume_mm3"] == 1000.0


def test_spacing_is_between_the_axes_of_equal_holes():
    circle = [(30 * math.cos(turn * math.pi / 3), 30 * math.sin(turn * math.pi / 3)) for turn in range(6)]
    model = analysis(part(holes=[hole(4, at, faces=[1]) for at in circle] + [hole(8), hole(3)]))
    found = ask("hole spacing", model)
    assert [(row["spacing_mm"], row["holes"], row["holes_with_it"]) for row in found["rows"]] == [
        (30.0, 6, 6)
    ]


def test_holes_drilled_through_two_walls_are_no_neighbours():
    walls = [hole(4, axis=axis(x, 0, z)) for x in (0, 25) for z in (0, 40)]
    assert values(ask("hole spacing", analysis(part(holes=walls))))["spacing"] == 25.0


def test_holes_of_other_directions_or_alone_have_no_spacing():
    aslant = [hole(4), hole(4, axis=axis(9, 0, 0, [0.0, 1.0, 0.0]))]
    found = ask("hole spacing", analysis(part(holes=aslant)))
    assert found["values"] == []
    assert "no two such holes" in found["sentence"]


def test_a_plate_with_thousands_of_holes_has_a_spacing():
    grid = [hole(2, (5.0 * x, 5.0 * y)) for x in range(50) for y in range(50)]
    assert [row["spacing_mm"] for row in ask("hole spacing", analysis(part(holes=grid)))["rows"]] == [5.0]


def test_a_long_table_is_cut_and_says_so():
    found = ask("faces area > 0", analysis(part(faces=[cylinder(n, 1.0, 1.0) for n in range(1, 501)])))
    assert len(found["rows"]) == 200
    assert len(found["faces"]) == 500
    assert any("200 of 500" in note for note in found["notes"])


def test_every_example_is_answered_on_every_model():
    nothing = analysis(part(volume_mm3=None, centre=None, solids=0))
    for model in (plate(), assembly(), nothing):
        for asked, canonical, _ in EXAMPLES:
            try:
                found = ask(asked, model, distance=Kernel())
            except Unanswerable:
                assert canonical.startswith(("face 3", "distance", "angle"))
                continue
            assert found["understood"] == canonical
            assert found["sentence"].endswith(".")
            for rows in found["rows"]:
                assert rows.keys() == found["rows"][0].keys()


def test_what_is_not_understood_is_not_answered():
    with pytest.raises(NotUnderstood):
        ask("holes in the frobnicator")


def test_a_tube_has_a_wall():
    tube = part(thickness={"mm": 5.0, "constant": False, "faces": [1, 2], "wall": True})
    found = ask("thickness", analysis(tube))
    assert found["sentence"] == "Its wall is 5.00 mm thick."
    assert found["faces"] == [1, 2]
