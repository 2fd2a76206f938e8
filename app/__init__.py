"""Assembly, nothing else: settings, extensions, adapters and blueprints become one application."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from flask_cors import CORS
from flask_migrate import Migrate
from werkzeug.routing import IntegerConverter

from app import adapters, api_pages, cli, compress, errors, headers, logs, openapi, proxies, spa
from config import Settings, load
from models import db
from models.base import set_only_reading
from routes import BLUEPRINTS
from routes.health import bp as health
from routes.links import V1

_SAFE = {"GET", "HEAD", "OPTIONS"}
_JSON_LIMIT = 1024 * 1024
# The parts of a multipart body around the file itself.
_MULTIPART_MARGIN = 64 * 1024


class Kerfline(Flask):
    """Commits once a request, at its edge: a view that raises leaves nothing behind."""

    def dispatch_request(self) -> Any:
        set_only_reading(request.method in _SAFE)
        if request.mimetype != "multipart/form-data":
            # Only files may be large: the rest is read into memory, and before anybody is known.
            request.max_content_length = _JSON_LIMIT
        answer = super().dispatch_request()
        db.session.commit()
        return answer

    def add_url_rule(self, rule: str, *args: Any, **options: Any) -> None:
        """Without its last slash: only then does Werkzeug take both forms, and answer 405 to wrong methods."""
        super().add_url_rule(rule.rstrip("/") or "/", *args, **options)


class RowId(IntegerConverter):
    """Numbers that a database can hold; a longer one is no address of ours."""

    regex = r"\d{1,18}"


def create_app(settings: Settings | None = None) -> Kerfline:
    """The application for `settings` (the environment's by default). Raises BadSettings."""
    settings = settings or load()
    app = Kerfline("kerfline", static_folder=None)
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"pool_size": 16, "max_overflow": 64},
        SECRET_KEY=settings.secret_key,
        BASE_PATH=settings.base_path,
        MAX_CONTENT_LENGTH=settings.max_upload_bytes + _MULTIPART_MARGIN,
        MAX_FORM_MEMORY_SIZE=_JSON_LIMIT,
        MAX_FORM_PARTS=50,
        **openapi.config(settings.base_path),
    )
    # Members come in the order that the schemas say, and an answer's table keeps that of its columns.
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.converters.update(int=RowId, page=spa.PagePath)
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    logs.configure(settings.log_level)
    db.init_app(app)
    Migrate(app, db, render_as_batch=True)
    errors.register(app)
    headers.register(app)
    compress.register(app)
    logs.register(app)
    adapters.provide(app, settings)
    if settings.cors_origins:
        CORS(
            app,
            resources={r"/api/.*": {"origins": list(settings.cors_origins)}},
            expose_headers=["ETag", "Location"],
        )
    _mount(app)
    cli.register(app)
    proxies.wrap(app, settings)
    return app


def _mount(app: Kerfline) -> None:
    """Everything under /api, the same under /api/v1, health beside them, and the page for the rest."""
    api = openapi.ProblemApi(app)
    for blueprint in BLUEPRINTS:
        prefix = blueprint.url_prefix or ""
        api.register_blueprint(blueprint, url_prefix=f"/api{prefix}")
        app.register_blueprint(blueprint, url_prefix=f"/api/v1{prefix}", name=f"{V1}{blueprint.name}")
    app.add_url_rule("/api/v1/openapi.json", "v1_openapi", app.view_functions["api-docs.openapi_json"])
    app.register_blueprint(health)
    app.register_blueprint(api_pages.bp)
    app.register_blueprint(spa.bp)
