"""What a job made: its files as people may have them, one by one or packed into one archive as it is sent."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import PurePosixPath
from typing import BinaryIO

from sqlalchemy import Select, select

from models import Artifact, db
from models.artifact import INTERNAL
from utils import wiring
from utils.storage import Storage

_CHUNK = 256 * 1024
# What is packed already: a second packing costs time and saves nothing.
_PACKED = {".png", ".jpg", ".jpeg", ".webp", ".pdf", ".xlsx", ".3mf", ".gz", ".zip"}


def of_job(job_id: str) -> Select[Artifact]:
    """The files that a job made, in no order; not those for the server's own use."""
    return select(Artifact).where(Artifact.job_id == job_id, Artifact.kind.not_in(INTERNAL))


def of_jobs(job_ids: Iterable[str]) -> dict[str, list[Artifact]]:
    """The files of each of the jobs, as they were made."""
    found: dict[str, list[Artifact]] = {job_id: [] for job_id in job_ids}
    wanted = select(Artifact).where(Artifact.job_id.in_(found), Artifact.kind.not_in(INTERNAL))
    for artifact in db.session.scalars(wanted.order_by(Artifact.id)):
        found[artifact.job_id or ""].append(artifact)
    return found


def named(job_id: str, name: str) -> Artifact | None:
    """The job's newest file of that very name."""
    return db.session.scalar(
        of_job(job_id).where(Artifact.name == name).order_by(Artifact.id.desc()).limit(1)
    )


def as_zip(artifacts: Iterable[Artifact], names: Iterable[str]) -> Iterator[bytes]:
    """The files under `names` as one ZIP archive, piece by piece; no more than a piece is ever in memory.

    All files are opened before the first piece: one that is swept meanwhile is still sent whole. Raises
    FileNotFoundError at once when one is gone.
    """
    storage, files = wiring.get(Storage), ExitStack()
    opened: list[tuple[zipfile.ZipInfo, BinaryIO]] = []
    try:
        for artifact, name in zip(artifacts, unique(names), strict=True):
            entry = zipfile.ZipInfo(name, artifact.created_at.timetuple()[:6])
            packed = PurePosixPath(name).suffix.lower() in _PACKED
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.file_size = artifact.bytes  # tells whether it needs the large format
            opened.append((entry, files.enter_context(storage.open(artifact.storage_key))))
    except BaseException:
        files.close()
        raise
    return _pieces(opened, files)


def _pieces(opened: list[tuple[zipfile.ZipInfo, BinaryIO]], files: ExitStack) -> Iterator[bytes]:
    out = _Outlet()
    with files, zipfile.ZipFile(out, "w") as archive:  # type: ignore[call-overload]
        for entry, source in opened:
            with archive.open(entry, "w") as target:
                while chunk := source.read(_CHUNK):
                    target.write(chunk)
                    yield out.take()
    yield out.take()


def unique(names: Iterable[str]) -> list[str]:
    """Each name once, whatever the case: a second `a.txt` becomes `a (2).txt`."""
    seen: set[str] = set()
    free: list[str] = []
    for name in names:
        path, number, candidate = PurePosixPath(name), 1, name
        while candidate.casefold() in seen:
            number += 1
            candidate = f"{path.stem} ({number}){path.suffix}"
        seen.add(candidate.casefold())
        free.append(candidate)
    return free


class _Outlet:
    """What the archive writes to: it cannot be wound back, so each entry's size and checksum follow its bytes."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """There is nothing between this and its reader."""

    def take(self) -> bytes:
        taken, self._pieces = b"".join(self._pieces), []
        return taken
