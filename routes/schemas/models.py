"""CAD models, jobs and artifacts as they go out."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from models import Artifact, ArtifactKind, CadModel, Job, JobStatus, ModelStatus
from models.artifact import INTERNAL
from routes.links import link
from routes.schemas.base import CamelSchema, ListArgs, Utc, Whole, between
from routes.schemas.jobs import files_of
from utils.cad.drawing import MODES


def _bbox(model: CadModel) -> dict[str, float] | None:
    if model.bbox_x_mm is None or model.bbox_y_mm is None or model.bbox_z_mm is None:
        return None
    box = {"xMm": model.bbox_x_mm, "yMm": model.bbox_y_mm, "zMm": model.bbox_z_mm}
    return {axis: round(length, 3) for axis, length in box.items()}


def _error(thing: CadModel | Job) -> dict[str, Any] | None:
    return {"code": thing.error_code, "message": thing.error_message} if thing.error_code else None


def _glb_bytes(model: CadModel) -> int | None:
    glb = model.artifact(ArtifactKind.GLB)
    return glb.bytes if glb is not None else None


class ModelOut(CamelSchema):
    """One revision of a part's CAD, or a file of the library while `part` is null."""

    id = fields.Integer()
    part = fields.Integer(attribute="part_id", allow_none=True)
    revision = fields.String()
    file_name = fields.String()
    sha256 = fields.String()
    bytes = fields.Integer()
    units = fields.String(allow_none=True)
    schema = fields.String(allow_none=True)
    bbox = fields.Function(_bbox, metadata={"type": ["object", "null"]})
    volume_mm3 = fields.Float(allow_none=True, data_key="volumeMm3")
    area_mm2 = fields.Float(allow_none=True, data_key="areaMm2")
    exact = fields.Boolean(
        allow_none=True, metadata={"description": "Whether box, volume and area are the exact shape's."}
    )
    distinct_parts = fields.Integer(allow_none=True)
    instances = fields.Integer(allow_none=True)
    status = fields.String()
    error = fields.Function(_error, metadata={"type": ["object", "null"]})
    stages = fields.Dict(metadata={"description": "How each stage of reading ended: status, code, message."})
    thumbnail_url = fields.Function(
        lambda model: file_url(model, ArtifactKind.THUMBNAIL), metadata={"type": ["string", "null"]}
    )
    model_url = fields.Function(lambda model: model_url(model), metadata={"type": ["string", "null"]})
    model_bytes = fields.Function(_glb_bytes, metadata={"type": ["integer", "null"]})
    created_by = fields.String(allow_none=True)
    created_at = Utc()


def file_url(model: CadModel, kind: str) -> str | None:
    """Where the first file of that kind is; its address changes with its content, so it may be kept for ever."""
    made = model.artifact(kind)
    return artifact_url(made) if made is not None else None


def artifact_url(made: Artifact) -> str:
    return link("models.artifact", model_id=made.model_id, name=made.name, v=made.sha256[:12])


def model_url(model: CadModel) -> str | None:
    """Where the revision's GLB is, under the prefix that was asked; its address changes with its content."""
    glb = model.artifact(ArtifactKind.GLB) if model.is_ready else None
    if glb is None:
        return None
    return link("models.artifact", model_id=model.id, name="model.glb", v=glb.sha256[:12])


def _unfinished(job: Job) -> list[dict[str, Any]]:
    model = job.model
    if model is None:
        return []
    said = {name: model.stages[name] for name in model.unfinished_stages}
    return [
        {"stage": name, "code": end.get("code"), "message": end.get("message") or ""}
        for name, end in said.items()
    ]


class JobOut(CamelSchema):
    id = fields.String()
    kind = fields.String()
    status = fields.String()
    stage = fields.String(allow_none=True)
    progress = fields.Float()
    message = fields.String()
    error = fields.Function(_error, metadata={"type": ["object", "null"]})
    artifacts = fields.Function(
        files_of, metadata={"type": "array", "items": {"$ref": "#/components/schemas/JobFileOut"}}
    )
    attempts = fields.Integer()
    model = fields.Integer(attribute="model_id", allow_none=True)
    part = fields.Integer(attribute="part_id", allow_none=True)
    file_name = fields.Function(
        lambda job: job.model.file_name if job.model is not None else None,
        metadata={"type": ["string", "null"], "description": "The file that it works on."},
    )
    unfinished = fields.Function(
        _unfinished,
        metadata={
            "type": "array",
            "items": {"type": "object"},
            "description": "The stages of its file that failed, as the file stands now: stage, code, message.",
        },
    )
    created_by = fields.String(allow_none=True)
    created_at = Utc()
    started_at = Utc(allow_none=True)
    finished_at = Utc(allow_none=True)


class JobListArgs(ListArgs):
    part = fields.Integer(load_default=None, validate=validate.Range(1, 2**63 - 1))
    model = fields.Integer(load_default=None, validate=validate.Range(1, 2**63 - 1))
    status = fields.String(load_default=None, validate=validate.OneOf([str(s) for s in JobStatus]))


