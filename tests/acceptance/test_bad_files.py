"""Bad files: what is refused leaves nothing, what is broken is kept with its reason, what is odd just works."""

from __future__ import annotations

import gzip
import json
import struct

import pytest

from tests.support import step_text
from tests.support.pictures import PDF, PNG

GOOD = step_text.box(40, 20, 10, name="Block")


def test_an_upload_becomes_a_revision_with_a_preview(shop):
    answer = shop.upload(GOOD, "block.step")
    assert (answer.status_code, answer.get_json()["conversion"]) == (201, {"success": True})
    part = shop.read()
    assert (part["revision"], part["model"]["status"], part["newerModel"]) == ("A", "ready", None)
    assert part["model"]["bbox"] == pytest.approx({"xMm": 40, "yMm": 20, "zMm": 10})
    glb = shop.client.get(f"/api/parts/{shop.part}/model").data
    assert glb[:4] == b"glTF"


# Refused at once, nothing stored.


@pytest.mark.parametrize(
    ("content", "status", "sentence"),
    [
        (b"", 422, "empty"),
        (b"These are only words.", 415, "whatever its ending says"),
        (b"\x00\x01\x02\x03" * 100, 415, "whatever its ending says"),
        (PNG, 415, "a PNG picture, not a STEP file"),
        (PDF, 415, "a PDF, not a STEP file"),
        (step_text.external_reference("/etc/passwd").encode(), 422, "/etc/passwd"),
        (step_text.external_reference("../other.step").encode(), 422, "../other.step"),
    ],
    ids=["empty", "text", "bytes", "picture", "drawing", "names a system file", "names a neighbour"],
)
def test_what_is_no_step_file_is_refused_and_nothing_is_stored(shop, content, status, sentence):
    before = shop.counts()
    answer = shop.upload(content)
    assert answer.status_code == status
    assert sentence in answer.get_json()["detail"]
    assert shop.counts() == before


def test_a_step_file_by_another_name_is_still_one(shop):
    assert shop.upload(GOOD, "part.txt").status_code == 201


def test_a_body_over_the_limit_is_refused_with_the_limit_in_words(open_shop):
    shop = open_shop(MAX_UPLOAD_MB="1")
    before = shop.counts()
    answer = shop.upload(GOOD.encode() + b" " * 1_200_000)
    assert answer.status_code == 413
    assert "MAX_UPLOAD_MB" in answer.get_json()["detail"]
    assert shop.counts() == before


# Kept as a failed revision with its reason; the good preview stays current.


def damaged() -> str:
    return step_text.without(step_text.without(GOOD, "VECTOR"), "EDGE_CURVE")


