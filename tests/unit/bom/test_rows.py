"""What stands in a bill of materials, and in which order."""

from dataclasses import fields

import pytest

from tests.unit.bom.making import cube, product, tree
from utils.bom import rows as module
from utils.bom.rows import COLUMNS, Body, BomRow, Measure, noted, rows
from utils.cad.product.tree import ProductTree, Usage


def shown(found, *columns):
    return [tuple(getattr(row, column) for column in columns) for row in found]


def test_the_columns_come_first_and_in_this_order():
    assert tuple(field.name for field in fields(BomRow))[: len(COLUMNS)] == COLUMNS


def test_a_single_part_is_one_row():
    (row,) = rows(tree("P-1"), {1: cube(10, colour="#FF8000")})
    assert (row.part_number, row.quantity, row.level, row.parent, row.path) == ("P-1", 1, 0, "", "1")
    assert (row.bbox_x_mm, row.bbox_y_mm, row.bbox_z_mm, row.volume_mm3) == (10, 10, 10, 1000)
    assert (row.colour, row.notes, row.product) == ("#ff8000", "", 1)


def test_equal_children_are_one_row_with_their_quantity():
    found = rows(tree("A", "Screw", "Plate", uses=((1, 2), (1, 3), (1, 2), (1, 2))), {})
    assert shown(found, "part_number", "quantity", "parent", "path", "level") == [
        ("A", 1, "", "1", 0),
        ("Screw", 3, "A", "1.1", 1),
        ("Plate", 1, "A", "1.2", 1),
    ]


def test_a_usage_that_counts_instead_of_placing_counts():
    counted = ProductTree(tree("A", "B").products, [Usage(9, 1, 2, "", quantity=4)], [1])
    assert rows(counted, {})[1].quantity == 4


def test_rows_follow_the_tree_depth_first_and_every_parent_shows_its_own():
    # 1 uses 2 and 3; both use the screw 4
    found = rows(tree("A", "Left", "Right", "Screw", uses=((1, 2), (1, 3), (2, 4), (3, 4), (3, 4))), {})
    assert shown(found, "path", "part_number", "parent", "quantity") == [
        ("1", "A", "", 1),
        ("1.1", "Left", "A", 1),
        ("1.1.1", "Screw", "Left", 1),
        ("1.2", "Right", "A", 1),
        ("1.2.1", "Screw", "Right", 2),
    ]


def test_total_quantities_are_multiplied_through_and_agree_with_the_tree():
    nested = tree("A", "Sub", "Screw", uses=((1, 2), (1, 2), (2, 3), (2, 3), (2, 3), (1, 3)))
    found = rows(nested, {})
    assert [row.total_quantity for row in found if row.part_number == "Screw"] == [6, 1]
    for number, quantity in nested.quantities().items():
        assert sum(row.total_quantity for row in found if row.product == number) == quantity


def test_paths_are_unique():
    found = rows(tree("A", "B", "C", uses=((1, 2), (1, 3), (2, 3)), roots=(1, 3)), {})
    assert len({row.path for row in found}) == len(found)


def test_several_roots_stand_at_level_0():
    found = rows(tree("A", "B", roots=(1, 2)), {})
    assert shown(found, "path", "part_number", "level", "parent") == [("1", "A", 0, ""), ("2", "B", 0, "")]


def test_a_file_without_products_lists_its_bodies():
    found = rows(tree(roots=()), {}, [Body(cube(2)), Body(cube(3), name="Block", quantity=2)])
    assert shown(found, "path", "part_number", "quantity", "volume_mm3", "product", "notes") == [
        ("1", "Body 1", 1, 8, None, "the file names no product"),
        ("2", "Block", 2, 27, None, "the file names no product"),
    ]


def test_a_file_with_nothing_has_no_rows():
    assert rows(tree(roots=()), {}) == []


def test_a_part_of_several_bodies_is_one_row_that_says_so():
    (row,) = rows(tree("P"), {1: cube(10, bodies=3)})
    assert (row.quantity, row.notes) == (1, "3 bodies")


# words


@pytest.mark.parametrize(
    ("part", "number", "description", "source"),
    [
        (product(1, "P-1", "Plate"), "P-1", "Plate", "Plate"),
        (product(1, "Plate", "Plate", "Side plate"), "Plate", "Side plate", "Side plate"),
        (product(1, "Plate", "Plate", "None"), "Plate", "Plate", "Plate"),
        (product(1, "P-1", "Plate", "Side plate"), "P-1", "Plate", "Plate"),
        (product(1, "", "Plate"), "Plate", "Plate", "Plate"),
        (product(1, "P-1", " Plate "), "P-1", "Plate", " Plate "),
        (product(1, "", ""), "#1", "#1", "#1"),
        (product(1, "P\ud800", "N\x00"), "P\ufffd", "N\ufffd", "N\ufffd"),
    ],
)
def test_number_description_and_where_it_comes_from(part, number, description, source):
    (row,) = rows(tree(part), {})
    assert (row.part_number, row.part_description, row.source_name) == (number, description, source)


