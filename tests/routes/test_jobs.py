"""What jobs made: lists, links that expire, single files, archives, the other names; and streams that resume."""

from __future__ import annotations

import io
import json
import time
import zipfile
from datetime import timedelta
from urllib.parse import quote

import pytest

from config import Settings
from models import Artifact, ArtifactKind, CadModel, Event, Job, JobStatus, db, utc_now
from routes import signatures
from utils import wiring
from utils.jobs import artifacts, ledger, sweep
from utils.storage import Storage

PNG = b"\x89PNG\r\n\x1a\n" + bytes(5000)
NAMES = {"model.glb": b"glTF" * 500, "front.png": PNG, "bom.csv": b"part,quantity\n" * 900}


@pytest.fixture
def keep(app):
    """`keep(job_id, "a.csv", b"...")`: a file that the job made."""

    def make(job_id, name, content, kind=ArtifactKind.BOM, model_id=None):
        path = wiring.get(Settings).scratch / "made"
        path.write_bytes(content)
        stored = wiring.get(Storage).put(path, "made")
        media_type = "image/png" if name.endswith(".png") else "text/csv"
        db.session.add(
            Artifact(kind=kind, name=name, storage_key=stored.key, bytes=stored.bytes, sha256=stored.sha256,
                     media_type=media_type, job_id=job_id, model_id=model_id)
        )  # fmt: skip
        db.session.commit()
        return stored.key

    return make


@pytest.fixture
def submit(app):
    def make(**more):
        job_id = ledger.submit("step", by="Ana", **more).id
        db.session.commit()
        return job_id

    return make


def finish(status=JobStatus.COMPLETED, **more):
    """End the one job that waits."""
    db.session.commit()
    held = ledger.lease_next(db.engine, "worker", 30.0, 9)
    assert held is not None
    ledger.report(db.engine, held, stage="convert", progress=0.5, message="")
    ledger.end(held, status, **more)
    db.session.commit()


@pytest.fixture
def job(submit, keep):
    """A completed job with three files, and one for the server's own use."""
    job_id = submit()
    finish()
    for name, content in NAMES.items():
        keep(job_id, name, content)
    keep(job_id, "model.glb.gz", b"gz", ArtifactKind.GLB_GZIP)
    return job_id


@pytest.fixture
def anyone(app):
    """Somebody without a key."""

    class Anyone:
        @staticmethod
        def get(path, **kwargs):
            db.session.remove()
            return app.test_client().get(path, **kwargs)

    return Anyone


# Lists and single files.


@pytest.mark.parametrize("prefix", ["/api", "/api/v1"])
def test_a_jobs_files_are_listed_without_those_for_the_servers_own_use(client, job, prefix):
    listed = client.get(f"{prefix}/jobs/{job}/artifacts").get_json()
    assert [each["name"] for each in listed["artifacts"]] == list(NAMES)
    assert (listed["total"], listed["nextCursor"]) == (3, None)
    first = listed["artifacts"][1]
    assert set(first) == {"name", "kind", "mediaType", "bytes", "sha256", "createdAt", "url"}
    assert (first["mediaType"], first["bytes"]) == ("image/png", len(PNG))
    assert first["url"].startswith(f"{prefix}/jobs/{job}/artifacts/front.png?signature=")


def test_a_job_tells_of_its_files_alone_and_in_lists(client, job, submit):
    other = submit()
    alone = client.get(f"/api/jobs/{job}").get_json()
    assert [each["name"] for each in alone["artifacts"]] == list(NAMES)
    listed = {each["id"]: each["artifacts"] for each in client.get("/api/jobs").get_json()["jobs"]}
    assert [each["name"] for each in listed[job]] == list(NAMES)
    assert listed[other] == []


def test_a_file_comes_with_a_key_whole_or_in_ranges_and_runs_nowhere(client, job):
    answer = client.get(f"/api/jobs/{job}/artifacts/bom.csv")
    assert answer.data == NAMES["bom.csv"]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    part = client.get(f"/api/jobs/{job}/artifacts/bom.csv", headers={"Range": "bytes=5-8"})
    assert (part.status_code, part.data) == (206, NAMES["bom.csv"][5:9])


