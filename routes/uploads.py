"""Files that belong to no part yet: a STEP file goes into the library and is read."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from models import CadModel, Job, db
from models.errors import Invalid, UnsupportedType
from routes.contract import commit_as, requires
from routes.identity import actor
from routes.reading import Blueprint
from routes.schemas.models import UploadOut
from utils import revisions, wiring
from utils.cad.drawing import MODES
from utils.jobs import Queue
from utils.revisions.history import DEFAULT_OPTIONS
from utils.uploads.receive import received

bp = Blueprint("uploads", __name__, url_prefix="/upload", description="Files into the library")

_FLAGS = ("thumbnails", "bom", "diagram", "translate")
_YES, _NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
_FORM = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {"type": "string", "format": "binary"},
        **{name: {"type": "boolean", "default": DEFAULT_OPTIONS[name]} for name in _FLAGS},
        "diagram_mode": {
            "type": "string",
            "enum": list(MODES),
            "default": DEFAULT_OPTIONS["diagram_mode"],
        },
    },
}


@bp.post("/")
@requires("models:write")
@bp.doc(requestBody={"content": {"multipart/form-data": {"schema": _FORM}}})
@bp.response(202, UploadOut)
def upload() -> Any:
    """A STEP file becomes a model of the library; what is read from it is the flags' choice."""
    db.session.rollback()  # no lock is held while the body streams in
    sent = request.files.getlist("file")
    if len(sent) != 1 or not sent[0].filename:
        raise Invalid({"file": ["Send one STEP file as the multipart member “file”."]})
    options = read_options(request.form)
    with received(sent[0].stream, sent[0].filename) as file:
        if file.step is None:
            raise UnsupportedType(
                f"“{file.name}” is no STEP file. The library keeps CAD; attach other files to a part.",
                filename=file.name,
            )
        model, job = revisions.add(None, file, actor(), options=options)
        commit_as(UploadOut().dump(being_read(model, job)), 202)
    wiring.get(Queue).deliver(job.id)
    return being_read(model, job)


def being_read(model: CadModel, job: Job) -> dict[str, Any]:
    """The answer to a STEP file that has just come in."""
    which = f"{model.file_name} is revision {model.revision}; it" if model.part_id else model.file_name
    return {
        "message": f"{which} is being read.",
        "filename": model.file_name,
        "model": model,
        "job": job,
        "conversion": {"success": None},
    }


def read_options(form: MultiDict[str, str]) -> dict[str, Any]:
    """The flags as they were sent. Raises Invalid with every complaint at once."""
    wrong = {name: ["Say it once."] for name in (*_FLAGS, "diagram_mode") if len(set(form.getlist(name))) > 1}
    options: dict[str, Any] = {}
    for name in _FLAGS:
        if name in form:
            said = form[name].strip().lower()
            if said not in _YES | _NO:
                wrong[name] = ["Must be true or false."]
            options[name] = said in _YES
    if "diagram_mode" in form:
        options["diagram_mode"] = form["diagram_mode"].strip()
        if options["diagram_mode"] not in MODES:
            wrong["diagram_mode"] = [f"Must be one of: {', '.join(MODES)}."]
    if wrong:
        raise Invalid(wrong)
    return options
