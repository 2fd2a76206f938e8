"""Names, products and measures in the preview, by the real reader in the real sandbox."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.support import step_text
from utils.cad import step_converter
from utils.cad.facenumbers import number_faces
from utils.cad.glb import Glb
from utils.cad.product.meshes import enclosed_volume
from utils.cad.product.naming import Names, name_all
from utils.cad.step_converter import Unreadable, convert, prepare
from utils.sandbox import Limits


def document_of(conversion) -> dict:
    return Glb.parse(conversion.glb_path.read_bytes()).document


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1251", "Кронштейн левый"),
        ("cp866", "Кронштейн левый"),
        ("gb18030", "左支架"),
        ("cp932", "左ブラケット表示板"),
        ("euc_kr", "좌측 브라켓"),
        ("cp1252", "Gehäuseoberteil"),
        ("utf-8", "Würfel 部品 🔩"),
    ],
)
def test_names_in_any_code_page_reach_the_preview(conversion, encoding, name):
    made = conversion(step_text.assembly(name).replace("'Plate'", f"'{name} 1'").encode(encoding))
    assert made.tree[0].name == name
    assert made.names == [f"{name} 1", "Foot"]


def test_meshes_and_nodes_know_their_products_and_usages(conversion):
    made = conversion(step_text.assembly("Frame"))
    number = {product.name: product.number for product in made.products.products.values()}
    document = document_of(made)
    assert [mesh["extras"]["product"] for mesh in document["meshes"]] == [number["Plate"], number["Foot"]]
    usages = {usage.reference: usage.number for usage in made.products.usages}
    rows = [(node.name, node.product, node.usage) for node in made.tree]
    assert rows == [
        ("Frame", number["Frame"], None),
        ("plate:1", number["Plate"], usages["plate:1"]),
        ("feet:1", number["Feet"], usages["feet:1"]),
        *((f"foot:{one}", number["Foot"], usages[f"foot:{one}"]) for one in (1, 2, 3, 4)),
    ]
    [feet] = [node for node in document["nodes"] if node.get("name") == "feet:1"]
    assert feet["extras"] == {"product": number["Feet"], "usage": usages["feet:1"], "name": "Feet"}


def test_a_place_without_a_name_is_called_as_its_product(conversion):
    text = step_text.assembly().replace("'foot:1','foot:1'", "'NAUO1',''")
    assert sorted(node.name for node in conversion(text).tree if node.part == "Foot")[0] == "Foot"


def test_a_part_of_two_bodies_has_one_product(conversion):
    step = step_text.StepText()
    solids = [step.box_solid((1, 1, 1)), step.box_solid((2, 2, 2), at=(5, 0, 0))]
    step.product("Pair", solids)
    made = conversion(step.text())
    [product] = made.products.products
    assert {mesh.product for mesh in made.meshes_found} == {product}
    assert {mesh.name for mesh in made.meshes_found} == {"Pair"}
    assert made.products.instances() == 1


def test_products_of_the_same_name_stay_apart(conversion):
    text = step_text.assembly().replace("'Foot'", "'Plate'")
    made = conversion(text)
    assert made.names == ["Plate"]
    assert len({mesh.product for mesh in made.meshes_found}) == 2


def test_a_shape_that_no_product_has_is_none_for_the_reader(conversion):
    step = step_text.StepText()
    solid = step.box_solid((1, 2, 3), name="Lump")
    step.add(f"ADVANCED_BREP_SHAPE_REPRESENTATION('',({step.placement()},{solid}),{step._context})")
    with pytest.raises(Unreadable) as caught:
        conversion(step.text())
    assert caught.value.code == "no_shape"


def test_a_mesh_is_measured_in_its_part_s_own_axes(conversion):
    made = conversion(step_text.assembly())
    plate, foot = made.meshes_found
    assert (plate.name, plate.quantity, foot.name, foot.quantity) == ("Plate", 1, "Foot", 4)
    assert plate.box is not None
    assert plate.box["low"] == pytest.approx([0, 0, 0], abs=1e-4)
    assert plate.box["high"] == pytest.approx([100, 60, 5], abs=1e-4)
    assert plate.volume_mm3 == pytest.approx(30_000, rel=1e-5)
    assert plate.area_mm2 == pytest.approx(2 * (6000 + 500 + 300), rel=1e-5)
    assert (plate.faces, plate.triangles, plate.colour) == (6, 12, None)


@pytest.mark.parametrize(("unit", "mm"), [("m", 1000), ("inch", 25.4)])
def test_measures_are_millimetres_whatever_the_unit(conversion, unit, mm):
    [mesh] = conversion(step_text.sphere(2, unit=unit)).meshes_found
    assert mesh.volume_mm3 == pytest.approx(4 / 3 * math.pi * (2 * mm) ** 3, rel=0.03)
    assert mesh.area_mm2 == pytest.approx(4 * math.pi * (2 * mm) ** 2, rel=0.03)


def test_a_colour_is_the_one_of_the_file(conversion):
    [mesh] = conversion(step_text.box(1, 1, 1, colour=(1, 0.5, 0))).meshes_found
    assert mesh.colour == "#ff8000"


def test_the_colour_of_the_largest_area_wins(conversion):
    step = step_text.StepText()
    solid = step.box_solid((10, 20, 30))
    step.product("Striped", [solid])
    faces = [f"#{n}" for n, entity in enumerate(step._entities, 1) if entity.startswith("ADVANCED_FACE(")]
    step.colour(solid, (1, 0, 0))
    step.colour(faces[-1], (0, 0, 1))
    [mesh] = conversion(step.text()).meshes_found
    assert mesh.colour == "#ff0000"
    assert mesh.volume_mm3 == pytest.approx(6000, rel=1e-5)  # closed across its colours


def cube(*, open_side: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Six sides with vertices of their own, as the reader writes them."""
    points: list[np.ndarray] = []
    triangles: list[list[int]] = []
    for axis in range(3):
        for side in (0, 1):
            corners = np.zeros((4, 3))
            corners[:, axis] = side
            corners[:, (axis + 1) % 3], corners[:, (axis + 2) % 3] = [0, 1, 1, 0], [0, 0, 1, 1]
            around = corners if side else corners[::-1]
            here = len(points) * 4
            points.append(around)
            triangles += [[here, here + 1, here + 2], [here, here + 2, here + 3]]
    last = -2 if open_side else None
    return np.concatenate(points), np.array(triangles[:last])


