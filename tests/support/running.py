"""Data folders and servers for tests that need the real thing."""

from __future__ import annotations

from pathlib import Path

from flask_migrate import upgrade

from app import create_app
from config import load
from models import db

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def migrated(data: Path) -> Path:
    """Bring the database in `data` to the newest migration, as `run.py` does at its start."""
    app = create_app(load({"KERFLINE_DATA": str(data)}))
    with app.app_context():
        upgrade(directory=str(MIGRATIONS))
        db.session.remove()
        db.engine.dispose()
    return data