@pytest.mark.parametrize(
    "name",
    [
        "none.csv", "model.glb.gz", "../bom.csv", "..%2fbom.csv", "%2e%2e%2fbom.csv", "..%5cbom.csv", "..\\bom.csv",
        "%2fetc%2fpasswd", "/etc/passwd", "bom.csv/", "bom.csv/x", "bom.csv%00", "BOM.CSV", ".", "..", "%25",
        "a" * 3000,
    ],
)  # fmt: skip
def test_a_name_that_the_job_did_not_make_is_not_found(client, job, name):
    for path in (f"/api/jobs/{job}/artifacts/{name}", f"/api/v1/download/{job}/{name}"):
        answer = client.get(path)
        if name == "bom.csv/":  # a trailing slash never matters
            assert answer.status_code in (200, 404)
            continue
        assert answer.status_code == 404, path
        assert answer.mimetype == "application/problem+json"
        assert "/files" not in answer.text


def test_a_name_in_any_script_is_found(client, job, keep):
    name = "Стойка 日本 #1 50%.csv"
    keep(job, name, b"x")
    assert client.get(f"/api/jobs/{job}/artifacts/{quote(name)}").data == b"x"
    listed = client.get(f"/api/jobs/{job}/artifacts").get_json()["artifacts"]
    assert client.get(listed[-1]["url"]).data == b"x"


def test_the_newest_of_one_name_is_sent(client, job, keep):
    keep(job, "bom.csv", b"newer")
    assert client.get(f"/api/jobs/{job}/artifacts/bom.csv").data == b"newer"


# Signed addresses.


def urls(client, job):
    return {each["name"]: each["url"] for each in client.get(f"/api/jobs/{job}").get_json()["artifacts"]}


def test_a_signed_address_opens_its_file_without_a_key(client, anyone, job):
    for name, url in urls(client, job).items():
        assert anyone.get(url).data == NAMES[name]
        alias = url.replace("/api/jobs/", "/api/v1/download/").replace("/artifacts/", "/")
        assert anyone.get(alias).data == NAMES[name]


def test_a_signed_address_opens_no_other_file_and_nothing_else(client, anyone, refused, job, submit, keep):
    other = submit()
    keep(other, "bom.csv", b"other")
    signature = urls(client, job)["bom.csv"].split("signature=")[1]
    for path in (f"/api/jobs/{job}/artifacts/front.png", f"/api/jobs/{other}/artifacts/bom.csv"):
        assert refused(anyone.get(f"{path}?signature={signature}"), 403)["code"] == "bad_signature"
    for path in (f"/api/jobs/{job}", f"/api/jobs/{job}/artifacts", f"/api/jobs/{job}/artifacts.zip"):
        refused(anyone.get(f"{path}?signature={signature}"), 401)


CHANGES = [
    lambda s: s[:-1], lambda s: s[:-1] + "~", lambda s: "", lambda s: "x.y.z", lambda s: f".{s}", lambda s: f"é{s}",
    lambda s: s.replace(".", "A.", 1),
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_signature_is_refused(client, anyone, refused, job, change):
    url, signature = urls(client, job)["bom.csv"].split("signature=")
    assert refused(anyone.get(f"{url}signature={quote(change(signature))}"), 403)["code"] == "bad_signature"


def test_a_signature_is_good_for_an_hour(client, anyone, refused, job, monkeypatch):
    url = urls(client, job)["bom.csv"]
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + signatures.GOOD_FOR_S - 5)
    assert anyone.get(url).status_code == 200
    monkeypatch.setattr(time, "time", lambda: now + signatures.GOOD_FOR_S + 5)
    assert refused(anyone.get(url), 403)["code"] == "signature_expired"


def test_another_servers_signature_is_refused(client, anyone, refused, job, app):
    url = urls(client, job)["bom.csv"]
    app.config["SECRET_KEY"] = "another-secret-key-of-32-letters-or-more"
    assert refused(anyone.get(url), 403)["code"] == "bad_signature"


def test_without_key_and_signature_nothing_is_sent(anyone, refused, job):
    refused(anyone.get(f"/api/jobs/{job}/artifacts/bom.csv"), 401)


# Archives.


