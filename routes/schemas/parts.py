"""Parts as they come in and go out, and the arguments of the workflow's actions."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from marshmallow import ValidationError, fields, validate

from models import Category, Priority, Status, Type
from routes.schemas.base import CamelSchema, ListArgs, Utc, Whole, Words, at_most, between
from routes.schemas.models import ModelOut
from utils.parts.listing import SORTABLE


def _one_of(values: Any) -> validate.OneOf:
    choices = [str(value) for value in values]
    return validate.OneOf(choices, error="Must be one of: {choices}.")


def http_url(value: str) -> None:
    """Only http and https, with a host: anything else could run when it is clicked."""
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError as error:
        raise ValidationError("This is not an address.") from error
    if parts.scheme.lower() not in ("http", "https") or not host or any(c.isspace() for c in value):
        raise ValidationError("Only addresses that begin with http:// or https:// are taken.")


def _deeper_than(levels: int, value: Any) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return inner is not None and (levels == 0 or any(_deeper_than(levels - 1, each) for each in inner))


def _custom(value: dict[str, Any]) -> None:
    if _deeper_than(8, value):
        raise ValidationError("Custom fields nest at most 8 levels deep.")
    if len(value) > 50 or any(len(name) > 100 for name in value):
        raise ValidationError("At most 50 fields with names of at most 100 characters.")
    if len(str(value)) > 20_000:
        raise ValidationError("All custom fields together hold at most 20,000 characters.")


class _PartMembers(CamelSchema):
    part_id = Words(100, allow_none=True)
    type = fields.String(allow_none=True, validate=_one_of(Type))
    category = fields.String(validate=_one_of(Category))
    status = fields.String(validate=_one_of(Status))
    material = Words(200, allow_none=True)
    material_thickness = Words(100, allow_none=True)
    subsystem = Words(100, allow_none=True)
    project = Words(100, allow_none=True)
    assigned = Words(100, allow_none=True)
    amount = Whole(validate=between(1, 1_000_000))
    priority = fields.String(validate=_one_of(Priority))
    due_date = fields.Date(allow_none=True)
    notes = Words(20_000)
    onshape_url = Words(500, http_url, allow_none=True)
    storage = Words(200, allow_none=True)
    custom_fields = fields.Dict(keys=fields.String(), validate=_custom)


def _named(value: str) -> None:
    if not value.strip():
        raise ValidationError("A part needs a name.")


class _Name(Words):
    def _validate(self, value: Any) -> None:
        super()._validate(value)
        _named(value)


class PartIn(_PartMembers):
    name = _Name(200, required=True, error_messages={"required": "A part needs a name."})


class PartChange(_PartMembers):
    name = _Name(200)


class PartListArgs(ListArgs):
    category = fields.String(validate=_one_of(Category))
    type = fields.String(validate=_one_of(Type))
    status = fields.String(validate=_one_of(Status))
    priority = fields.String(validate=_one_of(Priority))
    subsystem = Words(100)
    assigned = Words(100)
    project = Words(100)
    material = Words(200)
    search = fields.String(load_default="", validate=at_most(200))
    sort_by = fields.String(load_default="createdAt", validate=_one_of(SORTABLE), data_key="sort_by")
    sort_order = fields.String(load_default="desc", validate=_one_of(("asc", "desc")), data_key="sort_order")


class ApproveIn(CamelSchema):
    type = fields.String(load_default=None, allow_none=True, validate=_one_of(Type))
    reviewer = Words(100, load_default=None, allow_none=True)


class AssignIn(CamelSchema):
    assigned = Words(
        100, load_default=None, allow_none=True, metadata={"description": "Default: the key's name."}
    )


class CompleteIn(CamelSchema):
    amount = Whole(load_default=None, allow_none=True, validate=between(1, 1_000_000))
    storage = Words(200, load_default=None, allow_none=True)


class RejectIn(CamelSchema):
    reason = Words(2000, load_default="")


class CommentIn(CamelSchema):
    text = Words(5000, load_default="")


class CommentOut(CamelSchema):
    id = fields.Integer()
    text = fields.String()
    by = fields.String(attribute="created_by")
    created_at = Utc()


class PartOut(CamelSchema):
    id = fields.Integer()
    uuid = fields.String()
    part_id = fields.String(allow_none=True)
    name = fields.String()
    type = fields.String(allow_none=True, validate=_one_of(Type))
    category = fields.String(validate=_one_of(Category))
    status = fields.String(validate=_one_of(Status))
    material = fields.String(allow_none=True)
    material_thickness = fields.String(allow_none=True)
    subsystem = fields.String(allow_none=True)
    project = fields.Function(
        lambda part: part.project.name if part.project else None, metadata={"type": ["string", "null"]}
    )
    assigned = fields.String(allow_none=True)
    claimed_date = Utc(allow_none=True)
    completed_at = Utc(allow_none=True)
    amount = fields.Integer()
    completed_amount = fields.Integer()
    priority = fields.String(validate=_one_of(Priority))
    due_date = fields.Date(allow_none=True)
    notes = fields.String()
    file = fields.String(allow_none=True)
    onshape_url = fields.String(allow_none=True)
    storage = fields.String(allow_none=True)
    revision = fields.String(allow_none=True)
    model = fields.Nested(ModelOut, allow_none=True)
    newer_model = fields.Nested(ModelOut, allow_none=True)
    custom_fields = fields.Dict()
    demo = fields.Boolean()
    created_at = Utc()
    updated_at = Utc()
    version = fields.Integer()


def filters_of(args: dict[str, Any]) -> dict[str, Any]:
    names = ("category", "type", "status", "priority", "subsystem", "assigned", "project", "material")
    return {name: args[name] for name in names if args.get(name)}
