"""The library: STEP files that belong to no part yet, given to one, taken out, brought back."""

import io

import pytest

from models import Artifact, CadModel, Event, Job, db
from tests.support import step_text
from tests.support.pictures import PDF


def plate(name="Plate"):
    return step_text.box(40, 20, 3, name=name)


def send(client, content=None, name="plate.step", path="/api/upload", **form):
    body = content if content is not None else plate().encode()
    sent = {"file": (io.BytesIO(body), name), **form}
    return client.request("POST", path, data=sent, content_type="multipart/form-data")


@pytest.fixture
def upload(client):
    def run(**more):
        answer = send(client, **more)
        assert answer.status_code == 202, answer.data
        return answer.get_json()

    return run


def test_a_file_without_a_part_is_kept_and_queued(client, upload):
    sent = upload()
    assert sent["model"]["part"] is None
    assert sent["model"]["status"] == "pending"
    assert (sent["job"]["kind"], sent["job"]["status"]) == ("step", "queued")
    [listed] = client.get("/api/models/?library=true").get_json()["models"]
    assert listed["id"] == sent["model"]["id"]
    assert listed["fileName"] == "plate.step"


def test_everything_but_translation_is_read_unless_flags_say_otherwise(client, upload):
    whole = client.get(f"/api/models/{upload()['model']['id']}").get_json()
    assert whole["options"] == {
        "thumbnails": True,
        "bom": True,
        "diagram": True,
        "translate": False,
        "diagram_mode": "external",
    }
    flags = {"thumbnails": "0", "translate": "yes", "diagram_mode": "flat"}
    other = client.get(f"/api/models/{upload(**flags)['model']['id']}").get_json()["options"]
    assert (other["thumbnails"], other["bom"], other["translate"]) == (False, True, True)
    assert other["diagram_mode"] == "flat"


def test_wrong_flags_are_all_named_at_once_and_nothing_is_stored(client, refused):
    answer = send(client, thumbnails="maybe", diagram_mode="isometric", bom="2")
    fields = refused(answer, 422)["details"]["fields"]
    assert set(fields) == {"thumbnails", "diagram_mode", "bom"}
    assert "active_area" in fields["diagram_mode"][0]
    assert db.session.query(CadModel).count() == db.session.query(Job).count() == 0


def test_a_flag_said_twice_in_two_ways_is_refused(client, refused):
    """One of them would win silently."""
    fields = refused(send(client, bom=["true", "false"]), 422)["details"]["fields"]
    assert fields == {"bom": ["Say it once."]}


def test_a_parts_upload_takes_the_same_flags(client, make_part, refused):
    path = f"/api/parts/{make_part().id}/upload"
    assert "diagram_mode" in refused(send(client, path=path, diagram_mode="x"), 422)["details"]["fields"]
    sent = send(client, path=path, diagram="false").get_json()
    assert client.get(f"/api/models/{sent['model']['id']}").get_json()["options"]["diagram"] is False


def test_the_library_keeps_cad_only(client, refused):
    assert "STEP" in refused(send(client, PDF, "a.pdf"), 415)["detail"]
    assert "STEP" in refused(send(client, b"hello", "a.step"), 415)["detail"]
    refused(send(client, b"", "a.step"), 422)


@pytest.mark.parametrize("members", [{}, {"file": "text"}])
def test_an_upload_without_a_file_says_what_to_send(client, refused, members):
    answer = client.request("POST", "/api/upload", data=members, content_type="multipart/form-data")
    assert "one STEP file" in refused(answer, 422)["detail"]


def test_two_files_at_once_are_refused_rather_than_one_dropped(client, refused):
    two = [(io.BytesIO(plate().encode()), name) for name in ("a.step", "b.step")]
    answer = client.request("POST", "/api/upload", data={"file": two}, content_type="multipart/form-data")
    refused(answer, 422)
    assert db.session.query(CadModel).count() == 0


def test_a_model_becomes_the_parts_next_revision(client, upload, make_part):
    part = make_part(name="Gusset").id
    first = send(client, path=f"/api/parts/{part}/upload").get_json()["model"]
    model = upload(content=plate(name="Other").encode(), name="new.step")["model"]["id"]
    changed = client.patch(f"/api/models/{model}", {"part": part})
    assert changed.status_code == 200
    assert (changed.get_json()["part"], changed.get_json()["revision"]) == (part, "B")
    assert first["revision"] == "A"
    assert client.get("/api/models/?library=true").get_json()["total"] == 0
    assert client.get(f"/api/parts/{part}").get_json()["file"] == "new.step"
    [job] = client.get(f"/api/jobs/?model={model}").get_json()["jobs"]
    assert job["part"] == part
    actions = [e["action"] for e in client.get(f"/api/parts/{part}/activity").get_json()["activity"]]
    assert actions[0] == "revision.attached"