# sizes


def test_an_assembly_weighs_its_parts_and_has_no_box_of_its_own():
    nested = tree("A", "Sub", "Cube", uses=((1, 2), (1, 2), (2, 3), (2, 3), (1, 3)))
    top, sub, *_ = rows(nested, {3: cube(2)})
    assert (sub.volume_mm3, top.volume_mm3) == (16, 40)
    assert (top.bbox_x_mm, top.bbox_y_mm, top.bbox_z_mm) == (None, None, None)
    assert top.notes == ""


def test_an_assembly_that_was_measured_as_a_whole_shows_that():
    whole = Measure((5, 6, 7), 99, whole=True)
    assert shown(rows(tree("A", "B", uses=((1, 2),)), {1: whole, 2: cube(2)}), "bbox_z_mm", "volume_mm3") == [
        (7, 99),
        (2, 8),
    ]


def test_bodies_of_an_assembly_itself_count_into_its_volume_but_not_as_its_box():
    top, _ = rows(tree("A", "B", uses=((1, 2),)), {1: cube(1), 2: cube(2)})
    assert (top.volume_mm3, top.bbox_x_mm) == (9, None)


def test_one_part_without_volume_leaves_the_assembly_without():
    top, *_ = rows(tree("A", "B", "C", uses=((1, 2), (1, 3))), {2: cube(2), 3: Measure((1, 1, 0), None)})
    assert (top.volume_mm3, top.notes) == (None, "no volume: not known for all parts")


def test_what_was_measured_on_the_preview_says_so_up_to_the_root():
    top, part = rows(tree("A", "B", uses=((1, 2),)), {2: cube(2, exact=False)})
    assert part.notes == top.notes == "approximate: measured on the preview"


@pytest.mark.parametrize(
    ("measure", "notes"),
    [
        (Measure((1, 1, 0), None), "surface only, no volume"),
        (Measure((1, 1, 0), 0.0), "surface only, no volume"),
        (
            Measure((1, 1, 1), None, exact=False),
            "approximate: measured on the preview; no volume: the preview is not closed",
        ),
        (None, "not measured"),
    ],
)
def test_a_missing_volume_has_a_reason(measure, notes):
    (row,) = rows(tree("P"), {} if measure is None else {1: measure})
    assert (row.volume_mm3, row.notes) == (None, notes)


@pytest.mark.parametrize(
    "measure",
    [
        Measure((float("nan"), 1, 1), float("inf"), "red"),
        Measure((1e400, 1, 1), float("nan"), "#12345"),
        Measure((1, 1), -1, "#gggggg"),
    ],
)
def test_what_is_no_measure_stays_out(measure):
    (row,) = rows(tree("P"), {1: measure})
    assert (row.bbox_x_mm, row.volume_mm3, row.colour) == (None, None, None)


# limits


def test_a_list_that_is_too_long_ends_and_says_so(monkeypatch):
    monkeypatch.setattr(module, "MAX_ROWS", 5)
    names = [f"P{number}" for number in range(10)]
    found = rows(tree("A", *names, uses=tuple((1, child) for child in range(2, 12))), {})
    assert len(found) == 5
    assert [bool("the list ends after 5 rows" in row.notes) for row in found] == [
        True,
        False,
        False,
        False,
        True,
    ]


def test_a_list_that_just_fits_has_no_such_note(monkeypatch):
    monkeypatch.setattr(module, "MAX_ROWS", 2)
    assert "ends" not in rows(tree("A", "B", uses=((1, 2),)), {})[0].notes


def test_a_tree_that_doubles_at_every_level_ends_at_the_limit():
    levels = 40  # two different children each, so 2^40 places
    uses = tuple((level, child) for level in range(1, levels * 2 - 1) for child in _next_level(level))
    found = rows(tree(*(f"P{number}" for number in range(1, levels * 2 + 1)), uses=uses), {})
    assert len(found) == module.MAX_ROWS


def _next_level(number: int) -> tuple[int, int]:
    level = (number + 1) // 2
    return (2 * level + 1, 2 * level + 2)


def test_nesting_deeper_than_pythons_stack_ends_with_a_note():
    depth = 3000
    deep = tree(*(f"P{number}" for number in range(depth)), uses=tuple((n, n + 1) for n in range(1, depth)))
    found = rows(deep, {depth: cube(2)})
    assert len(found[-1].path) <= module.MAX_PATH
    assert "deeper levels are left out" in found[-1].notes
    assert found[0].volume_mm3 == 8


def test_an_assembly_that_contains_itself_is_not_unfolded_for_ever():
    found = rows(tree("A", "B", uses=((1, 2), (2, 1))), {2: cube(1)})
    assert shown(found, "part_number", "volume_mm3") == [("A", None), ("B", None), ("A", None)]
    assert "contains itself" in found[-1].notes


def test_a_note_stands_once():
    (row,) = rows(tree("P"), {})
    assert noted(noted(row, "a", "b"), "b", "c").notes == "not measured; a; b; c"
