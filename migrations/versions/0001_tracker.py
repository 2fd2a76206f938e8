"""The tracker: parts and their workflow, revisions, jobs, keys, activity, and the search indexes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


_SEARCHED = ("name", "part_id", "notes", "subsystem", "assigned", "material", "file")


def _letters(value: str) -> str:
    """`value` as the trigram index takes it: as it is."""
    return value


def _words(value: str) -> str:
    """`value` with % and _ as words of their own, so that each of them is found alone."""
    return f"replace(replace({value}, '%', ' % '), '_', ' _ ')"


# Letters inside words; and the first one or two letters of words, which trigrams cannot find.
_INDEXES = {
    "part_trigram": (_letters, "tokenize='trigram'"),
    "part_words": (_words, "tokenize=\"unicode61 tokenchars '%_'\", prefix='1 2'"),
}


def _create_search() -> None:
    """Full-text indexes without a copy of the texts (SQLite FTS5), kept true by triggers on the part's rows."""
    columns = ", ".join(_SEARCHED)
    for index, (shaped, options) in _INDEXES.items():
        new, old = (", ".join(shaped(f"{row}.{column}") for column in _SEARCHED) for row in ("new", "old"))
        add = f"INSERT INTO {index}(rowid, {columns}) VALUES (new.id, {new});"
        drop = f"INSERT INTO {index}({index}, rowid, {columns}) VALUES ('delete', old.id, {old});"
        op.execute(f"CREATE VIRTUAL TABLE {index} USING fts5({columns}, content='', {options})")
        op.execute(f"CREATE TRIGGER {index}_added AFTER INSERT ON part BEGIN {add} END")
        op.execute(f"CREATE TRIGGER {index}_gone AFTER DELETE ON part BEGIN {drop} END")
        op.execute(f"CREATE TRIGGER {index}_changed AFTER UPDATE OF {columns} ON part BEGIN {drop} {add} END")


def _drop_search() -> None:
    for index in _INDEXES:
        for when in ("added", "gone", "changed"):
            op.execute(f"DROP TRIGGER {index}_{when}")
        op.execute(f"DROP TABLE {index}")


