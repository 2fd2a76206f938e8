"""The numbering of faces, in GLBs of the real reader: one number for each B-rep face, whatever its colour."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.support import step_text
from utils.cad.facenumbers import drop_doubtful_surfaces, face_of_each_triangle, face_starts, triangles_of
from utils.cad.glb import Glb

DEMO = Path(__file__).parents[3] / "utils/demo/step"


def glb_of(conversion) -> Glb:
    return Glb.parse(conversion.glb_path.read_bytes())


def primitives(glb: Glb):
    return [primitive for mesh in glb.document["meshes"] for primitive in mesh["primitives"]]


def two_coloured_box(step: step_text.StepText, name: str) -> None:
    solid = step.box_solid((10, 20, 30))
    step.product(name, [solid])
    faces = [f"#{n}" for n, entity in enumerate(step._entities, 1) if entity.startswith("ADVANCED_FACE(")]
    step.colour(solid, (1, 0, 0))
    step.colour(faces[-2], (0, 0, 1))


def test_a_box_has_six_faces_of_two_triangles(conversion):
    made = conversion(step_text.box(1, 2, 3))
    [primitive] = primitives(glb_of(made))
    assert primitive["extras"] == {"firstFace": 1, "starts": [0, 2, 4, 6, 8, 10]}
    assert made.faces == 6


def test_numbers_run_on_through_all_meshes(conversion):
    made = conversion(step_text.assembly())
    extras = [primitive["extras"] for primitive in primitives(glb_of(made))]
    assert [numbering["firstFace"] for numbering in extras] == [1, 7]
    assert made.faces == 12


@pytest.mark.parametrize("path", sorted(DEMO.glob("*.step")), ids=lambda path: path.stem)
def test_runs_of_vertices_are_the_faces_that_the_reader_names(conversion, path):
    """An independent witness: for parts of one colour the reader itself says which face a triangle is of."""
    glb = glb_of(conversion(path.read_bytes(), path.name))
    following = 1
    for primitive in primitives(glb):
        named = glb.array(primitive["extensions"]["TM_brep_faces"]["faceIndices"])
        numbers = face_of_each_triangle(primitive, len(triangles_of(glb, primitive)))
        assert np.array_equal(numbers, named + following)
        following += len(primitive["extensions"]["TM_brep_faces"]["faces"])


def test_a_part_in_two_colours_has_each_face_once(conversion):
    step = step_text.StepText()
    two_coloured_box(step, "Striped")
    made = conversion(step.text())
    several = primitives(glb_of(made))
    assert [(one["extras"]["firstFace"], len(one["extras"]["starts"])) for one in several] in (
        [(1, 5), (6, 1)],
        [(1, 1), (2, 5)],
    )
    assert made.faces == 6


def test_surfaces_after_a_part_in_two_colours_are_not_trusted(conversion):
    step = step_text.StepText()
    two_coloured_box(step, "Striped")
    step.product("Ball", [step.sphere_solid(5)])
    for mesh in glb_of(conversion(step.text())).document["meshes"]:
        for primitive in mesh["primitives"][1:] if mesh["name"] == "Striped" else mesh["primitives"]:
            assert "TM_brep_faces" not in primitive.get("extensions", {})


def test_surfaces_before_a_part_in_two_colours_stay():
    def mesh(primitives: int):
        return {"primitives": [{"extensions": {"TM_brep_faces": {}}} for _ in range(primitives)]}

    glb = Glb({"meshes": [mesh(1), mesh(2), mesh(1)]}, b"")
    drop_doubtful_surfaces(glb)
    kept = [["extensions" in one for one in mesh["primitives"]] for mesh in glb.document["meshes"]]
    assert kept == [[True], [True, False], [False]]


def test_a_face_is_connected_even_when_its_triangles_go_back_and_forth():
    triangles = np.array([[0, 1, 2], [5, 6, 7], [2, 3, 5], [8, 9, 10]])
    assert face_starts(triangles).tolist() == [0, 3]


def test_nothing_has_no_faces():
    assert face_starts(np.zeros((0, 3), np.int64)).tolist() == []
