"""CAD models, jobs and artifacts as they go out."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from models import ArtifactKind, CadModel, Job, JobStatus
from routes.links import link
from routes.schemas.base import CamelSchema, ListArgs, Utc


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
    status = fields.String()
    error = fields.Function(_error, metadata={"type": ["object", "null"]})
    thumbnail_url = fields.Function(lambda model: None, metadata={"type": ["string", "null"]})
    model_url = fields.Function(lambda model: model_url(model), metadata={"type": ["string", "null"]})
    model_bytes = fields.Function(_glb_bytes, metadata={"type": ["integer", "null"]})
    created_at = Utc()


def model_url(model: CadModel) -> str | None:
    """Where the revision's GLB is, under the prefix that was asked; its address changes with its content."""
    glb = model.artifact(ArtifactKind.GLB) if model.is_ready else None
    if glb is None:
        return None
    return link("models.artifact", model_id=model.id, name="model.glb", v=glb.sha256[:12])


class JobOut(CamelSchema):
    id = fields.String()
    kind = fields.String()
    status = fields.String()
    stage = fields.String(allow_none=True)
    progress = fields.Float()
    message = fields.String()
    error = fields.Function(_error, metadata={"type": ["object", "null"]})
    attempts = fields.Integer()
    model = fields.Integer(attribute="model_id", allow_none=True)
    part = fields.Integer(attribute="part_id", allow_none=True)
    created_at = Utc()
    started_at = Utc(allow_none=True)
    finished_at = Utc(allow_none=True)


class JobListArgs(ListArgs):
    part = fields.Integer(load_default=None, validate=validate.Range(1, 2**63 - 1))
    model = fields.Integer(load_default=None, validate=validate.Range(1, 2**63 - 1))
    status = fields.String(load_default=None, validate=validate.OneOf([str(s) for s in JobStatus]))


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
