"""What must be true of a data folder after any mishap: nothing lost, nothing twice, each row with its file."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

_OVER = ("completed", "failed", "canceled", "expired")


def complaints(data: Path) -> list[str]:
    """Every way in which the stored state is not whole, read from the database file and the folder themselves."""
    with closing(sqlite3.connect(f"file:{data / 'kerfline.db'}?mode=ro", uri=True)) as database:
        return [
            *_published_twice(database),
            *_rows_without_file(database, data / "files"),
            *_jobs_without_reason(database),
        ]


def _published_twice(database: sqlite3.Connection) -> Iterator[str]:
    twice = (
        "SELECT model_id, name, count(*) FROM artifact"
        " WHERE model_id IS NOT NULL AND kind != 'log' GROUP BY 1, 2 HAVING count(*) > 1"
    )
    for model, name, count in database.execute(twice):
        yield f"{name} of model {model} was published {count} times"
    told = (
        "SELECT part_id, after, count(*) FROM activity"
        " WHERE action = 'revision.ready' GROUP BY 1, 2 HAVING count(*) > 1"
    )
    for part, after, count in database.execute(told):
        yield f"revision.ready {after} of part {part} was told {count} times"
    logs = "SELECT job_id, count(*) FROM artifact WHERE kind = 'log' GROUP BY 1 HAVING count(*) > 1"
    for job, count in database.execute(logs):
        yield f"job {job} has {count} logs"


def _rows_without_file(database: sqlite3.Connection, files: Path) -> Iterator[str]:
    rows = "SELECT storage_key, bytes, sha256 FROM artifact UNION SELECT storage_key, bytes, sha256 FROM cad_model"
    for key, size, sha256 in database.execute(rows):
        path = files / key
        if not path.is_file():
            yield f"{key} is named by a row and not there"
        elif path.stat().st_size != size or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            yield f"{key} is not what its row says"


def _jobs_without_reason(database: sqlite3.Connection) -> Iterator[str]:
    for job, status, code, message in database.execute(
        "SELECT id, status, error_code, error_message FROM job"
    ):
        if status not in _OVER:
            yield f"job {job} is still {status}"
        elif status == "failed" and not (code and message):
            yield f"job {job} failed without a reason"


def unnamed(data: Path) -> set[str]:
    """Stored files that no row names: a sweep's to take."""
    with closing(sqlite3.connect(f"file:{data / 'kerfline.db'}?mode=ro", uri=True)) as database:
        rows = database.execute("SELECT storage_key FROM artifact UNION SELECT storage_key FROM cad_model")
        named = {key for (key,) in rows}
    files = data / "files"
    return {path.relative_to(files).as_posix() for path in files.rglob("*") if path.is_file()} - named
