"""The real reader in the real sandbox: good files come out well, bad ones come back with a reason."""

from __future__ import annotations

import gzip
import json
import re
import time

import numpy as np
import pytest

from tests.support import step_text
from utils.cad.glb import Glb
from utils.cad.step_converter import OPTIONS_KEY, Unreadable, convert, glb_to_gltf
from utils.sandbox import Limits


def glb_of(conversion) -> Glb:
    return Glb.parse(conversion.glb_path.read_bytes())


def refusal(conversion, content, **more) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        conversion(content, **more)
    assert caught.value.message.endswith(".")
    assert str(caught.value) == caught.value.message
    return caught.value


# what must work


@pytest.mark.parametrize(("unit", "mm"), [("mm", 1), ("cm", 10), ("m", 1000), ("inch", 25.4)])
def test_a_box_has_its_size_in_millimetres_whatever_its_unit(conversion, unit, mm):
    made = conversion(step_text.box(1, 2, 3, unit=unit))
    assert made.bbox_mm == pytest.approx((1 * mm, 2 * mm, 3 * mm), rel=1e-4)
    assert made.units == unit
    assert (made.meshes, made.faces, made.triangles) == (1, 6, 12)


@pytest.mark.parametrize(("radius", "unit", "mm"), [(100, "m", 200_000), (50, "m", 100_000), (1.5, "mm", 3)])
def test_a_sphere_of_any_size_is_as_round_as_another(conversion, radius, unit, mm):
    made = conversion(step_text.sphere(radius, unit=unit))
    assert made.bbox_mm == pytest.approx((mm, mm, mm), rel=0.03)
    assert 200 < made.triangles < 5000
    assert made.seconds < 20


def test_the_preview_is_turned_from_z_up_to_y_up_once(conversion):
    made = conversion(step_text.box(10, 20, 30))
    bounds = glb_of(made).bounds()
    assert bounds is not None
    low, high = bounds
    assert (high - low) * 1000 == pytest.approx([10, 30, 20], abs=1e-3)
    assert low * 1000 == pytest.approx([0, 0, -20], abs=1e-3)


def test_an_assembly_keeps_its_names_its_tree_and_one_mesh_for_each_part(conversion):
    made = conversion(step_text.assembly("Frame"))
    assert made.names == ["Plate", "Foot"]
    rows = [(node.name, node.part, node.parent) for node in made.tree]
    assert rows == [
        ("Frame", None, None),
        ("plate:1", "Plate", 0),
        ("feet:1", None, 0),
        *((f"foot:{number}", "Foot", 2) for number in (1, 2, 3, 4)),
    ]
    assert made.bbox_mm == pytest.approx((100, 60, 15), rel=1e-4)
    assert [mesh["name"] for mesh in glb_of(made).document["meshes"]] == ["Plate", "Foot"]


def test_colours_survive_and_are_no_mirrors(conversion):
    made = conversion(step_text.box(1, 1, 1, colour=(1, 0.5, 0)))
    [material] = glb_of(made).document["materials"]
    surface = material["pbrMetallicRoughness"]
    assert surface["baseColorFactor"] == pytest.approx([1, 0.214, 0, 1], abs=0.001)  # linear light
    assert surface["metallicFactor"] == 0


def test_faces_carry_their_analytic_shape(conversion):
    [mesh] = glb_of(conversion(step_text.sphere(5))).document["meshes"]
    faces = mesh["primitives"][0]["extensions"]["TM_brep_faces"]["faces"]
    assert [face["type"] for face in faces] == ["sphere"]
    assert faces[0]["radius"] == pytest.approx(0.005)


def test_triangles_look_outwards(conversion):
    glb = glb_of(conversion(step_text.box(10, 20, 30)))
    primitive = glb.document["meshes"][0]["primitives"][0]
    corners = glb.array(primitive["attributes"]["POSITION"])[glb.array(primitive["indices"]).reshape(-1, 3)]
    volume = np.einsum("ij,ij->i", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])).sum() / 6
    assert volume == pytest.approx(6e-6, rel=1e-3)


def test_a_byte_order_mark_is_no_obstacle(conversion):
    assert conversion("\ufeff" + step_text.box(1, 2, 3)).triangles == 12


@pytest.mark.parametrize("name", ["日本語.step", "x" * 250 + ".step", "a b'c\"$(touch x);.step", "UPPER.STP"])
def test_the_file_s_name_does_not_matter(conversion, name):
    assert conversion(step_text.box(1, 2, 3), name=name).triangles == 12


@pytest.mark.parametrize("name", ["Würfel 部品 🔩", "<script>alert(1)</script>", "a\\b'c;#5=", "   "])
def test_names_come_through_as_they_are(conversion, name):
    assert conversion(step_text.box(1, 1, 1, name=name)).names[0].strip() == name.strip()


