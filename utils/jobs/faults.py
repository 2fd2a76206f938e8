"""What may befall a job that is not its file's fault, and how that is told to the person whose file it is."""

from __future__ import annotations

import errno
from typing import NamedTuple

from sqlalchemy.exc import OperationalError

from models.errors import DiskFull
from utils.jobs.ledger import MAX_ATTEMPTS
from utils.sandbox import Killed, SandboxUnavailable


class Reason(NamedTuple):
    """Why a job ended without its result: a word for programs, a sentence for people."""

    code: str
    message: str


CANCELED = Reason("canceled", "Canceled before it was done.")
INTERNAL = Reason(
    "internal", "Kerfline itself failed on this. The file is kept; try again, and tell who runs the server."
)
DISK_FULL = Reason(
    "disk_full", "The server's disk is full. The file is kept; free some space, then try again."
)
WORKER_DIED = Reason(
    "worker_died",
    f"The server stopped {MAX_ATTEMPTS} times while it worked on this. Try again, or export it anew.",
)
KILLED = Reason(
    "killed",
    f"The machine ended this {MAX_ATTEMPTS} times, most likely for want of memory. Try again when it has less to "
    "do, or let whoever runs the server lower JOB_WORKERS or CONVERT_MEMORY_MB.",
)
NO_CHILD = Reason(
    "no_child", "The server can start no process to read this in. Try again, and tell who runs the server."
)


def is_disk_full(error: BaseException) -> bool:
    """Whether it means that the disk is full, whoever noticed: a file, the storage or the database."""
    if isinstance(error, OperationalError):
        return "full" in str(error.orig)
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    return full or isinstance(error, DiskFull)


def interruption(error: BaseException) -> Reason | None:
    """The reason when it may well succeed at another time, None for every other error."""
    if isinstance(error, Killed):
        return KILLED
    return NO_CHILD if isinstance(error, SandboxUnavailable) else None
