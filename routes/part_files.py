"""A part's files: uploads in, CAD, preview, drawing and attachments out."""

from __future__ import annotations

import time
from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage

from models import Artifact, CadModel, Job, Part, db
from models.base import only_reading
from models.errors import DiskFull, DomainError, Invalid, NotFound
from routes.contract import commit_as, requires
from routes.files import send_artifact, send_source
from routes.identity import actor
from routes.paging import page
from routes.previews import send_made, send_preview
from routes.reading import Blueprint
from routes.schemas.base import ListArgs, MessageOut, listing
from routes.schemas.models import AttachmentOut, JobOut, ModelOut, UploadOut, ViewsOut
from routes.uploads import being_read, read_options
from utils import revisions, wiring
from utils.jobs import Queue
from utils.parts import finding
from utils.uploads import attachments
from utils.uploads.receive import received

bp = Blueprint(
    "part_files", __name__, url_prefix="/parts", description="CAD, previews, drawings, attachments"
)
_LONGEST_WAIT_S = 60
_LOOK_S = 0.1


class RevisionFailed(DomainError):
    """The upload is kept as a failed revision; `details` has it and its job."""

    code = "conversion_failed"


@bp.post("/<int:part_id>/upload")
@requires("models:write")
@bp.doc(
    requestBody={
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        }
    },
    parameters=[
        {
            "in": "query",
            "name": "wait",
            "schema": {"type": "integer", "minimum": 0, "maximum": 60, "default": 0},
            "description": "Seconds to wait for a STEP file to be read.",
        }
    ],
)
@bp.alt_response(202, schema=UploadOut, description="A STEP file: a new revision, being read")
@bp.response(201, UploadOut)
def upload(part_id: int) -> Any:
    """A STEP file becomes the next revision (202; 201 or 422 with `?wait=SECONDS`), any other kind an attachment."""
    wait_s = _wait_seconds()
    finding.get(part_id)
    db.session.rollback()  # no lock is held while the body streams in
    sent = _sent_file()
    options = read_options(request.form)
    with received(sent.stream, sent.filename) as file:
        part = finding.get(part_id)
        if file.step is None:
            return _attached(attachments.attach(part, file, actor()))
        model, job = revisions.add(part, file, actor(), options=options)
        commit_as(UploadOut().dump(being_read(model, job)), 202)
    wiring.get(Queue).deliver(job.id)
    return _converting(model, job, wait_s)


def _wait_seconds() -> int:
    raw = request.args.get("wait", "0")
    if not raw.isdecimal() or int(raw) > _LONGEST_WAIT_S:
        raise Invalid({"wait": [f"Must be a whole number of seconds from 0 to {_LONGEST_WAIT_S}."]})
    return int(raw)


def _sent_file() -> FileStorage:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid({"file": ["Send one file as the multipart member “file”."]})
    return sent


def _attached(artifact: Artifact) -> Any:
    db.session.flush()
    return {"message": f"{artifact.name} is attached.", "filename": artifact.name, "attachment": artifact}


def _converting(model: CadModel, job: Job, wait_s: float) -> Any:
    """Wait for the preview, `wait_s` at most, and answer with how far it came; what follows it goes on."""
    until = time.monotonic() + wait_s
    while not (job.is_over or model.is_ready) and time.monotonic() < until:
        db.session.rollback()
        time.sleep(_LOOK_S)
        with only_reading():
            db.session.refresh(job)
            db.session.refresh(model)
    with only_reading():
        if model.is_ready:
            return being_read(model, job) | {
                "message": f"{model.file_name} is revision {model.revision}.",
                "conversion": {"success": True},
            }
        if job.error_code == DiskFull.code:
            raise DiskFull(job.error_message)
        if job.is_over:
            raise RevisionFailed(
                job.error_message or "The file could not be read.",
                reason=job.error_code,
                job=JobOut().dump(job),
                model=ModelOut().dump(model),
            )
        return being_read(model, job), 202


def _current_model(part: Part) -> CadModel:
    if part.model is None:
        raise NotFound(f"{part.label} has no preview yet. Upload a STEP file.", code="no_model")
    return part.model


def _newest_file(part: Part) -> CadModel:
    if not part.models:
        raise NotFound(f"{part.label} has no STEP file yet.", code="no_file")
    newest: CadModel = part.models[0]
    return newest