def test_names_in_an_old_code_page_still_give_valid_utf8(conversion):
    text = step_text.box(1, 1, 1, name="Болт М6").encode("cp1251")
    made = conversion(text)
    json.loads(glb_to_gltf(made.glb_path.read_bytes()).decode("utf-8"))
    assert made.triangles == 12


def test_the_compressed_file_holds_the_same_model_and_no_date(conversion):
    made = conversion(step_text.box(1, 2, 3))
    packed = made.gz_path.read_bytes()
    assert gzip.decompress(packed) == made.glb_path.read_bytes()
    assert packed[4:8] == b"\0\0\0\0"


def test_the_same_file_gives_the_same_bytes(conversion):
    text = step_text.assembly()
    assert conversion(text).gz_path.read_bytes() == conversion(text, "again.step").gz_path.read_bytes()


def test_progress_runs_from_nothing_to_everything(conversion):
    heard = []
    conversion(step_text.box(1, 2, 3), progress=lambda share, stage: heard.append((share, stage)))
    assert heard[0][0] == 0.0
    assert heard[-1] == (1.0, "done")
    assert heard == sorted(heard)


def test_the_cache_key_is_short_and_safe_in_a_path():
    assert OPTIONS_KEY.replace("-", "").isalnum()
    assert len(OPTIONS_KEY) < 32


# what must be refused, with a reason


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (step_text.header_only(), "header_only", "no parts in it"),
        (step_text.cut_off(step_text.box(1, 2, 3)), "cut_off", "cut off in line"),
        (step_text.without(step_text.box(1, 2, 3), "VECTOR"), "damaged", "is missing"),
        (step_text.no_shape(), "no_shape", "no solid or surface"),
        (step_text.not_a_number(), "not_a_number", "not a number"),
        (step_text.nested_parentheses(), "nested_too_deep", "nested absurdly deep"),
        (step_text.nested_assembly(6, 10), "too_many_instances", "1,111,110 parts"),
        (step_text.external_reference("wheel.stp"), "external_files", "“wheel.stp”"),
    ],
)
def test_a_bad_file_comes_back_with_a_reason(conversion, text, code, words):
    error = refusal(conversion, text)
    assert error.code == code
    assert words in error.message


def test_points_alone_are_no_shape(conversion):
    step = step_text.StepText()
    step.point((1, 2, 3))
    assert refusal(conversion, step.text()).code == "no_shape"


def test_a_text_that_only_the_reader_finds_wrong_is_damaged(conversion):
    text = step_text.box(1, 2, 3).replace("=LINE('',", "=LINE('',two words,", 1)
    assert refusal(conversion, text).code == "damaged"


def test_a_file_that_crashes_the_reader_comes_back_with_a_reason(conversion):
    # a vector without a direction: nothing in the text is wrong, but the reader follows a null pointer
    text = re.sub(r"=VECTOR\('',#\d+", "=VECTOR('',$", step_text.box(10, 20, 30))
    error = refusal(conversion, text)
    assert error.code == "reader_crashed"
    assert "crashed on this file" in error.message


@pytest.mark.parametrize(
    ("limits", "code", "words"),
    [
        (Limits(memory_mb=1), "out_of_memory", "more than 1 MB of memory"),
        (Limits(wall_s=0.02), "took_too_long", "Took longer than"),
        (Limits(output_mb=0), "output_too_large", "larger than 0 MB"),
    ],
)
def test_outrunning_a_limit_is_a_reason(conversion, limits, code, words):
    error = refusal(conversion, step_text.nested_assembly(4, 8), limits=limits)
    assert error.code == code
    assert words in error.message


def test_cancelling_is_quick_and_said(conversion):
    started = time.monotonic()
    error = refusal(conversion, step_text.nested_assembly(5, 8), cancelled=lambda: True)
    assert error.code == "cancelled"
    assert time.monotonic() - started < 2


def test_an_external_file_is_not_opened_even_when_nobody_scans(sandbox, tmp_path, write):
    from utils.cad.scan import StepScan

    secret = tmp_path / "secret.step"
    secret.write_text(step_text.box(70, 80, 90, name="Secret"))
    source = write(step_text.external_reference(str(secret)))
    with convert(sandbox, source, limits=Limits(wall_s=30), scanned=StepScan()) as made:
        assert made.bbox_mm == pytest.approx((1, 1, 1))
        assert "Secret" not in made.names


def test_a_text_gltf_is_self_contained(conversion):
    raw = conversion(step_text.box(1, 2, 3)).glb_path.read_bytes()
    document = json.loads(glb_to_gltf(raw))
    [buffer] = document["buffers"]
    assert buffer["uri"].startswith("data:application/octet-stream;base64,")
    assert buffer["byteLength"] == len(Glb.parse(raw).binary)