@pytest.mark.parametrize("path", ["/api/jobs/{}/artifacts.zip", "/api/v1/download/{}/all"])
def test_all_files_come_as_one_archive_packed_where_that_serves(client, job, path):
    answer = client.get(path.format(job))
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        assert {entry.filename: archive.read(entry) for entry in archive.infolist()} == NAMES
        packed = {entry.filename: entry.compress_type for entry in archive.infolist()}
    assert packed["front.png"] == zipfile.ZIP_STORED
    assert packed["bom.csv"] == zipfile.ZIP_DEFLATED


def test_an_archive_is_made_while_it_is_sent(job, keep, app):
    keep(job, "large.csv", bytes(30_000_000))
    (large,) = db.session.scalars(db.select(Artifact).where(Artifact.name == "large.csv"))
    pieces = list(artifacts.as_zip([large], ["large.png"]))
    assert max(map(len, pieces)) < 1_000_000
    assert len(b"".join(pieces)) > 30_000_000


def test_names_in_an_archive_are_unique_and_lead_nowhere(client, job, keep):
    for name in ("../../bom.csv", "BOM.csv", "/bom.csv", "C:\\bom.csv", "bom (2).csv"):
        keep(job, name, name.encode())
    answer = client.get(f"/api/jobs/{job}/artifacts.zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        names = archive.namelist()
    assert len({name.casefold() for name in names}) == len(names) == 8
    assert not any("/" in name or "\\" in name or name.startswith(".") for name in names)


def test_a_file_that_is_swept_while_its_archive_is_sent_is_still_in_it(job, app):
    files = list(db.session.scalars(artifacts.of_job(job).order_by(Artifact.id)))
    pieces = artifacts.as_zip(files, [file.name for file in files])
    for file in files:
        wiring.get(Storage).delete(file.storage_key)
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == NAMES


def test_a_job_without_files_has_no_archive(client, refused, submit):
    assert refused(client.get(f"/api/jobs/{submit()}/artifacts.zip"), 404)["code"] == "artifact_not_found"


# Ids, and the other names.


OF_A_JOB = [
    "/api/jobs/{}", "/api/jobs/{}/artifacts", "/api/jobs/{}/artifacts.zip", "/api/jobs/{}/artifacts/a.csv",
    "/api/jobs/{}/stream", "/api/v1/status/tasks/{}", "/api/v1/status/tasks/{}/stream", "/api/v1/download/{}/all",
    "/api/v1/download/{}/a.csv",
]  # fmt: skip


@pytest.mark.parametrize("path", OF_A_JOB)
def test_an_id_of_another_kind_is_told_apart_from_a_job_that_is_gone(client, refused, path):
    for strange in ("12", "null", "{3f2b8c1e-9d04-4c51-8a3e-5b7d2f60c9aa}", "..", "%00"):
        if strange != "..":
            assert "is not a job's id" in refused(client.get(path.format(strange)), 404)["detail"]
    gone = refused(client.get(path.format("3f2b8c1e-9d04-4c51-8a3e-5b7d2f60c9aa")), 404)
    assert (gone["code"], gone["detail"]) == ("job_not_found", "There is no such job.")


def test_a_task_is_the_job(client, job):
    assert client.get(f"/api/v1/status/tasks/{job}").get_json()["id"] == job
    assert client.get(f"/api/jobs/{job.upper()}").get_json()["id"] == job


# Expiry.


def age(job_id, days=31):
    job = db.session.get_one(Job, job_id)
    job.finished_at = utc_now() - timedelta(days=days)
    db.session.commit()


def lies(key):
    return wiring.get(Storage).exists(key)


def test_files_of_a_job_without_a_part_expire_and_the_job_says_so(client, refused, job):
    age(job)
    keys = set(db.session.scalars(db.select(Artifact.storage_key)))
    swept = sweep(30, unnamed_kept_s=0)
    assert (swept.jobs, swept.files) == (1, len(keys))
    assert not any(map(lies, keys))
    told = client.get(f"/api/jobs/{job}").get_json()
    assert (told["status"], told["artifacts"]) == ("expired", [])
    assert "Run it again" in refused(client.get(f"/api/jobs/{job}/artifacts/bom.csv"), 404)["detail"]
    assert sweep(30, unnamed_kept_s=0).jobs == 0


def test_what_is_young_runs_or_belongs_to_a_part_stays(client, job, submit, keep, make_part):
    part = make_part().id
    model = CadModel(part_id=part, file_name="a.step", sha256="0" * 64, bytes=1, storage_key="sources/a")
    db.session.add(model)
    db.session.flush()
    # Attached since: the model says so, the job may not.
    attached, of_part = submit(model_id=model.id), submit(part_id=part)
    finish(), finish()
    running = submit()
    for job_id in (attached, of_part, running):
        keep(job_id, "a.csv", job_id.encode())
        age(job_id)
    age(job, days=29)
    assert sweep(30).jobs == 0
    assert db.session.scalar(db.select(db.func.count(Artifact.id))) == 7


def test_a_file_that_another_row_names_stays(job, submit, keep, make_part):
    mine = keep(job, "shared.csv", b"shared")
    other = submit(part_id=make_part().id)
    assert keep(other, "shared.csv", b"shared") == mine
    source = keep(job, "source.csv", b"source")
    db.session.add(CadModel(file_name="a.step", sha256="0" * 64, bytes=1, storage_key=source))
    db.session.commit()
    age(job)
    sweep(30, unnamed_kept_s=0)
    assert lies(mine)
    assert lies(source)


def test_a_file_that_no_row_names_goes_but_not_while_a_row_may_still_come(app):
    scratch, storage = wiring.get(Settings).scratch, wiring.get(Storage)
    (scratch / "a").write_bytes(b"a")
    key = storage.put(scratch / "a", "made").key
    assert sweep(30).files == 0
    assert lies(key)
    assert sweep(30, unnamed_kept_s=0).files == 1
    assert not lies(key)


# Streams.


def events(answer):
    """(id, name, status) of each event of a stream that has ended."""
    found = []
    for block in answer.get_data(as_text=True).split("\n\n"):
        lines = dict(
            line.split(": ", 1) for line in block.splitlines() if not line.startswith(("retry", ":"))
        )
        if lines:
            found.append((int(lines["id"]), lines["event"], json.loads(lines["data"])["status"]))
    return found


@pytest.mark.parametrize("path", ["/api/jobs/{}/stream", "/api/v1/status/tasks/{}/stream"])
def test_a_stream_tells_each_step_once_and_closes_after_the_last(client, submit, path):
    job = submit()
    finish()
    answer = client.get(path.format(job))
    assert answer.headers["X-Accel-Buffering"] == "no"
    told = events(answer)
    assert [name for _, name, _ in told] == ["progress"] * 3 + ["completed"]
    assert [status for _, _, status in told] == ["queued", "running", "running", "completed"]
    for number, (event_id, _, _) in enumerate(told[:-1]):
        rest = client.get(path.format(job), headers={"Last-Event-ID": str(event_id)})
        assert events(rest) == told[number + 1 :]


def test_who_has_the_last_event_is_told_not_to_come_again(client, submit):
    job = submit()
    finish(JobStatus.FAILED, code="no_shape", message="No shape.")
    last = events(client.get(f"/api/jobs/{job}/stream"))[-1]
    assert last[1:] == ("failed", "failed")
    again = client.get(f"/api/jobs/{job}/stream", headers={"Last-Event-ID": str(last[0])})
    assert (again.status_code, again.data) == (204, b"")


def test_the_stream_of_a_job_tried_again_goes_past_its_first_end(client, submit):
    job = submit()
    finish(JobStatus.FAILED, code="no_shape", message="No shape.")
    assert client.post(f"/api/jobs/{job}/retry").status_code == 202
    finish()
    told = events(client.get(f"/api/jobs/{job}/stream"))
    assert [name for _, name, _ in told] == ["progress"] * (len(told) - 1) + ["completed"]
    assert "failed" in [status for _, _, status in told]


def test_a_job_that_ended_long_ago_still_tells_its_end(client, submit):
    job = submit()
    finish(JobStatus.CANCELED, code="canceled", message="Canceled.")
    db.session.execute(db.delete(Event))
    db.session.commit()
    assert [each[1:] for each in events(client.get(f"/api/jobs/{job}/stream"))] == [("canceled", "canceled")]
