"""Migrations: up, down and up again, and a schema that is the models' own."""

import sqlite3

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy.exc import IntegrityError

from app import create_app
from config import load
from models import CadModel, Part, db
from tests.support.running import MIGRATIONS

FTS = ("part_trigram", "part_words")


@pytest.fixture
def fresh(tmp_path):
    app = create_app(load({"KERFLINE_DATA": str(tmp_path)}))
    with app.app_context():
        yield tmp_path / "kerfline.db"
        db.session.remove()
        db.engine.dispose()


def schema(file):
    with sqlite3.connect(file) as connection:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
        ).fetchall()
    return {name: sql for name, sql in rows if name != "alembic_version"}


def test_up_down_and_up_again_is_the_same_database(fresh):
    upgrade(directory=str(MIGRATIONS))
    first = schema(fresh)
    assert {"part", "job", "api_key", *FTS} <= set(first)
    downgrade(directory=str(MIGRATIONS), revision="base")
    assert schema(fresh) == {}
    upgrade(directory=str(MIGRATIONS))
    assert schema(fresh) == first


def test_upgrading_twice_changes_nothing_and_loses_nothing(fresh):
    upgrade(directory=str(MIGRATIONS))
    db.session.add(Part(name="Gusset"))
    db.session.commit()
    upgrade(directory=str(MIGRATIONS))
    assert db.session.scalar(db.select(Part.name)) == "Gusset"


def test_previews_from_before_are_found_by_their_new_name(fresh):
    upgrade(directory=str(MIGRATIONS), revision="0001")
    with sqlite3.connect(fresh) as connection:
        connection.execute(
            "INSERT INTO cad_model (id, number, file_name, sha256, bytes, storage_key, status, created_at) "
            "VALUES (1, 1, 'Gusset.step', 'a', 1, 'k', 'ready', '2026-11-21')"
        )
        connection.execute(
            "INSERT INTO artifact (kind, name, storage_key, bytes, sha256, media_type, model_id, created_at) "
            "VALUES ('glb', 'Gusset.glb', 'k', 1, 'a', 'model/gltf-binary', 1, '2026-11-21')"
        )
    upgrade(directory=str(MIGRATIONS))
    model = db.session.get_one(CadModel, 1)
    assert model.named("model.glb") is not None
    assert model.has_done("convert")
    assert not model.has_done("bom")
    db.session.remove()
    downgrade(directory=str(MIGRATIONS), revision="0001")
    with sqlite3.connect(fresh) as connection:
        assert connection.execute("SELECT count(*) FROM artifact").fetchone() == (1,)


def test_the_migrated_database_is_what_the_models_say(fresh):
    upgrade(directory=str(MIGRATIONS))

    def ours(_thing, name, kind, reflected, _other):
        return not (kind == "table" and reflected and (name or "").startswith(FTS))

    options = {"include_object": ours, "compare_type": True, "compare_server_default": True}
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, db.metadata) == []


def test_the_database_guards_its_own_rows(fresh):
    upgrade(directory=str(MIGRATIONS))
    for wrong in (
        "category = 'banana'",
        "status = 'Gone'",
        "amount = 0",
        "completed_amount = 2",
        "project_id = 5",
    ):
        db.session.add(Part(name="Gusset"))
        db.session.commit()
        with pytest.raises(IntegrityError, match="constraint failed"):
            db.session.execute(db.text(f"UPDATE part SET {wrong}"))
        db.session.rollback()
