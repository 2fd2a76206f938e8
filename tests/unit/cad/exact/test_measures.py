"""Volumes, areas, boxes and quantities against closed forms."""

from __future__ import annotations

import math

import pytest

from tests.support import step_text
from utils.sandbox import Limits

PI = math.pi


def size(box) -> list[float]:
    return [high - low for low, high in zip(box["low"], box["high"], strict=True)]


def test_a_plate_with_holes_weighs_what_the_holes_leave(read):
    part = read("plate_with_four_holes").part
    assert part["volume_mm3"] == pytest.approx(100 * 60 * 5 - 4 * PI * 9 * 5, rel=1e-9)
    assert part["area_mm2"] == pytest.approx(2 * (6000 - 4 * PI * 9) + 2 * 160 * 5 + 4 * PI * 6 * 5, rel=1e-9)
    assert part["box"] == {
        "low": pytest.approx([0, 0, 0], abs=1e-6),
        "high": pytest.approx([100, 60, 5], abs=1e-6),
    }
    assert part["centre"] == pytest.approx([50, 30, 2.5], abs=1e-6)
    assert (part["solids"], part["quantity"], len(part["faces"])) == (1, 1, 10)


@pytest.mark.parametrize(
    ("part", "volume", "sizes"),
    [
        ("stepped_shaft", PI * (100 * 30 + 36 * 20), [20, 20, 50]),
        ("tube", PI * (100 - 64) * 50, [20, 20, 50]),
        ("cup", PI * (100 * 50 - 64 * 45), [20, 20, 50]),
    ],
)
def test_a_turned_part_has_its_exact_volume_and_box(read, part, volume, sizes):
    found = read(part).part
    assert found["volume_mm3"] == pytest.approx(volume, rel=1e-9)
    assert size(found["box"]) == pytest.approx(sizes, abs=1e-5)


@pytest.mark.parametrize("unit", ["MM", "INCH", "M"])
def test_lengths_are_millimetres_whatever_the_unit_of_the_file(read, unit):
    part = read("plate_with_four_holes", unit=unit).part
    assert size(part["box"]) == pytest.approx([100, 60, 5], abs=1e-5)
    assert [hole["diameter_mm"] for hole in part["holes"]] == pytest.approx([6] * 4, abs=1e-6)
    assert part["volume_mm3"] == pytest.approx(30000 - 180 * PI, rel=1e-7)


@pytest.mark.parametrize(("unit", "mm"), [("mm", 1), ("cm", 10), ("m", 1000), ("inch", 25.4)])
def test_a_box_written_by_hand_has_its_size_in_any_unit(read_file, tmp_path, unit, mm):
    path = tmp_path / f"box-{unit}.step"
    path.write_text(step_text.box(1, 2, 3, unit=unit))
    assert size(read_file(path).analysis["box"]) == pytest.approx([mm, 2 * mm, 3 * mm], rel=1e-6)


def test_the_box_of_a_turned_part_is_that_of_its_shape_not_of_a_turned_box(read):
    found = read("turned_bar").part
    c, s = math.cos(PI / 6), math.sin(PI / 6)
    assert size(found["box"]) == pytest.approx([100 * c + 10 * s, 100 * s + 10 * c, 10], abs=1e-5)


def test_an_assembly_multiplies_out_its_sub_assemblies(read):
    analysis = read("assembly").analysis
    quantities = {round(part["volume_mm3"]): part["quantity"] for part in analysis["parts"]}
    assert quantities == {round(PI * 4 * 10): 13, 25000: 1}
    assert analysis["instances"] == 14
    assert analysis["volume_mm3"] == pytest.approx(25000 + 13 * PI * 40, rel=1e-9)


def test_the_box_of_an_assembly_holds_turned_instances_exactly(read):
    """A round pin that leans over an edge: its box would stick out further than it does."""
    box = read("assembly").analysis["box"]
    reach = 10 * 0.5 + 2 * math.sqrt(1 - 0.5**2)
    assert box["high"] == pytest.approx([100 + reach, 50, 15], abs=1e-5)
    assert box["low"] == pytest.approx([0, 0, 0], abs=1e-5)


