"""What a job printed: its stages with their times and what its children said, kept as its artifact `log.txt`."""

from __future__ import annotations

import uuid

import structlog
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from config import Settings
from models import Artifact, ArtifactKind, Job, db, utc_now
from models.base import only_reading
from models.errors import DiskFull
from utils import wiring
from utils.jobs.ledger import Lease
from utils.sandbox import claim, let_go
from utils.storage import Storage, Stored

NAME = "log.txt"
MEDIA_TYPE = "text/plain"
LONGEST_BYTES = 1024 * 1024
_HALF = LONGEST_BYTES // 2 - 16
_GAP = "\n[…]\n"
# Control characters are shown, not obeyed: a terminal that shows the log is not the child's to steer.
_CONTROL = {*range(32), *range(127, 160), *range(0xD800, 0xE000)} - {ord("\n"), ord("\t")}
_SHOWN = dict.fromkeys(_CONTROL, "\N{REPLACEMENT CHARACTER}")
log = structlog.get_logger()


class JobLog:
    """Keeps the first and the last half megabyte of what is added, however much it is."""

    def __init__(self, text: str = "") -> None:
        self._head, self._tail, self._lost = b"", b"", False
        self.add(text)

    def add(self, text: str) -> None:
        """Append whole lines; the folders of the server are left out of them."""
        settings = wiring.get(Settings)
        text = text.replace(str(settings.scratch), "…").replace(str(settings.data), "…")
        text = text.replace("\r\n", "\n").translate(_SHOWN)
        piece = (text if text.endswith("\n") or not text else f"{text}\n").encode()
        room = 0 if self._tail else _HALF - len(self._head)
        self._head, self._tail = self._head + piece[:room], self._tail + piece[room:]
        if len(self._tail) > _HALF:
            self._tail, self._lost = self._tail[-_HALF:], True

    def stage(self, name: str, message: str) -> None:
        """A line that says when a stage began."""
        time = utc_now().strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
        self.add(f"{time} {name}" + (f": {message}" if message else ""))

    def text(self) -> str:
        gap = _GAP.encode() if self._lost else b""
        return (self._head + gap + self._tail).decode("utf-8", "ignore")


def store(lease: Lease, said: JobLog) -> Stored | None:
    """Write what was said, behind what earlier leases said, to the storage.

    None when nothing was said or nothing can be written: a job does not fail for want of a place to say how it went.
    """
    if not said.text():
        return None
    path = wiring.get(Settings).scratch / f"upload-{uuid.uuid4().hex}"
    held = None
    try:
        held = claim(path)
        # The job's id makes the file its own: no other job's row could name it.
        whole = JobLog(_earlier(lease.job_id) or f"Job {lease.job_id} ({lease.kind})")
        whole.add(said.text())
        path.write_text(whole.text(), encoding="utf-8")
        return wiring.get(Storage).put(path, "logs")
    except (OSError, DiskFull) as error:
        log.warning("job.log_not_kept", job=lease.job_id, error=type(error).__name__)
        return None
    finally:
        path.unlink(missing_ok=True)
        let_go(held)


def hang_on(job: Job, stored: Stored | None) -> str | None:
    """Make the stored text the job's log, of which it has one, in the caller's transaction; the former one's key."""
    if stored is None:
        return None
    row = db.session.scalar(_of(job.id))
    former = row.storage_key if row is not None else None
    if row is None:
        row = Artifact(kind=ArtifactKind.LOG, name=NAME, media_type=MEDIA_TYPE, job_id=job.id)
        db.session.add(row)
    row.model_id, row.part_id = job.model_id, job.part_id
    row.storage_key, row.sha256, row.bytes = stored.key, stored.sha256, stored.bytes
    return former


def forget(key: str | None) -> None:
    """Remove a text that no row names any more, or that none came to name."""
    if key is None:
        return
    with only_reading(), Session(db.engine) as session:
        named = session.scalar(select(Artifact.id).where(Artifact.storage_key == key).limit(1))
    if named is None:
        wiring.get(Storage).delete(key)


def _of(job_id: str) -> Select[Artifact]:
    return select(Artifact).where(Artifact.job_id == job_id, Artifact.kind == ArtifactKind.LOG).limit(1)


def _earlier(job_id: str) -> str:
    # In a session of its own: the body's may hold what is to be published with the job's end.
    with only_reading(), Session(db.engine) as session:
        row = session.scalar(_of(job_id))
        if row is None:
            return ""
        try:
            with wiring.get(Storage).open(row.storage_key) as file:
                return file.read().decode("utf-8", "replace")
        except FileNotFoundError:
            return ""
