"""/docs (Swagger UI) and /redoc (ReDoc): the OpenAPI document for people, from files that the build made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, render_template, url_for

from app import headers, packed, spa

_SHORT = "public, max-age=3600"


@dataclass(frozen=True)
class ApiPage:
    """What one page loads, and its Content-Security-Policy."""

    title: str
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    csp: str = headers.CSP


# ReDoc's rules stand in style elements. Two hashes let those be and no other: the one of no text, for the element
# that it fills by script, which a CSP does not see, and the one of its scrollbars' fixed text.
_REDOC_STYLES = " ".join(
    (
        "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
        "'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='",
    )
)

PAGES = {
    "docs": ApiPage("Swagger UI", ("swagger-ui.css", "page.css"), ("swagger-ui-bundle.js", "swagger.js")),
    "redoc": ApiPage(
        "ReDoc",
        ("page.css",),
        ("redoc.standalone.js", "redoc.js"),
        headers.CSP.replace("style-src 'self'", f"style-src 'self' {_REDOC_STYLES}"),
    ),
}

bp = Blueprint("api_pages", __name__, template_folder="templates")


@bp.get("/docs")
def docs() -> Response:
    """Swagger UI, which also sends requests with the key that one gives it."""
    return _page("docs")


@bp.get("/redoc")
def redoc() -> Response:
    """ReDoc, which is for reading."""
    return _page("redoc")


@bp.get("/docs/<path:name>")
def file(name: str) -> Response:
    """One of the files that the two pages load; their names stay the same, so they are kept for an hour only."""
    return packed.send(spa.DIST / "apidocs", name, _SHORT)


def _page(name: str) -> Any:
    page, document = PAGES[name], url_for("api-docs.openapi_json")
    response = make_response(render_template("api_page.html", page=page, pages=PAGES, document=document))
    response.headers["Content-Security-Policy"] = page.csp
    response.headers["Cache-Control"] = "no-cache"
    return response