def upgrade() -> None:
    op.create_table(
        "api_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("prefix", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("rate_limit", sa.String(length=40), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("last_used_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("role IN ('viewer', 'maker', 'lead', 'admin')", name=op.f("ck_api_key_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_key_digest")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=True),
        sa.Column("job_id", sa.String(length=36), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_at", "event", ["at"])
    op.create_index("ix_event_job_id_id", "event", ["job_id", "id"])

    op.create_table(
        "project",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("prefix", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("name", name=op.f("uq_project_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("part_id", sa.String(length=100), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("type", sa.String(length=10), nullable=True),
        sa.Column("category", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("material", sa.String(length=200), nullable=True),
        sa.Column("material_thickness", sa.String(length=100), nullable=True),
        sa.Column("subsystem", sa.String(length=100), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("assigned", sa.String(length=100), nullable=True),
        sa.Column("claimed_date", sa.DateTime(), nullable=True),
        sa.Column("completed_at", sa.DateTime(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("completed_amount", sa.Integer(), nullable=False),
        sa.Column("priority", sa.String(length=10), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("file", sa.String(length=255), nullable=True),
        sa.Column("onshape_url", sa.String(length=500), nullable=True),
        sa.Column("storage", sa.String(length=200), nullable=True),
        sa.Column("custom_fields", sa.JSON(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "category IN ('review', 'cnc', 'hand', 'completed')", name=op.f("ck_part_category")
        ),
        sa.CheckConstraint("priority IN ('high', 'normal', 'low')", name=op.f("ck_part_priority")),
        sa.CheckConstraint(
            "status IN ('Pending', 'Approved', 'In Progress', 'Already Started', 'Completed')",
            name=op.f("ck_part_status"),
        ),
        sa.CheckConstraint("type IN ('cnc', 'hand')", name=op.f("ck_part_type")),
        sa.CheckConstraint("amount >= 1", name=op.f("ck_part_amount")),
        sa.CheckConstraint("completed_amount BETWEEN 0 AND amount", name=op.f("ck_part_completed_amount")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_part_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part")),
        sa.UniqueConstraint("uuid", name=op.f("uq_part_uuid")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_part_amount", "part", ["deleted_at", "amount", "id"])
    op.create_index("ix_part_assigned", "part", ["deleted_at", "assigned", "id"])
    op.create_index("ix_part_category", "part", ["deleted_at", "category", "id"])
    op.create_index("ix_part_claimed_date", "part", ["deleted_at", "claimed_date", "id"])
    op.create_index("ix_part_completed_at", "part", ["deleted_at", "completed_at", "id"])
    op.create_index("ix_part_created_at", "part", ["deleted_at", "created_at", "id"])
    op.create_index("ix_part_deleted_id", "part", ["deleted_at", "id"])
    op.create_index("ix_part_due_date", "part", ["deleted_at", "due_date", "id"])
    op.create_index("ix_part_material", "part", ["deleted_at", "material", "id"])
    op.create_index("ix_part_name", "part", ["deleted_at", "name", "id"])
    op.create_index("ix_part_part_id", "part", ["deleted_at", "part_id", "id"])
    op.create_index("ix_part_priority", "part", ["deleted_at", "priority", "id"])
    op.create_index("ix_part_project_id", "part", ["deleted_at", "project_id", "id"])
    op.create_index("ix_part_status", "part", ["deleted_at", "status", "id"])
    op.create_index("ix_part_subsystem", "part", ["deleted_at", "subsystem", "id"])
    op.create_index("ix_part_type", "part", ["deleted_at", "type", "id"])
    op.create_index("ix_part_updated_at", "part", ["deleted_at", "updated_at", "id"])

    op.create_table(
        "page_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["api_key.id"], name=op.f("fk_page_session_key_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_session")),
        sa.UniqueConstraint("digest", name=op.f("uq_page_session_digest")),
    )
    op.create_index("ix_page_session_expires_at", "page_session", ["expires_at"])
    op.create_table(
        "remembered_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("idempotency_key", sa.String(length=200), nullable=False),
        sa.Column("request_sha256", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["api_key.id"], name=op.f("fk_remembered_answer_key_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remembered_answer")),
        sa.UniqueConstraint(
            "key_id", "idempotency_key", name=op.f("uq_remembered_answer_key_id_idempotency_key")
        ),
    )
    op.create_index("ix_remembered_answer_created_at", "remembered_answer", ["created_at"])

    op.create_table(
        "sign_in_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["key_id"], ["api_key.id"], name=op.f("fk_sign_in_link_key_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_link")),
        sa.UniqueConstraint("digest", name=op.f("uq_sign_in_link_digest")),
    )
    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("who", sa.String(length=100), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["key_id"], ["api_key.id"], name=op.f("fk_activity_key_id")),
        sa.ForeignKeyConstraint(["part_id"], ["part.id"], name=op.f("fk_activity_part_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_activity_at_id", "activity", ["at", "id"])
    op.create_index("ix_activity_part_id_at", "activity", ["part_id", "at", "id"])

    op.create_table(
        "cad_model",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.Column("units", sa.String(length=40), nullable=True),
        sa.Column("schema", sa.String(length=200), nullable=True),
        sa.Column("bbox_x_mm", sa.Double(), nullable=True),
        sa.Column("bbox_y_mm", sa.Double(), nullable=True),
        sa.Column("bbox_z_mm", sa.Double(), nullable=True),
        sa.Column("volume_mm3", sa.Double(), nullable=True),
        sa.Column("area_mm2", sa.Double(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("error_code", sa.String(length=50), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("created_by", sa.String(length=100), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("status IN ('pending', 'ready', 'failed')", name=op.f("ck_cad_model_status")),
        sa.ForeignKeyConstraint(["part_id"], ["part.id"], name=op.f("fk_cad_model_part_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cad_model")),
        sa.UniqueConstraint("part_id", "number", name=op.f("uq_cad_model_part_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cad_model_part_id_status", "cad_model", ["part_id", "status"])
    op.create_index("ix_cad_model_sha256", "cad_model", ["sha256"])

    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=100), nullable=False),
        sa.Column("claimed_at", sa.DateTime(), nullable=False),
        sa.Column("released_at", sa.DateTime(), nullable=True),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["part_id"], ["part.id"], name=op.f("fk_claim_part_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_claim_part_id_person", "claim", ["part_id", "person"])
    op.create_index("ix_claim_person", "claim", ["person"])

    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_by", sa.String(length=100), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["part_id"], ["part.id"], name=op.f("fk_comment_part_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_comment_part_id", "comment", ["part_id"])

    op.create_table(
        "job",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=True),
        sa.Column("progress", sa.Double(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("error_code", sa.String(length=50), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("cancel_requested", sa.Boolean(), nullable=False),
        sa.Column("lease_owner", sa.String(length=100), nullable=True),
        sa.Column("lease_token", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(), nullable=True),
        sa.Column("model_id", sa.Integer(), nullable=True),
        sa.Column("part_id", sa.Integer(), nullable=True),
        sa.Column("created_by", sa.String(length=100), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "status IN ('submitted', 'validated', 'queued', 'running', 'completed', 'failed', 'canceled', 'expired')",
            name=op.f("ck_job_status"),
        ),
        sa.CheckConstraint("progress BETWEEN 0 AND 1", name=op.f("ck_job_progress")),
        sa.ForeignKeyConstraint(["model_id"], ["cad_model.id"], name=op.f("fk_job_model_id")),
        sa.ForeignKeyConstraint(["part_id"], ["part.id"], name=op.f("fk_job_part_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index("ix_job_created_at_id", "job", ["created_at", "id"])
    op.create_index("ix_job_model_id", "job", ["model_id"])
    op.create_index("ix_job_part_id", "job", ["part_id"])
    op.create_index("ix_job_status_created_at", "job", ["status", "created_at"])

    op.create_table(
        "artifact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=True),
        sa.Column("part_id", sa.Integer(), nullable=True),
        sa.Column("model_id", sa.Integer(), nullable=True),
        sa.Column("job_id", sa.String(length=36), nullable=True),
        sa.Column("created_by", sa.String(length=100), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_artifact_job_id")),
        sa.ForeignKeyConstraint(["model_id"], ["cad_model.id"], name=op.f("fk_artifact_model_id")),
        sa.ForeignKeyConstraint(["part_id"], ["part.id"], name=op.f("fk_artifact_part_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_artifact")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_artifact_job_id", "artifact", ["job_id"])
    op.create_index("ix_artifact_model_id", "artifact", ["model_id"])
    op.create_index("ix_artifact_part_id_kind", "artifact", ["part_id", "kind", "id"])
    op.create_index("ix_artifact_storage_key", "artifact", ["storage_key"])
    _create_search()


def downgrade() -> None:
    _drop_search()

    op.drop_table("artifact")

    op.drop_table("job")

    op.drop_table("comment")

    op.drop_table("claim")

    op.drop_table("cad_model")

    op.drop_table("activity")
    op.drop_table("sign_in_link")
    op.drop_table("page_session")

    op.drop_table("remembered_answer")

    op.drop_table("part")
    op.drop_table("project")

    op.drop_table("event")
    op.drop_table("api_key")
