"""What the bill of materials takes from exact reading, and what from the preview where that is all there is."""

import pytest

from utils.bom.rows import rows
from utils.cad.product.tree import Product, ProductTree, Usage
from utils.tasks.step.measuring import counted, measured

BOX = {"low": [0.0, 0.0, 0.0], "high": [1.0, 2.0, 3.0]}
TREE = ProductTree(
    {1: Product(1, "A", "A", "", "A"), 2: Product(2, "B", "B", "", "B")}, [Usage(9, 1, 2, "", 3)], [1]
)


def part(product, volume=6.0, solids=1, quantity=3):
    return {"product": product, "quantity": quantity, "solids": solids, "volume_mm3": volume, "box": BOX}


def analysis(*parts):
    volumes = [p["volume_mm3"] for p in parts]
    whole = None if None in volumes else sum(p["volume_mm3"] * p["quantity"] for p in parts)
    return {"parts": list(parts), "box": {"low": [0.0] * 3, "high": [9.0] * 3}, "volume_mm3": whole}


def mesh(product, area=1.0, colour="#ff0000", volume=5.9, name="B"):
    return {
        "product": product,
        "name": name,
        "quantity": 3,
        "box": BOX,
        "volume_mm3": volume,
        "area_mm2": area,
        "colour": colour,
    }


def lines(found, meshes, tree=TREE):
    measures, bodies = measured(tree, found, meshes)
    return rows(tree, measures, bodies)


def test_exact_measures_take_their_colour_from_the_preview():
    _, child = lines(analysis(part(2)), [mesh(2)])
    assert (child.volume_mm3, child.colour, child.notes) == (6.0, "#ff0000", "")
    assert (child.bbox_x_mm, child.bbox_y_mm, child.bbox_z_mm) == (1.0, 2.0, 3.0)


def test_the_assembly_itself_has_its_whole_box_and_volume():
    root, _ = lines(analysis(part(2)), [mesh(2)])
    assert (root.bbox_x_mm, root.volume_mm3) == (9.0, 18.0)


def test_without_exact_reading_the_preview_measures_and_says_so():
    root, child = lines(None, [mesh(2)])
    assert child.volume_mm3 == 5.9
    assert "approximate" in child.notes
    assert root.bbox_x_mm is None


def test_a_part_in_several_colours_has_that_of_its_largest_area():
    _, child = lines(
        analysis(part(2)), [mesh(2, 1.0, "#111111"), mesh(2, 5.0, "#222222"), mesh(2, 2.0, None)]
    )
    assert child.colour == "#222222"


def test_a_product_of_several_shapes_adds_their_volumes_and_guesses_no_box():
    _, child = lines(analysis(part(2, 6.0), part(2, 4.0)), [mesh(2)])
    assert (child.volume_mm3, child.bbox_x_mm) == (10.0, None)
    assert "2 bodies" in child.notes
    _, open_one = lines(analysis(part(2, 6.0), part(2, None)), [mesh(2)])
    assert open_one.volume_mm3 is None


def test_what_belongs_to_no_product_is_listed_under_its_own_name():
    found = lines(None, [mesh(None, name="Lens")], ProductTree())
    assert [(row.part_number, row.quantity, row.volume_mm3) for row in found] == [("Lens", 3, 5.9)]


def test_several_bodies_of_one_product_in_the_preview_are_one_part_with_one_box():
    other = {**mesh(2, volume=1.0), "box": {"low": [-1.0, 0.0, 0.0], "high": [0.5, 1.0, 7.0]}}
    _, child = lines(None, [mesh(2), other])
    assert (child.bbox_x_mm, child.bbox_y_mm, child.bbox_z_mm) == (2.0, 2.0, 7.0)
    assert child.volume_mm3 == pytest.approx(6.9)
    assert counted([mesh(2), other, mesh(None)]) == (2, 6)
