"""Counters in a small SQLite file of their own, for the `limits` library: exact across processes, no server.

They stay out of the main database: a count is written with each request and is worth no fsync.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

from limits.storage import Storage


class SqliteCounters(Storage):
    """One row a window; an upsert makes the count and answers it in one step."""

    STORAGE_SCHEME = ["kerfline-sqlite"]

    def __init__(self, path: Path) -> None:
        super().__init__(f"kerfline-sqlite://{path}")
        self._path = path
        self._local = threading.local()
        self._connection().execute(
            "CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, count INTEGER, expires REAL) WITHOUT ROWID"
        )

    def _connection(self) -> sqlite3.Connection:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._path, timeout=10, isolation_level=None)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=OFF")
            self._local.connection = connection
        return connection

    @property
    def base_exceptions(self) -> type[Exception]:
        return sqlite3.Error

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        try:
            return self._count(key, expiry, amount)
        except sqlite3.OperationalError as error:
            if "full" not in str(error):
                raise
            # A full disk keeps nobody from reading; what cannot be counted is as if it were the first.
            return amount

    def _count(self, key: str, expiry: int, amount: int) -> int:
        now = time.time()
        row = self._connection().execute(
            """INSERT INTO counter VALUES (?1, ?2, ?3) ON CONFLICT (name) DO UPDATE SET
               count = CASE WHEN expires <= ?4 THEN ?2 ELSE count + ?2 END,
               expires = CASE WHEN expires <= ?4 THEN ?3 ELSE expires END
               RETURNING count""",
            (key, amount, now + expiry, now),
        )
        return int(row.fetchone()[0])

    def get(self, key: str) -> int:
        row = self._connection().execute(
            "SELECT count FROM counter WHERE name = ? AND expires > ?", (key, time.time())
        )
        found = row.fetchone()
        return int(found[0]) if found else 0

    def get_expiry(self, key: str) -> float:
        found = self._connection().execute("SELECT expires FROM counter WHERE name = ?", (key,)).fetchone()
        return float(found[0]) if found else time.time()

    def check(self) -> bool:
        self._connection().execute("SELECT 1")
        return True

    def reset(self) -> int | None:
        return self._connection().execute("DELETE FROM counter").rowcount

    def clear(self, key: str) -> None:
        self._connection().execute("DELETE FROM counter WHERE name = ?", (key,))

    def sweep(self) -> None:
        """Forget windows that are over."""
        self._connection().execute("DELETE FROM counter WHERE expires <= ?", (time.time(),))