BROKEN = {
    "header only": (step_text.header_only(), {"header_only", "no_shape"}),
    "cut in half": (step_text.cut_off(GOOD), {"cut_off"}),
    "damaged entities": (damaged(), {"damaged", "reader_crashed", "no_shape"}),
    "no shape": (step_text.no_shape(), {"no_shape"}),
    "not a number": (step_text.not_a_number(), {"not_a_number"}),
    "nested parentheses": (step_text.nested_parentheses(), {"nested_too_deep"}),
    "nested header": (
        GOOD.replace("(''),(''),'','','')", f"{'(' * 60_000}''{')' * 60_000},(''),'','','')"),
        {"nested_too_deep", "damaged", "reader_crashed"},
    ),
    "a million instances": (step_text.nested_assembly(6, 10), {"too_many_instances"}),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_file_is_a_failed_revision_and_the_good_preview_stays(shop, broken):
    content, codes = BROKEN[broken]
    assert shop.upload(GOOD).status_code == 201
    answer = shop.upload(content, "newer.step")
    assert answer.status_code == 422
    problem = answer.get_json()
    assert problem["code"] == "conversion_failed"
    assert problem["details"]["reason"] in codes
    part = shop.read()
    assert (part["revision"], part["model"]["status"]) == ("A", "ready")
    assert (part["newerModel"]["revision"], part["newerModel"]["status"]) == ("B", "failed")
    assert part["newerModel"]["error"]["message"] == problem["detail"]
    shop.settle()
    assert shop.counts()["scratch"] == 0
    assert shop.client.get(f"/api/parts/{shop.part}/model").status_code == 200
    assert shop.client.get(f"/api/parts/{shop.part}/download").data == content.encode()


def test_the_cut_is_named_by_its_line(shop):
    problem = shop.upload(step_text.cut_off(GOOD)).get_json()
    assert f"line {step_text.cut_off(GOOD).count(chr(10)) + 1}" in problem["detail"].replace(",", "")


def test_a_child_that_outruns_its_limits_ends_as_a_reason(open_shop):
    shop = open_shop(CONVERT_TIMEOUT_S="1", CONVERT_CPU_S="1")
    # Small enough to pass every count, far too much to tessellate in a second.
    problem = shop.upload(step_text.nested_assembly(2, 250)).get_json()
    assert problem["details"]["reason"] == "took_too_long"
    assert "1 s" in problem["detail"]


def test_a_failed_revision_can_be_tried_again(open_shop, data):
    shop = open_shop()
    failed = shop.upload(step_text.no_shape()).get_json()["details"]
    answer = shop.client.post(f"/api/jobs/{failed['job']['id']}/retry")
    assert answer.status_code == 202
    actions = [entry["action"] for entry in shop.read("/activity")["activity"]]
    assert "revision.retried" in actions


# Must simply work.


@pytest.mark.parametrize(
    "name", ["日本語.step", "x" * 295 + ".step", "../../x.step", 'a%0d%0ab;"c".step', "..step"]
)
def test_any_file_name_works_and_stays_a_name(shop, name):
    answer = shop.upload(GOOD, name)
    assert answer.status_code == 201
    download = shop.client.get(f"/api/parts/{shop.part}/download")
    assert download.data == GOOD.encode()
    kept = answer.get_json()["filename"]
    assert "/" not in kept
    assert len(kept) <= 200
    assert "\n" not in download.headers["Content-Disposition"]


def test_a_byte_order_mark_before_the_file_is_no_obstacle(shop):
    assert shop.upload(b"\xef\xbb\xbf" + GOOD.encode()).status_code == 201


@pytest.mark.parametrize(
    ("content", "box_mm"),
    [
        (step_text.sphere(100, unit="m"), 200_000),
        (step_text.sphere(1.5, unit="mm"), 3),
        (step_text.sphere(1, unit="inch"), 50.8),
    ],
    ids=["100 m", "3 mm", "1 inch"],
)
def test_a_sphere_of_any_size_and_unit_comes_out_round(shop, content, box_mm):
    model = shop.upload(content).get_json()["model"]
    assert list(model["bbox"].values()) == pytest.approx([box_mm] * 3, rel=0.02)
    triangles = _triangles(shop.client.get(f"/api/parts/{shop.part}/model").data)
    assert 100 < triangles < 20_000


def _triangles(glb: bytes) -> int:
    (length,) = struct.unpack_from("<I", glb, 12)
    told = json.loads(glb[20 : 20 + length])
    primitives = [p for mesh in told["meshes"] for p in mesh["primitives"]]
    return sum(told["accessors"][p["indices"]]["count"] for p in primitives) // 3


def test_the_same_bytes_are_converted_once(shop):
    first = shop.upload(GOOD, fully=True).get_json()["model"]
    shop.settle()
    files = made(shop)
    again = shop.upload(GOOD, "again.step", fully=True).get_json()["model"]
    shop.settle()
    assert (again["revision"], again["bbox"]) == ("B", first["bbox"])
    assert made(shop) == files


def made(shop):
    """What was made from files; a job's log is its own, and a drawing names its file."""
    files = (path for path in shop.files.rglob("*") if path.is_file())
    return {path for path in files if not {"logs", "drawings"} & set(path.parts)}


# What goes out.


def test_the_preview_answers_ranges_etags_and_compression(shop):
    shop.upload(GOOD)
    path = f"/api/parts/{shop.part}/model"
    whole = shop.client.get(path)
    assert whole.mimetype == "model/gltf-binary"
    part = shop.client.get(path, headers={"Range": "bytes=4-7", "Accept-Encoding": "gzip"})
    assert (part.status_code, part.data) == (206, whole.data[4:8])
    assert "Content-Encoding" not in part.headers
    packed = shop.client.get(path, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == whole.data
    assert packed.headers["ETag"] != whole.headers["ETag"]
    unchanged = shop.client.get(path, headers={"If-None-Match": whole.headers["ETag"]})
    assert (unchanged.status_code, unchanged.data) == (304, b"")


def test_the_preview_stands_upright_and_keeps_its_names(shop):
    shop.upload(step_text.assembly("Frame"))
    gltf = json.loads(shop.client.get(f"/api/parts/{shop.part}/model?format=gltf").data)
    assert gltf["buffers"][0]["uri"].startswith("data:")
    names = {mesh.get("name", "") for mesh in gltf["meshes"]} | {
        node.get("name", "") for node in gltf["nodes"]
    }
    assert {"Plate", "Foot"} <= names


def test_an_upload_that_nobody_waits_for_answers_at_once_with_its_job(shop):
    answer = shop.upload(GOOD, wait=0)
    told = answer.get_json()
    assert (answer.status_code, told["conversion"]) == (202, {"success": None})
    assert told["job"]["kind"] == "step"
    assert told["model"]["revision"] == "A"
