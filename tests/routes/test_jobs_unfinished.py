"""What a job that is done left undone of its file."""

from __future__ import annotations

from models import CadModel, StageStatus, db
from utils.jobs import ledger


def test_a_job_names_the_stages_of_its_file_that_failed_and_no_others(app, client):
    model = CadModel(
        file_name="tube.step", sha256="0" * 64, bytes=1, storage_key="models/tube.step", stages={}
    )
    model.note_stage("bom", StageStatus.DONE)
    model.note_stage("diagram", StageStatus.FAILED, code="no_holes", message="It has no round holes.")
    model.note_stage("thumbnails", StageStatus.SKIPPED, message="Not asked for.")
    db.session.add(model)
    db.session.flush()
    lacking = ledger.submit("step", by="Ana", model_id=model.id).id
    without_file = ledger.submit("step", by="Ana").id
    db.session.commit()

    listed = {job["id"]: job["unfinished"] for job in client.get("/api/jobs/").json["jobs"]}
    why = [{"stage": "diagram", "code": "no_holes", "message": "It has no round holes."}]
    assert listed == {lacking: why, without_file: []}
    assert client.get(f"/api/jobs/{lacking}").json["unfinished"] == why