def test_attaching_twice_changes_nothing(client, upload, make_part):
    part, model = make_part().id, upload()["model"]["id"]
    for _ in range(2):
        assert client.patch(f"/api/models/{model}", {"part": part}).get_json()["revision"] == "A"


def test_another_parts_revision_cannot_be_taken_away(client, upload, make_part, refused):
    mine, other, model = make_part().id, make_part().id, upload()["model"]["id"]
    client.patch(f"/api/models/{model}", {"part": mine})
    body = refused(client.patch(f"/api/models/{model}", {"part": other}), 409)
    assert (body["code"], body["details"]["part"]) == ("model_attached", mine)


def test_the_newest_revision_can_be_given_back(client, upload, make_part, refused):
    part = make_part().id
    old, new = upload()["model"]["id"], upload(content=plate(name="B").encode())["model"]["id"]
    for model in (old, new):
        client.patch(f"/api/models/{model}", {"part": part})
    assert refused(client.patch(f"/api/models/{old}", {"part": None}), 409)["code"] == "not_newest"
    assert client.patch(f"/api/models/{new}", {"part": None}).get_json()["part"] is None
    assert client.get(f"/api/parts/{part}/revisions").get_json()["total"] == 1
    assert client.patch(f"/api/models/{new}", {"part": part}).get_json()["revision"] == "B"


@pytest.mark.parametrize("part", [999, "x", 0, 1.5, True])
def test_a_part_that_is_none_is_refused(client, upload, part):
    answer = client.patch(f"/api/models/{upload()['model']['id']}", {"part": part})
    assert answer.status_code == (404 if part == 999 else 422)


def test_attaching_needs_to_say_to_what(client, upload, refused):
    assert (
        "part"
        in refused(client.patch(f"/api/models/{upload()['model']['id']}", {}), 422)["details"]["fields"]
    )


def test_a_file_taken_out_can_be_brought_back(client, upload, refused):
    model = upload()["model"]["id"]
    assert client.delete(f"/api/models/{model}").status_code == 200
    refused(client.get(f"/api/models/{model}"), 404)
    assert client.get("/api/models/").get_json()["total"] == 0
    assert client.post(f"/api/models/{model}/restore").get_json()["id"] == model
    assert client.get("/api/models/").get_json()["total"] == 1


def test_a_parts_history_stays_whole(client, upload, make_part, refused):
    model = upload()["model"]["id"]
    client.patch(f"/api/models/{model}", {"part": make_part().id})
    assert refused(client.delete(f"/api/models/{model}"), 409)["code"] == "model_attached"


def test_models_are_found_by_name_status_and_part(client, upload, make_part):
    plate, shaft = upload()["model"]["id"], upload(name="Hex shaft 100%.step")["model"]["id"]

    def found(**query):
        words = "&".join(f"{name}={value}" for name, value in query.items())
        return [model["id"] for model in client.get(f"/api/models/?{words}").get_json()["models"]]

    assert found() == [shaft, plate]
    assert found(search="hex") == [shaft]
    assert found(search="100%25") == [shaft]
    assert found(search="hex+plate") == []
    assert found(status="pending") == [shaft, plate]
    assert found(status="ready") == []
    part = make_part().id
    client.patch(f"/api/models/{plate}", {"part": part})
    assert found(part=part) == [plate]


@pytest.mark.parametrize("query", ["status=x", "part=0", "limit=0", "library=maybe", "search=" + "a" * 201])
def test_bad_list_arguments_are_named(client, refused, query):
    refused(client.get(f"/api/models/?{query}"), 422)


def test_the_source_comes_back_byte_for_byte_under_its_name(client, upload):
    content = plate(name="Würfel").encode()
    model = upload(content=content, name="Würfel №1.step")["model"]["id"]
    answer = client.get(f"/api/models/{model}/source")
    assert answer.data == content
    assert "W%C3%BCrfel%20%E2%84%961.step" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..%2f..%2fsecret.key", "model.glb", "..", "%00", "a" * 300, "drawing.pdf"]
)
def test_a_file_that_was_not_made_is_not_found(client, upload, refused, name):
    refused(client.get(f"/api/models/{upload()['model']['id']}/artifacts/{name}"), 404)