def _send_step(part_id: int, *, attachment: bool) -> Any:
    return send_source(_newest_file(finding.get(part_id)), attachment=attachment)


@bp.get("/<int:part_id>/download")
@requires("parts:read")
@bp.sends("model/step")
def download(part_id: int) -> Any:
    """The newest STEP file, as an attachment."""
    return _send_step(part_id, attachment=True)


@bp.get("/<int:part_id>/file")
@requires("parts:read")
@bp.sends("model/step")
def file_inline(part_id: int) -> Any:
    """The newest STEP file, inline."""
    return _send_step(part_id, attachment=False)


@bp.get("/<int:part_id>/model")
@requires("parts:read")
@bp.sends("model/gltf-binary", "model/gltf+json", format="`glb`, unless you say `gltf`.")
def model(part_id: int) -> Any:
    """GLB of the current model; `?format=gltf` answers one self-contained glTF."""
    return send_preview(_current_model(finding.get(part_id)))


@bp.get("/<int:part_id>/drawing")
@requires("parts:read")
@bp.sends("application/pdf")
def drawing(part_id: int) -> Any:
    """The newest attached drawing (PDF), else the sheet that was generated from the CAD."""
    part = finding.get(part_id)
    newest = attachments.newest_drawing(part)
    if newest is not None:
        return send_artifact(newest)
    sheet = part.model.named("drawing.pdf") if part.model else None
    if sheet is None:
        raise NotFound(
            f"{part.label} has no drawing. Attach a PDF, or a STEP file to draw one from.", code="no_drawing"
        )
    return send_made(sheet, attachment=False)


@bp.get("/<int:part_id>/views")
@requires("parts:read")
@bp.response(200, ViewsOut)
def views(part_id: int) -> Any:
    """Eight rendered pictures of the part."""
    return _viewed(part_id)


@bp.get("/<int:part_id>/views/<int:number>")
@requires("parts:read")
@bp.sends("image/png")
def view(part_id: int, number: int) -> Any:
    """One picture: 0 front, 1 rear, 2 left, 3 right, 4 top, 5 bottom, 6 iso left, 7 iso right."""
    model = _viewed(part_id)
    if number >= len(model.views):
        raise NotFound(f"Views are numbered from 0 to {len(model.views) - 1}.", code="no_such_view")
    return send_made(model.views[number], attachment=False)


def _viewed(part_id: int) -> CadModel:
    part = finding.get(part_id)
    if part.model is None or not part.model.views:
        said = part.model.stages.get("thumbnails", {}).get("message") if part.model else None
        raise NotFound(f"{part.label} has no rendered views. {said or ''}".rstrip(), code="no_views")
    return part.model


@bp.get("/<int:part_id>/revisions")
@requires("parts:read")
@bp.arguments(ListArgs, location="query")
@bp.response(200, listing("models", ModelOut))
def list_revisions(args: dict[str, Any], part_id: int) -> Any:
    """Revisions, newest first, failed ones with their reason."""
    return page("models", revisions.of_part(finding.get(part_id)), CadModel.number, args)


@bp.get("/<int:part_id>/attachments")
@requires("parts:read")
@bp.arguments(ListArgs, location="query")
@bp.response(200, listing("attachments", AttachmentOut))
def list_attachments(args: dict[str, Any], part_id: int) -> Any:
    """The part's other files, newest first."""
    return page("attachments", attachments.of_part(finding.get(part_id)), Artifact.id, args)


@bp.get("/<int:part_id>/attachments/<int:attachment_id>")
@requires("parts:read")
@bp.sends("*/*")
def attachment(part_id: int, attachment_id: int) -> Any:
    """One attachment's bytes; pictures are shown in place, all else is handed over as a download."""
    return send_artifact(attachments.get(finding.get(part_id), attachment_id))


@bp.delete("/<int:part_id>/attachments/<int:attachment_id>")
@requires("models:write")
@bp.response(200, MessageOut)
def remove_attachment(part_id: int, attachment_id: int) -> Any:
    """Take an attachment off the part."""
    attachments.remove(finding.get(part_id), attachment_id, actor())
    return {"message": "The attachment is removed."}
