"""What is read from a STEP file: bill of materials, how each stage ended, questions and their answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _model_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("options", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("stages", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("exact", sa.Boolean(), nullable=True),
        sa.Column("distinct_parts", sa.Integer(), nullable=True),
        sa.Column("instances", sa.Integer(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
    ]


def upgrade() -> None:
    for column in _model_columns():
        op.add_column("cad_model", column)
    op.create_index("ix_cad_model_created_at_id", "cad_model", ["created_at", "id"])
    # A file made from a model has one name whatever the model is called: it is found by it.
    op.execute("UPDATE artifact SET name = 'model.glb' WHERE kind = 'glb'")
    op.execute("UPDATE artifact SET name = 'model.glb.gz' WHERE kind = 'glb.gz'")
    done = '{"convert": {"status": "done", "code": null, "message": null}}'
    op.execute(sa.text("UPDATE cad_model SET stages = :done WHERE status = 'ready'").bindparams(done=done))
    op.create_table(
        "bom_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("model_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("product", sa.Integer(), nullable=True),
        sa.Column("part_number", sa.String(length=500), nullable=False),
        sa.Column("part_description", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("total_quantity", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("parent", sa.String(length=500), nullable=False),
        sa.Column("bbox_x_mm", sa.Double(), nullable=True),
        sa.Column("bbox_y_mm", sa.Double(), nullable=True),
        sa.Column("bbox_z_mm", sa.Double(), nullable=True),
        sa.Column("volume_mm3", sa.Double(), nullable=True),
        sa.Column("colour", sa.String(length=7), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["model_id"], ["cad_model.id"], name=op.f("fk_bom_row_model_id")),
        sa.ForeignKeyConstraint(["part_id"], ["part.id"], name=op.f("fk_bom_row_part_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bom_row")),
        sa.UniqueConstraint("model_id", "position", name=op.f("uq_bom_row_model_id_position")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_bom_row_part_id", "bom_row", ["part_id"])
    op.create_table(
        "query_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("model_id", sa.Integer(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("understood", sa.Text(), nullable=True),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("code", sa.String(length=50), nullable=True),
        sa.Column("who", sa.String(length=100), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["api_key.id"], name=op.f("fk_query_log_key_id")),
        sa.ForeignKeyConstraint(["model_id"], ["cad_model.id"], name=op.f("fk_query_log_model_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_query_log")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_query_log_model_id_id", "query_log", ["model_id", "id"])


def downgrade() -> None:
    # What is read since then is no file that the code before would know.
    op.execute("DELETE FROM artifact WHERE kind NOT IN ('attachment', 'glb', 'glb.gz', 'log')")
    op.drop_table("query_log")
    op.drop_table("bom_row")
    op.drop_index("ix_cad_model_created_at_id", "cad_model")
    for column in _model_columns():
        op.drop_column("cad_model", column.name)