class ModelArtifactOut(CamelSchema):
    """A file that was made from the model."""

    name = fields.String()
    kind = fields.String()
    media_type = fields.String()
    bytes = fields.Integer()
    sha256 = fields.String()
    job = fields.String(attribute="job_id", allow_none=True)
    created_at = Utc()
    url = fields.Function(artifact_url, metadata={"type": "string"})


class BomRowOut(CamelSchema):
    """A line of the bill of materials; its columns keep their names, as in the exports."""

    class Meta(CamelSchema.Meta):
        pass

    def on_bind_field(self, field_name: str, field_obj: fields.Field) -> None:
        field_obj.data_key = field_name

    path = fields.String(metadata={"description": "Its place in the tree, such as 1.3.2."})
    level = fields.Integer()
    part_number = fields.String()
    part_description = fields.String()
    quantity = fields.Integer(metadata={"description": "How often it is in its parent."})
    total_quantity = fields.Integer(metadata={"description": "How often it is in the whole file."})
    parent = fields.String()
    bbox_x_mm = fields.Float(allow_none=True)
    bbox_y_mm = fields.Float(allow_none=True)
    bbox_z_mm = fields.Float(allow_none=True)
    volume_mm3 = fields.Float(allow_none=True)
    colour = fields.String(allow_none=True)
    notes = fields.String()
    source_name = fields.String()
    product = fields.Integer(allow_none=True)
    part = fields.Integer(attribute="part_id", allow_none=True)


class ViewOut(CamelSchema):
    """A rendered picture, 512 px square, with a transparent ground."""

    name = fields.Function(lambda view: view.name.removesuffix(".png"), metadata={"type": "string"})
    url = fields.Function(artifact_url, metadata={"type": "string"})


class ViewsOut(CamelSchema):
    views = fields.List(fields.Nested(ViewOut))


class ModelDetailOut(ModelOut):
    options = fields.Dict()
    bom = fields.List(fields.Nested(BomRowOut))
    views = fields.List(fields.Nested(ViewOut))
    artifacts = fields.Function(
        lambda model: ModelArtifactOut(many=True).dump(
            [a for a in model.artifacts if a.kind not in INTERNAL]
        ),
        metadata={"type": "array", "items": {"type": "object"}},
    )
    jobs = fields.List(fields.Nested(JobOut))
    source_url = fields.Function(
        lambda model: link("models.source", model_id=model.id), metadata={"type": "string"}
    )


class ModelListArgs(ListArgs):
    search = fields.String(load_default="", validate=validate.Length(max=200))
    status = fields.String(load_default=None, validate=validate.OneOf([str(s) for s in ModelStatus]))
    part = fields.Integer(load_default=None, validate=validate.Range(1, 2**63 - 1))
    library = fields.Boolean(
        load_default=False, metadata={"description": "Only files that belong to no part."}
    )


class ModelChange(CamelSchema):
    part = Whole(
        required=True,
        allow_none=True,
        validate=between(1, 2**63 - 1),
        metadata={
            "description": "The part whose next revision it becomes; null gives it back to the library."
        },
    )


class ReadIn(CamelSchema):
    """Flags of reading; those left out stay as they are."""

    thumbnails = fields.Boolean()
    bom = fields.Boolean()
    diagram = fields.Boolean()
    translate = fields.Boolean()
    diagram_mode = fields.String(data_key="diagram_mode", validate=validate.OneOf(MODES))


class ReadOut(CamelSchema):
    job = fields.Nested(JobOut)


class QueryIn(CamelSchema):
    query = fields.String(
        required=True,
        metadata={"description": "Such as `holes diameter < 6 through`; at most 500 characters."},
    )


class AnswerOut(CamelSchema):
    query = fields.String()
    understood = fields.String()
    interpreted = fields.Boolean(
        metadata={"description": "A language model put the question into the grammar."}
    )
    sentence = fields.String()
    values = fields.List(fields.Dict(), metadata={"description": "Each `{name, value, unit}`."})
    rows = fields.List(fields.Dict())
    faces = fields.List(
        fields.Integer(), metadata={"description": "The faces that prove it, as the preview numbers them."}
    )
    notes = fields.List(fields.String())


class QueryLogOut(CamelSchema):
    id = fields.Integer()
    query = fields.String()
    understood = fields.String(allow_none=True)
    sentence = fields.Function(
        lambda entry: entry.answer.get("sentence"), metadata={"type": ["string", "null"]}
    )
    code = fields.String(allow_none=True)
    who = fields.String()
    at = Utc()


class AttachmentOut(CamelSchema):
    id = fields.Integer()
    name = fields.String()
    media_type = fields.String()
    bytes = fields.Integer()
    by = fields.String(attribute="created_by", allow_none=True)
    created_at = Utc()
    url = fields.Function(
        lambda a: link("part_files.attachment", part_id=a.part_id, attachment_id=a.id),
        metadata={"type": "string"},
    )


class ConversionOut(CamelSchema):
    success = fields.Boolean(allow_none=True)


class UploadOut(CamelSchema):
    """The answer to an upload: `model`, `job`, `conversion` for STEP, `attachment` for the rest."""

    message = fields.String()
    filename = fields.String()
    model = fields.Nested(ModelOut)
    job = fields.Nested(JobOut)
    conversion = fields.Nested(ConversionOut)
    attachment = fields.Nested(AttachmentOut)
