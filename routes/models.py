"""CAD models: what was read from a file, its pictures and drawings, and the library of files without a part."""

from __future__ import annotations

from typing import Any

from flask import Response

from models import Artifact, ArtifactKind, CadModel, QueryLog, db
from models.artifact import INTERNAL
from models.errors import NotFound
from routes.contract import requires
from routes.files import SHOWN_IN_PLACE, disposition, send_source
from routes.identity import actor
from routes.paging import page
from routes.previews import send_made, send_preview
from routes.reading import Blueprint
from routes.schemas.base import ListArgs, MessageOut, listing
from routes.schemas.models import (
    AnswerOut,
    ModelArtifactOut,
    ModelChange,
    ModelDetailOut,
    ModelListArgs,
    ModelOut,
    QueryIn,
    QueryLogOut,
    ReadIn,
    ReadOut,
)
from utils import revisions, wiring
from utils.jobs import Queue, artifacts
from utils.parts import finding
from utils.revisions import library, questions
from utils.uploads import names

bp = Blueprint("models", __name__, url_prefix="/models", description="CAD files and what was read from them")


@bp.get("/")
@requires("parts:read")
@bp.arguments(ModelListArgs, location="query")
@bp.response(200, listing("models", ModelOut))
def index(args: dict[str, Any]) -> Any:
    """Models, newest first; `library=true` lists the files that belong to no part."""
    wanted = library.find(**{name: args[name] for name in ("search", "status", "part", "library")})
    return page("models", wanted, CadModel.created_at, args)


@bp.get("/<int:model_id>")
@requires("parts:read")
@bp.response(200, ModelDetailOut)
def show(model_id: int) -> Any:
    """What was read from one file: facts, bill of materials, views, artifacts, jobs."""
    return revisions.get(model_id)


@bp.patch("/<int:model_id>")
@requires("models:write")
@bp.arguments(ModelChange)
@bp.response(200, ModelOut)
def change(sent: dict[str, Any], model_id: int) -> Any:
    """Make a file of the library a part's next revision; `null` gives the newest one back."""
    model = revisions.get(model_id)
    if sent["part"] is None:
        library.detach(model, actor())
    else:
        library.attach(model, finding.get(sent["part"]), actor())
    return model


@bp.delete("/<int:model_id>")
@requires("models:write")
@bp.response(200, MessageOut)
def delete(model_id: int) -> Any:
    """Take a file out of the library; it can be restored for 30 days."""
    library.remove(revisions.get(model_id))
    return {"message": "The file is out of the library; it can be brought back for 30 days."}


@bp.post("/<int:model_id>/restore")
@requires("models:write")
@bp.response(200, ModelOut)
def restore(model_id: int) -> Any:
    """Bring a file back into the library."""
    return library.restore(model_id)


@bp.post("/<int:model_id>/read")
@requires("models:write")
@bp.arguments(ReadIn)
@bp.response(202, ReadOut)
def read(sent: dict[str, Any], model_id: int) -> Any:
    """Read it again with other flags: another drawing, translated names; 409 while it is being read."""
    job = revisions.read_again(revisions.get(model_id), sent, actor())
    db.session.commit()
    wiring.get(Queue).deliver(job.id)
    return {"job": job}


@bp.get("/<int:model_id>/source")
@requires("parts:read")
@bp.sends("model/step")
def source(model_id: int) -> Any:
    """The STEP file as it was uploaded."""
    return send_source(revisions.get(model_id), attachment=True)


@bp.get("/<int:model_id>/artifacts")
@requires("parts:read")
@bp.arguments(ListArgs, location="query")
@bp.response(200, listing("artifacts", ModelArtifactOut))
def list_artifacts(args: dict[str, Any], model_id: int) -> Any:
    """The files that were made from the model, newest first."""
    model = revisions.get(model_id)
    made = db.select(Artifact).where(Artifact.model_id == model.id, Artifact.kind.not_in(INTERNAL))
    return page("artifacts", made, Artifact.id, args)


@bp.get("/<int:model_id>/artifacts/<name>")
@requires("parts:read")
@bp.sends("*/*", format="For `model.glb`: `glb`, unless you say `gltf`.")
def artifact(model_id: int, name: str) -> Any:
    """A file made from the model: `model.glb`, `bom.csv`, `front.png`, `drawing.pdf` and the rest of the list."""
    model = revisions.get(model_id)
    made = model.named(name)
    hidden = made is None or (made.kind in INTERNAL and made.kind != ArtifactKind.THUMBNAIL)
    if made is None or hidden or (name == "model.glb" and not model.is_ready):
        raise NotFound(f"Model {model_id} has no file “{name[:100]}”.", code="artifact_not_found")
    if made.kind == ArtifactKind.GLB:
        return send_preview(model)
    return send_made(made, attachment=made.media_type not in SHOWN_IN_PLACE)


@bp.get("/<int:model_id>/artifacts.zip")
@requires("parts:read")
@bp.sends("application/zip")
def archive(model_id: int) -> Response:
    """All files that were made from the model, by whichever job, as one ZIP archive."""
    model = revisions.get(model_id)
    files = [made for made in model.artifacts if made.kind not in INTERNAL]
    if not files:
        raise NotFound("Nothing was made of this file yet.", code="artifact_not_found")
    stem = names.safe(model.file_name).rsplit(".", 1)[0]
    headers = {"Content-Disposition": disposition("attachment", f"{stem}.zip"), "Cache-Control": "no-store"}
    pieces = artifacts.as_zip(files, [names.safe(file.name) for file in files])
    return Response(pieces, mimetype="application/zip", headers=headers, direct_passthrough=True)


@bp.post("/<int:model_id>/query")
@requires("parts:read")
@bp.arguments(QueryIn)
@bp.response(200, AnswerOut)
def query(sent: dict[str, Any], model_id: int) -> Any:
    """Ask about the geometry: `holes diameter < 6 through`, `thickness`, `mass of 6061`."""
    return questions.ask(revisions.get(model_id), sent["query"], actor())


@bp.get("/<int:model_id>/queries")
@requires("parts:read")
@bp.arguments(ListArgs, location="query")
@bp.response(200, listing("queries", QueryLogOut))
def list_queries(args: dict[str, Any], model_id: int) -> Any:
    """What was asked of the model, newest first."""
    model = revisions.get(model_id)
    return page("queries", db.select(QueryLog).where(QueryLog.model_id == model.id), QueryLog.id, args)
