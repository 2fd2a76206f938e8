"""Parts: list, make, read, change, delete, restore."""

from __future__ import annotations

from typing import Any

from models import Category
from models.errors import NotFound
from routes.contract import check_if_match, listed, requires, with_etag
from routes.identity import actor
from routes.links import link
from routes.reading import Blueprint
from routes.schemas.base import MessageOut, listing
from routes.schemas.parts import PartChange, PartIn, PartListArgs, PartOut, filters_of
from utils.parts import edit, finding
from utils.parts.listing import ListQuery, facets, find

bp = Blueprint("parts", __name__, url_prefix="/parts", description="What is to be made")


def _page(args: dict[str, Any]) -> dict[str, Any]:
    query = ListQuery(
        filters_of(args),
        args["search"],
        args["sort_by"],
        args["sort_order"] == "desc",
        args["limit"],
        args["offset"],
        args["cursor"],
    )
    page = find(query)
    return listed(
        "parts", page.parts, total=page.total, limit=query.limit, offset=query.offset, cursor=page.next_cursor
    )


@bp.get("/")
@requires("parts:read")
@bp.arguments(PartListArgs, location="query")
@bp.response(200, listing("parts", PartOut))
def index(args: dict[str, Any]) -> Any:
    """Parts by filter, search and order; `nextCursor` reaches any depth."""
    return _page(args)


@bp.post("/")
@requires("parts:write")
@bp.arguments(PartIn)
@bp.response(201, PartOut)
def create(fields: dict[str, Any]) -> Any:
    """A new part, in review unless an import says otherwise."""
    part = edit.create(fields, actor())
    return part, {**with_etag(part), "Location": link("parts.show", part_id=part.id)}


@bp.get("/facets")
@requires("parts:read")
def facet_values() -> Any:
    """Each value that a filter can take, with its count."""
    return facets()


@bp.get("/categories/<category>")
@requires("parts:read")
@bp.arguments(PartListArgs, location="query")
@bp.response(200, listing("parts", PartOut))
def by_category(args: dict[str, Any], category: str) -> Any:
    """The parts of one category; 404 for a category that does not exist."""
    if category not in list(Category):
        raise NotFound(f"There is no category “{category}”; there are {', '.join(Category)}.")
    return _page({**args, "category": category})


@bp.get("/<int:part_id>")
@requires("parts:read")
@bp.response(200, PartOut)
def show(part_id: int) -> Any:
    """One part, with the ETag that `If-Match` takes."""
    part = finding.get(part_id)
    return part, with_etag(part)


@bp.route("/<int:part_id>", methods=["PUT", "PATCH"])
@requires("parts:work")
@bp.arguments(PartChange)
@bp.response(200, PartOut)
def change(fields: dict[str, Any], part_id: int) -> Any:
    """Merge members into the part; moves obey the workflow (409), `If-Match` guards against lost updates (412)."""
    part = finding.get(part_id)
    check_if_match(part)
    edit.update(part, fields, actor())
    return part, with_etag(part)


@bp.delete("/<int:part_id>")
@requires("parts:write")
@bp.response(200, MessageOut)
def delete(part_id: int) -> Any:
    """Hide the part; it can be restored for 30 days."""
    part = finding.get(part_id)
    check_if_match(part)
    edit.delete(part, actor())
    return {"message": f"{part.label} is deleted. It can be restored for 30 days."}


@bp.post("/<int:part_id>/restore")
@requires("parts:write")
@bp.response(200, PartOut)
def restore(part_id: int) -> Any:
    """Bring a deleted part back."""
    part = edit.restore(finding.get_deleted(part_id), actor())
    return part, with_etag(part)