def test_an_open_mesh_has_no_volume():
    assert enclosed_volume(*cube()) == pytest.approx(1)
    assert enclosed_volume(*cube(open_side=True)) is None
    assert enclosed_volume(np.zeros((0, 3)), np.zeros((0, 3), np.int64)) is None


@pytest.mark.parametrize("noise", [0, 1e-7, -1e-7])
def test_a_volume_bears_the_noise_of_single_precision(noise):
    points, triangles = cube()
    points = points + np.resize([noise, 0, -noise], points.shape) + 0.1
    assert enclosed_volume(points, triangles) == pytest.approx(1, rel=1e-5)


def test_the_same_file_gives_the_same_numbers(conversion):
    text = step_text.assembly()
    first, second = conversion(text), conversion(text, "again.step")
    assert first.meshes_found == second.meshes_found
    assert first.products == second.products


def test_one_preparation_serves_several_readers(sandbox, write, tmp_path):
    prepared = prepare(write(step_text.assembly("Рама")), tmp_path)
    assert prepared.neutral.parent == tmp_path
    assert "Рама" not in prepared.neutral.read_text(encoding="utf-8")
    for _ in range(2):
        with convert(sandbox, prepared, limits=Limits(wall_s=60)) as made:
            assert made.tree[0].name == "Рама"
    assert prepared.neutral.exists()


def test_what_is_refused_is_not_copied(write, tmp_path):
    folder = tmp_path / "prepared"
    folder.mkdir()
    with pytest.raises(Unreadable) as caught:
        prepare(write(step_text.header_only()), folder)
    assert caught.value.code == "header_only"
    assert list(folder.iterdir()) == []


def test_nothing_stays_when_the_reader_fails(sandbox, scratch, write):
    for text in (step_text.no_shape(), step_text.header_only()):
        with pytest.raises(Unreadable):
            convert(sandbox, write(text))
    assert list(scratch.iterdir()) == []


def test_a_name_that_looks_like_a_token_is_a_name(conversion):
    step = step_text.StepText()
    step.product("KP1", [step.box_solid((1, 1, 1), name="KP9999")])
    made = conversion(step.text())
    assert made.names == ["KP1"]
    assert [mesh.product for mesh in made.meshes_found] == list(made.products.products)


def test_a_body_keeps_a_name_of_its_own():
    names = Names({"products": {"7": "Pair"}, "usages": {}})
    nodes: list[dict] = [
        {"name": "KP7", "children": [1, 2]},
        {"name": "left half", "mesh": 0},
        {"name": "=>[0:1:1:3]", "mesh": 1},
    ]
    meshes: list[dict] = [{"name": "left half", "primitives": []}, {"name": "SOLID", "primitives": []}]
    glb = Glb({"nodes": nodes, "meshes": meshes, "scenes": [{"nodes": [0]}]}, b"")
    assert number_faces(glb) == 0
    name_all(glb, names)
    assert [node["name"] for node in nodes] == ["Pair", "left half", "Pair"]
    assert [mesh["name"] for mesh in meshes] == ["Pair", "Pair"]
    assert [mesh["extras"] for mesh in meshes] == [{"product": 7}, {"product": 7}]


def test_the_options_key_changed_with_the_numbering():
    assert not step_converter.OPTIONS_KEY.startswith("glb1-")
