"""Projects: what parts are made for."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate
from sqlalchemy import select

from models import Project, db
from models.errors import Conflict
from routes.contract import requires
from routes.paging import page
from routes.reading import Blueprint
from routes.schemas.base import CamelSchema, ListArgs, Words, listing

bp = Blueprint("projects", __name__, url_prefix="/projects", description="What parts are made for")


class ProjectIn(CamelSchema):
    name = Words(100, validate.Length(1), required=True)
    prefix = fields.String(
        load_default="",
        validate=validate.Regexp(r"^[A-Za-z0-9]{0,20}$", error="Letters and digits only, 20 at most."),
    )


class ProjectOut(CamelSchema):
    id = fields.Integer()
    name = Words(100)
    prefix = Words(20)


@bp.get("/")
@requires("parts:read")
@bp.arguments(ListArgs, location="query")
@bp.response(200, listing("projects", ProjectOut))
def index(args: dict[str, Any]) -> Any:
    """Projects, by name."""
    return page("projects", select(Project), Project.name, args, descending=False)


@bp.post("/")
@requires("parts:write")
@bp.arguments(ProjectIn)
@bp.response(201, ProjectOut)
def create(args: dict[str, Any]) -> Any:
    """A new project; its prefix opens the numbers of its parts."""
    name = args["name"]
    if db.session.scalar(select(Project.id).where(Project.name == name)):
        raise Conflict(f"There is a project “{name}” already.", code="project_exists")
    project = Project(name=name, prefix=args["prefix"])
    db.session.add(project)
    db.session.flush()
    return project