def test_the_centre_of_an_assembly_is_that_of_its_parts_in_place(read_file, tmp_path):
    """A plate of 30,000 mm³ at (50, 30, 12.5) and four feet of 1,000 mm³ around (50, 30, 5)."""
    path = tmp_path / "frame.step"
    path.write_text(step_text.assembly())
    centre = read_file(path).analysis["centre"]
    assert centre == pytest.approx([50, 30, (30 * 12.5 + 4 * 5) / 34])


def test_an_assembly_written_by_hand_has_its_products_numbers(read_file, tmp_path):
    path = tmp_path / "frame.step"
    path.write_text(step_text.assembly("Frame"))
    analysis = read_file(path).analysis
    assert [part["quantity"] for part in analysis["parts"]] == [1, 4]
    text = path.read_text().splitlines()
    for part, name in zip(analysis["parts"], ("Plate", "Foot"), strict=True):
        (line,) = [line for line in text if line.startswith(f"#{part['product']}=")]
        assert f"PRODUCT('{name}'" in line
    assert size(analysis["box"]) == pytest.approx([100, 60, 15], abs=1e-6)


def test_two_solids_of_one_part_are_one_part(read):
    part = read("two_solids").part
    assert (part["solids"], part["volume_mm3"], len(part["faces"])) == (2, pytest.approx(2000), 12)
    assert part["centre"] == pytest.approx([20, 5, 5], abs=1e-6)


def test_a_shell_that_is_open_has_an_area_but_no_volume(read):
    analysis = read("open_shell").analysis
    assert sum(part["area_mm2"] for part in analysis["parts"]) == pytest.approx(500)
    assert all(part["volume_mm3"] is None and part["centre"] is None for part in analysis["parts"])
    assert analysis["volume_mm3"] is None


def test_faces_say_what_they_are(read):
    faces = read("counterbored").part["faces"]
    walls = sorted((face["radius_mm"], face["area_mm2"]) for face in faces if face["surface"] == "cylinder")
    assert walls == [
        (pytest.approx(3.3), pytest.approx(2 * PI * 3.3 * 13.5)),
        (pytest.approx(5.5), pytest.approx(2 * PI * 5.5 * 6.5)),
    ]
    assert all(face["inside"] and face["span_deg"] == 360 for face in faces if face["surface"] == "cylinder")
    top = max((face for face in faces if face["surface"] == "plane"), key=lambda face: face["box"]["low"][2])
    assert top["normal"] == [0, 0, 1]
    assert top["centre"] == pytest.approx([20, 20, 20], abs=1e-6)
    assert top["area_mm2"] == pytest.approx(1600 - PI * 5.5**2)


def test_a_cone_has_its_angle_and_its_radius_where_its_axis_begins(read):
    (face,) = [face for face in read("countersunk").part["faces"] if face["surface"] == "cone"]
    assert face["half_angle_deg"] == pytest.approx(45)
    origin, direction = face["axis"]["origin"], face["axis"]["direction"]
    height = (0 - origin[2]) / direction[2]
    assert face["radius_mm"] + height * math.tan(math.radians(45)) == pytest.approx(4.7)


def test_what_is_only_a_mesh_in_a_part_is_left_out_of_it(kernel):
    with kernel.run(
        "tests.unit.cad.exact.modelling:meshes_dropped", {}, inputs={}, limits=Limits()
    ) as outcome:
        assert outcome.result == [5, 4], outcome.log


def test_the_thickness_of_a_tube_is_its_walls(read):
    """OD 30, ID 20, longer than it is wide."""
    found = read("long_tube").part["thickness"]
    assert (found["mm"], found["constant"], found["wall"]) == (pytest.approx(5), False, True)


def test_a_bar_has_a_length_and_no_thickness(read):
    assert read("stepped_shaft").part["thickness"] is None