def test_reading_again_waits_for_the_running_job(client, upload, refused):
    sent = upload()
    body = refused(client.post(f"/api/models/{sent['model']['id']}/read", {"diagram_mode": "flat"}), 409)
    assert (body["code"], body["details"]["job"]) == ("still_reading", sent["job"]["id"])
    refused(client.post(f"/api/models/{sent['model']['id']}/read", {"diagram_mode": "x"}), 422)


def test_viewers_look_and_change_nothing(client, client_as, upload, make_part, refused):
    model, viewer = upload()["model"]["id"], client_as("viewer")
    assert viewer.get(f"/api/models/{model}").status_code == 200
    refused(viewer.patch(f"/api/models/{model}", {"part": make_part().id}), 403)
    refused(viewer.delete(f"/api/models/{model}"), 403)
    refused(send(viewer), 403)


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_an_unknown_model_is_not_found_on_every_verb(client, refused, method):
    sent = {"json": {"part": 1}} if method == "PATCH" else {}
    assert refused(client.request(method, "/api/models/77", **sent), 404)["code"] == "model_not_found"


def test_the_library_answers_under_both_prefixes_with_its_own_links(client, upload):
    model = upload()["model"]["id"]
    assert client.get(f"/api/v1/models/{model}").get_json()["sourceUrl"] == f"/api/v1/models/{model}/source"
    assert client.get(f"/api/models/{model}/").get_json()["sourceUrl"] == f"/api/models/{model}/source"


def test_internal_files_are_not_listed(client, upload):
    model = upload()["model"]["id"]
    for kind, name in (("glb.gz", "model.glb.gz"), ("bom", "bom.csv")):
        db.session.add(
            Artifact(
                kind=kind,
                name=name,
                storage_key="x",
                bytes=1,
                sha256="0" * 64,
                media_type="x",
                model_id=model,
            )
        )
    db.session.commit()
    listed = client.get(f"/api/models/{model}/artifacts").get_json()["artifacts"]
    assert [artifact["name"] for artifact in listed] == ["bom.csv"]
    assert [artifact["name"] for artifact in client.get(f"/api/models/{model}").get_json()["artifacts"]] == [
        "bom.csv"
    ]


def test_lists_say_who_sent_a_file_and_who_has_it_read(client, upload):
    sent = upload()
    [listed] = client.get("/api/models/?library=true").get_json()["models"]
    [job] = client.get("/api/jobs/").get_json()["jobs"]
    assert listed["createdBy"] == job["createdBy"]
    assert listed["createdBy"]
    assert (job["id"], job["fileName"]) == (sent["job"]["id"], "plate.step")


def test_open_pages_hear_that_a_file_left_the_library_and_came_back(client, upload, make_part):
    model, part = upload()["model"]["id"], make_part().id
    for wanted in (part, None):
        client.patch(f"/api/models/{model}", json={"part": wanted})
        newest = db.session.scalars(
            db.select(Event).where(Event.topic == "model.changed").order_by(Event.id.desc())
        ).first()
        assert newest is not None
        assert newest.payload == {"id": model, "part": wanted, "deleted": False}


def test_a_model_without_files_has_no_archive(client, upload, refused):
    path = f"/api/models/{upload()['model']['id']}/artifacts.zip"
    assert refused(client.get(path), 404)["code"] == "artifact_not_found"


def test_an_upload_sent_twice_under_one_key_is_one_file(client, make_part):
    """Also when the answer was lost right after the file was committed: what is kept is kept with the answer."""
    part = make_part().id
    for path in ("/api/upload", f"/api/parts/{part}/upload", f"/api/parts/{part}/upload?wait=1"):
        before = db.session.query(CadModel).count()
        answers = []
        for _ in range(2):
            sent = {"file": (io.BytesIO(plate().encode()), "plate.step")}
            answers.append(
                client.post(
                    path,
                    data=sent,
                    content_type="multipart/form-data",
                    headers={"Idempotency-Key": f"once {path}"},
                )
            )
        assert {answer.status_code for answer in answers} == {202}
        assert answers[0].get_json()["model"]["id"] == answers[1].get_json()["model"]["id"]
        assert answers[1].headers["Idempotent-Replayed"] == "true"
        assert db.session.query(CadModel).count() == before + 1
