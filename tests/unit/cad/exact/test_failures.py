"""A file that cannot be measured comes back with a reason, and nothing is left behind."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support import step_text
from utils.cad.exact import analyse
from utils.cad.problems import Unreadable
from utils.cad.step_converter import convert, prepare
from utils.sandbox import Limits


@pytest.fixture
def refusal(kernel, tmp_path):
    def refuse(step: Path, glb: Path | None = None, **more) -> Unreadable:
        empty = tmp_path / "none.glb"
        empty.write_bytes(b"")
        with pytest.raises(Unreadable) as caught:
            analyse(kernel, step, glb or empty, **more)
        assert caught.value.message.endswith(".")
        return caught.value

    return refuse


@pytest.fixture
def boxes(converter, tmp_path):
    """A box as a STEP file and its preview."""
    path = tmp_path / "box.step"
    path.write_text(step_text.box(10, 20, 30))
    with convert(converter, prepare(path, tmp_path)) as made:
        return path, Path(shutil.copy(made.glb_path, tmp_path / "box.glb"))


def triangles_alone() -> str:
    """A tetrahedron without surfaces, as AP242 writes what was never modelled exactly."""
    step = step_text.StepText(
        schema="AP242_MANAGED_MODEL_BASED_3D_ENGINEERING_MIM_LF { 1 0 10303 442 1 1 4 }"
    )
    corners = step.add("COORDINATES_LIST('',4,((0.,0.,0.),(10.,0.,0.),(0.,10.,0.),(0.,0.,10.)))")
    sides = ["((1,3,2))", "((1,2,4))", "((2,3,4))", "((1,4,3))"]
    faces = [step.add(f"TRIANGULATED_FACE('',{corners},4,((0.,0.,1.)),$,(),{side})") for side in sides]
    shell = step.add(f"TESSELLATED_SHELL('',({','.join(faces)}),$)")
    step.product("Tetrahedron", [shell])
    return step.text().replace("ADVANCED_BREP_SHAPE_REPRESENTATION", "TESSELLATED_SHAPE_REPRESENTATION")


def test_a_file_of_triangles_alone_says_so(refusal, tmp_path):
    path = tmp_path / "triangles.step"
    path.write_text(triangles_alone())
    problem = refusal(path)
    assert problem.code == "tessellated"
    assert "no exact surfaces" in problem.message


def test_a_file_without_a_shape_says_so(refusal, tmp_path):
    path = tmp_path / "empty.step"
    path.write_text(step_text.StepText().text())
    assert refusal(path).code == "no_shape"


def test_too_little_time_is_told(boxes, refusal):
    problem = refusal(*boxes, limits=Limits(wall_s=0.0))
    assert problem.code == "took_too_long"
    assert "0 s" in problem.message


def test_too_little_memory_is_told(write, refusal):
    problem = refusal(write("soft_box"), limits=Limits(memory_mb=1))
    assert problem.code == "out_of_memory"
    assert "1 MB" in problem.message


def test_a_cancelled_reading_is_told(boxes, refusal):
    assert refusal(*boxes, cancelled=lambda: True).code == "cancelled"


def test_a_crash_is_told_apart_from_a_missing_kernel(boxes, refusal, tmp_path):
    step, glb = boxes
    glb.write_bytes(b"no preview at all")
    problem = refusal(step, glb)
    assert problem.code == "kernel_crashed"
    assert "damaged" in problem.message
