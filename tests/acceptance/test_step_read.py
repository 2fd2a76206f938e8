"""A STEP file read whole: what a person finds in the library when the job is done."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import Shop
from utils.demo import modelling

DEMO = Path(modelling.__file__).parents[1] / "step"
OVER = {"completed", "failed", "canceled", "expired"}


def upload(shop: Shop, content: bytes, name: str, **form: str) -> dict[str, Any]:
    """Into the library; the model and its job when that is over."""
    sent = {"file": (io.BytesIO(content), name), **form}
    answer = shop.client.post("/api/upload", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 202, answer.data
    job = finished(shop, answer.get_json()["job"]["id"])
    model = shop.client.get(f"/api/models/{answer.get_json()['model']['id']}").get_json()
    return {"job": job, "model": model}


def finished(shop: Shop, job_id: str, seconds: float = 120) -> dict[str, Any]:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        job: dict[str, Any] = shop.client.get(f"/api/jobs/{job_id}").get_json()
        if job["status"] in OVER:
            return job
        time.sleep(0.1)
    raise AssertionError(f"the job is still {job['status']} in {job['stage']}")


def demo(name: str) -> bytes:
    return (DEMO / f"{name}.step").read_bytes()


def test_a_plate_is_read_whole(shop):
    read = upload(shop, demo("corner-gusset"), "corner-gusset.step")
    assert (read["job"]["status"], read["job"]["stage"], read["job"]["progress"]) == (
        "completed",
        "done",
        1.0,
    )
    model = read["model"]
    assert model["status"] == "ready"
    assert model["exact"] is True
    assert (model["distinctParts"], model["instances"]) == (1, 1)
    assert set(model["stages"]) == {"convert", "bom", "thumbnails", "diagram"}
    assert {said["status"] for said in model["stages"].values()} == {"done"}
    names = {artifact["name"] for artifact in model["artifacts"]}
    assert {
        "model.glb",
        "bom.csv",
        "bom.xlsx",
        "drawing.svg",
        "drawing.pdf",
        "drawing.dxf",
        "log.txt",
    } <= names
    assert [view["name"] for view in model["views"]] == [
        "front", "rear", "left", "right", "top", "bottom", "iso_left", "iso_right",
    ]  # fmt: skip
    for artifact in model["artifacts"]:
        answer = shop.client.get(artifact["url"])
        assert answer.status_code == 200, artifact
        assert len(answer.data) > 0


def test_an_assembly_says_what_is_in_it_and_how_often(shop):
    model = upload(shop, demo("gearbox"), "gearbox.step", thumbnails="0", diagram="0")["model"]
    leaves = [
        row for row in model["bom"] if not any(r["path"].startswith(f"{row['path']}.") for r in model["bom"])
    ]
    assert sum(row["total_quantity"] for row in leaves) == model["instances"] == 70
    assert len({row["product"] for row in leaves}) == model["distinctParts"] == 21
    assert {row["level"] for row in model["bom"]} >= {0, 1}
    for row in leaves:
        assert row["volume_mm3"] > 0, row
        assert min(row["bbox_x_mm"], row["bbox_y_mm"], row["bbox_z_mm"]) > 0, row
        assert row["notes"] == "", row
    [root] = [row for row in model["bom"] if row["level"] == 0]
    sides = [root[f"bbox_{axis}_mm"] for axis in "xyz"]
    assert sides == pytest.approx([model["bbox"][f"{axis}Mm"] for axis in "xyz"], abs=0.001)
    assert root["volume_mm3"] == pytest.approx(model["volumeMm3"], rel=1e-6)
    whole = sum(row["total_quantity"] * row["volume_mm3"] for row in leaves)
    assert whole == pytest.approx(model["volumeMm3"], rel=1e-6)


def test_the_export_holds_the_rows(shop):
    model = upload(shop, demo("gearbox"), "gearbox.step", thumbnails="0", diagram="0")["model"]
    answer = shop.client.get(f"/api/models/{model['id']}/artifacts/bom.csv")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row["part_number"] for row in rows] == [row["part_number"] for row in model["bom"]]
    assert "gearbox-bom.csv" in answer.headers["Content-Disposition"]


def test_flags_leave_stages_out_and_say_so(shop):
    model = upload(shop, demo("tee-gusset"), "tee.step", thumbnails="no", diagram="no", bom="no")["model"]
    assert model["stages"]["convert"]["status"] == "done"
    for stage in ("bom", "thumbnails", "diagram"):
        assert model["stages"][stage]["status"] == "skipped"
        assert model["stages"][stage]["message"]
    assert (model["bom"], model["views"]) == ([], [])
    assert model["modelUrl"]


def test_reading_again_makes_only_what_was_asked_for(shop):
    read = upload(shop, demo("corner-gusset"), "corner-gusset.step", thumbnails="0")
    before = {artifact["name"]: artifact["sha256"] for artifact in read["model"]["artifacts"]}
    again = shop.client.post(f"/api/models/{read['model']['id']}/read", {"diagram_mode": "flat"}).get_json()
    assert finished(shop, again["job"]["id"])["status"] == "completed"
    model = shop.client.get(f"/api/models/{read['model']['id']}").get_json()
    after = {artifact["name"]: artifact["sha256"] for artifact in model["artifacts"]}
    assert after["drawing.dxf"] != before["drawing.dxf"]
    assert after["model.glb"] == before["model.glb"]
    assert model["views"] == []
    log = shop.client.get(f"/api/models/{model['id']}/artifacts/log.txt").get_data(as_text=True)
    assert "Drawing the sheet" in log
    assert "Making the 3D preview" not in log


def test_the_same_bytes_are_not_converted_twice(shop):
    first = upload(shop, demo("sprocket-22t"), "a.step")
    second = upload(shop, demo("sprocket-22t"), "b.step")
    log = shop.client.get(f"/api/models/{second['model']['id']}/artifacts/log.txt").get_data(as_text=True)
    assert "converted before" in log
    assert second["model"]["exact"] is True
    same = [{a["name"]: a["sha256"] for a in each["model"]["artifacts"]} for each in (first, second)]
    for name in ("model.glb", "front.png"):
        assert same[0][name] == same[1][name]


def test_a_part_shows_its_pictures_and_its_generated_sheet(shop):
    answer = shop.upload(demo("corner-gusset"), "corner-gusset.step", fully=True)
    finished(shop, answer.get_json()["job"]["id"])
    part = shop.read()
    assert part["model"]["thumbnailUrl"]
    assert shop.client.get(part["model"]["thumbnailUrl"]).mimetype == "image/webp"
    assert len(shop.read("/views")["views"]) == 8
    assert shop.client.get(f"/api/parts/{shop.part}/views/7").mimetype == "image/png"
    assert shop.client.get(f"/api/parts/{shop.part}/views/8").status_code == 404
    assert shop.client.get(f"/api/parts/{shop.part}/drawing").data.startswith(b"%PDF")


def test_names_are_translated_on_wish_and_the_source_stays(shop):
    model = upload(shop, demo("gearbox"), "gearbox.step", thumbnails="0", diagram="0", translate="1")["model"]
    assert all(row["source_name"] for row in model["bom"])
    assert model["options"]["translate"] is True


def test_the_same_bytes_at_once_are_converted_once(shop):
    sent = [{"file": (io.BytesIO(demo("belt-pulley-18t")), f"{name}.step"), "bom": "0"} for name in "abcd"]
    jobs = []
    for each in sent:
        answer = shop.client.post(
            "/api/upload",
            data={**each, "thumbnails": "0", "diagram": "0"},
            content_type="multipart/form-data",
        )
        jobs.append(answer.get_json()["job"]["id"])
    for job in jobs:
        assert finished(shop, job)["status"] == "completed"
    logs = [shop.client.get(f"/api/jobs/{job}/artifacts/log.txt/").get_data(as_text=True) for job in jobs]
    assert sum("Making the 3D preview" in log for log in logs) == 1
    assert sum("converted before" in log for log in logs) == 3
