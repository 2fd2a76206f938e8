"""The built page: its entry with the runtime settings in it, and its assets, immutable and pre-compressed."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, send_from_directory
from sqlalchemy import exists, select
from werkzeug.routing import PathConverter

from app import packed
from config import VERSION, Settings
from models import Part, db
from utils import wiring

DIST = Path(__file__).resolve().parent.parent / "frontend" / "dist"
_PLACEHOLDER = "<!--kerfline:runtime-->"
_IMMUTABLE = "public, max-age=31536000, immutable"

bp = Blueprint("spa", __name__)


class PagePath(PathConverter):
    """Any address but those where a missing thing is a 404, and a wrong method a 405."""

    regex = r"(?!(?:api|ws|health|docs|redoc|assets|metrics)(?:/|$))[^/].*?"


@bp.get("/assets/<path:name>")
def asset(name: str) -> Response:
    """A hashed file of the build, in the best encoding that lies beside it."""
    return packed.send(DIST / "assets", name, _IMMUTABLE)


@bp.get("/", defaults={"path": ""})
@bp.get("/<page:path>")
def page(path: str) -> Any:
    """The page, whatever the address: its router decides."""
    if path and "." in path and "/" not in path and (DIST / path).is_file() and path != "index.html":
        return send_from_directory(DIST, path, conditional=True)
    entry = DIST / "index.html"
    if not entry.is_file():
        return "The page is not built yet: run `python3 run.py`.", 503, {"Content-Type": "text/plain"}
    return Response(
        entry.read_text("utf-8").replace(_PLACEHOLDER, _runtime()),
        mimetype="text/html",
        headers={"Cache-Control": "no-cache"},
    )


def _runtime() -> str:
    settings, base = wiring.get(Settings), current_app.config["BASE_PATH"]
    told = {
        "basePath": base,
        "apiBase": f"{base}/api",
        "version": VERSION,
        "maxUploadMb": settings.max_upload_mb,
        "demo": bool(db.session.scalar(select(exists().where(Part.demo, Part.deleted_at.is_(None))))),
    }
    # "<" is escaped so that no value could end the script element.
    body = json.dumps(told).replace("<", "\\u003c")
    return (
        f'<base href="{escape(base)}/"><script type="application/json" id="kerfline-runtime">{body}</script>'
    )
