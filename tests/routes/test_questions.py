"""Geometry questions over HTTP: what is answered, what is refused and why, and what is kept of it."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest

from config import Settings
from models import CadModel, Job, ModelStatus, QueryLog, StageStatus, db
from tests.support import step_text
from tests.support.chat_server import chat_server, says
from utils import wiring
from utils.cad.exact import Kernel, analyse
from utils.cad.step_converter import convert, prepare
from utils.demo import modelling
from utils.providers.chat import Chat
from utils.revisions import made, preview, results
from utils.sandbox import Sandbox

BLOCK = Path(modelling.__file__).parents[1] / "step" / "drive-bearing-block.step"


@pytest.fixture(scope="module")
def read_exactly(tmp_path_factory):
    """A bearing block converted and read by the real kernel, once for all tests here."""
    folder = tmp_path_factory.mktemp("read")
    with Sandbox(folder / "a") as sandbox, Kernel(folder / "b") as kernel:
        if missing := kernel.why_not():
            pytest.skip(missing)
        prepared = prepare(BLOCK, folder)
        with convert(sandbox, prepared) as preview_made:
            shutil.copy(preview_made.glb_path, folder / "model.glb")
            shutil.copy(preview_made.gz_path, folder / "model.glb.gz")
        with analyse(kernel, prepared.neutral, folder / "model.glb") as found:
            shutil.copy(found.analysis_path, folder / "analysis.json")
            shutil.copy(found.shape_path, folder / "shape.bin")
            shutil.copy(found.faces_path, folder / "faces.bin")
    return folder


@pytest.fixture
def block(app, read_exactly, tmp_path):
    """The id of a model in the library that was read exactly."""
    kept = Path(shutil.copytree(read_exactly, tmp_path / "kept"))
    model = CadModel(
        file_name="block.step", sha256="0" * 64, bytes=1, storage_key="x", status=ModelStatus.READY
    )
    job = Job(kind="step", status="completed")
    db.session.add_all([model, job])
    db.session.flush()
    made.publish(model, job.id, preview.keep(kept / "model.glb", kept / "model.glb.gz", []))
    files = results.keep_exact(kept / "analysis.json", kept / "shape.bin", kept / "faces.bin")
    results.publish_exact(model, job.id, files, results.analysis_in(files))
    db.session.commit()
    yield model.id
    wiring.get(Kernel).close()


@pytest.fixture
def ask(client, block):
    return lambda query: client.post(f"/api/models/{block}/query", {"query": query})


def test_an_answer_has_numbers_units_a_sentence_and_faces(ask):
    answer = ask("bbox").get_json()
    sizes = {value["name"]: (value["value"], value["unit"]) for value in answer["values"]}
    assert sorted(round(value, 2) for value, unit in sizes.values() if unit == "mm") == [19.05, 50.8, 63.5]
    assert "mm" in answer["sentence"]
    holes = ask("how many through holes with a diameter < 6?").get_json()
    assert holes["faces"]
    assert holes["understood"].startswith("holes")


def test_the_faces_of_an_answer_are_faces_of_the_preview(client, ask, block):
    model = client.get(f"/api/models/{block}").get_json()
    gltf = json.loads(client.get(f"{model['modelUrl']}&format=gltf").data)
    starts = [
        primitive["extras"]["firstFace"] + place
        for mesh in gltf["meshes"]
        for primitive in mesh["primitives"]
        for place in range(len(primitive["extras"]["starts"]))
    ]
    assert set(ask("holes").get_json()["faces"]) <= set(starts)


def test_a_distance_is_measured_between_two_faces(ask):
    answer = ask("distance between face 3 and face 7").get_json()
    [distance] = [value for value in answer["values"] if value["name"] == "distance"]
    assert distance["value"] == pytest.approx(40.64, abs=0.005)
    assert answer["faces"] == [3, 7]


def test_every_question_is_logged_with_who_asked(client, ask, block):
    ask("volume")
    ask("how is the weather")
    logged = client.get(f"/api/models/{block}/queries").get_json()["queries"]
    assert [(entry["query"], entry["code"]) for entry in logged] == [
        ("how is the weather", "not_understood"),
        ("volume", None),
    ]
    assert {entry["who"] for entry in logged} == {"Admin"}
    assert logged[1]["sentence"].startswith("The volume is")


def test_what_is_not_understood_names_the_word_and_what_can_be_asked(ask):
    body = ask("volume of the flux capacitor").get_json()
    assert body["code"] == "not_understood"
    assert {"flux", "capacitor"} <= set(body["details"]["unknown"])
    assert len(body["details"]["can"]) > 5


@pytest.mark.parametrize("query", ["", "   ", "x" * 10_000, "volume " * 100])
def test_an_empty_and_an_endless_question_are_refused(ask, query):
    answer = ask(query)
    assert answer.status_code == 422
    assert "query" in answer.get_json()["details"]["fields"]
    assert db.session.query(QueryLog).count() == 0


@pytest.mark.parametrize("body", [{}, {"query": None}, {"query": 5}, {"query": ["volume"]}, []])
def test_a_question_is_a_text(client, block, body):
    assert client.post(f"/api/models/{block}/query", body).status_code == 422


def test_a_face_that_is_not_there_is_a_conflict_and_no_number(ask):
    answer = ask("distance between face 1 and face 999")
    assert (answer.status_code, answer.get_json()["code"]) == (409, "no_such_face")


def test_a_model_that_is_still_being_read_names_its_job(client):
    """No worker runs here, so the file waits."""
    sent = {"file": (io.BytesIO(step_text.box(10, 10, 10).encode()), "box.step")}
    queued = client.post("/api/upload", data=sent, content_type="multipart/form-data").get_json()
    answer = client.post(f"/api/models/{queued['model']['id']}/query", {"query": "volume"})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "still_reading")
    assert answer.get_json()["details"]["job"] == queued["job"]["id"]


def test_a_model_without_an_exact_shape_says_why(client, block):
    model = db.session.get_one(CadModel, block)
    for kept in model.artifacts_of("analysis", "shape", "faces"):
        db.session.delete(kept)
    model.note_stage("bom", StageStatus.DONE, code="tessellated", message="This file holds triangles only.")
    db.session.commit()
    answer = client.post(f"/api/models/{block}/query", {"query": "volume"})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "not_exact")
    assert "triangles only" in answer.get_json()["detail"]


def test_viewers_may_ask(app, client_as, block):
    path, asked = f"/api/models/{block}/query", {"query": "volume"}
    assert client_as("viewer").post(path, asked).status_code == 200
    assert app.test_client().post(path, json=asked).status_code == 401


def test_a_plain_sentence_goes_through_the_language_model_and_comes_back_as_grammar(app, ask):
    with chat_server(says("holes diameter < 6 mm through")) as server:
        wiring.provide(app, Chat, Chat(server.url, "key", "any"))
        answer = ask("Which drilled bores narrower than 6 mm go all the way?").get_json()
    assert answer["interpreted"] is True
    assert answer["faces"] == ask("holes diameter < 6 mm through").get_json()["faces"]


def test_a_language_model_that_is_down_leaves_the_grammar_at_work(app, ask):
    wiring.provide(app, Chat, Chat("http://127.0.0.1:9", "key", "any", sleep=lambda seconds: None))
    assert ask("volume").status_code == 200
    assert ask("how about those bores").get_json()["code"] == "not_understood"


def test_a_question_needs_no_file_once_the_analysis_is_read(client, ask, block):
    first = ask("holes").get_json()
    shutil.rmtree(wiring.get(Settings).files)
    assert ask("holes").get_json() == first
