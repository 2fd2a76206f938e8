"""How Alembic reaches the database: through the application's own engine, one transaction a migration."""

from __future__ import annotations

from alembic import context
from flask import current_app

migrate = current_app.extensions["migrate"]


def _not_ours_to_compare(thing: object, name: str | None, kind: str, reflected: bool, _other: object) -> bool:
    """FTS5 keeps its index in tables of its own, which no model declares."""
    return not (kind == "table" and reflected and (name or "").startswith(("part_trigram", "part_words")))


def run() -> None:
    engine = migrate.db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=migrate.db.metadata,
            include_object=_not_ours_to_compare,
            render_as_batch=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
