"""A stream becomes a file in the scratch folder, hashed and counted on its way; memory stays flat."""

from __future__ import annotations

import errno
import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from config import Settings
from models.errors import DiskFull, Invalid, TooLarge, UnsupportedType
from utils import wiring
from utils.cad.scan import StepScan, scan
from utils.sandbox import claim, let_go
from utils.uploads import names, sniff

_CHUNK = 256 * 1024
TAKEN = "STEP, PDF, DXF, SVG, STL, 3MF, G-code, PNG, JPEG or WebP"


@dataclass(frozen=True)
class Received:
    """A file that arrived whole; `kind` is as `sniff.kind_of` says, `step` is set for STEP files."""

    path: Path
    name: str
    sha256: str
    bytes: int
    kind: str
    step: StepScan | None


@contextmanager
def received(stream: IO[bytes], file_name: str | None) -> Iterator[Received]:
    """The stream as a typed file, gone again when the context ends unless somebody adopted it.

    Raises Invalid (empty, or a STEP file that names other files), UnsupportedType, TooLarge, DiskFull.
    """
    settings = wiring.get(Settings)
    path = settings.scratch / f"upload-{uuid.uuid4().hex}"
    held = None
    try:
        held = claim(path)
        sha256, size = _write(stream, path, settings.max_upload_bytes)
        yield _typed(path, names.safe(file_name), sha256, size)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull() from error
        raise
    finally:
        path.unlink(missing_ok=True)
        let_go(held)


def _write(stream: IO[bytes], path: Path, limit: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as out:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise too_large(limit)
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest(), size


def too_large(limit: int) -> TooLarge:
    return TooLarge(
        f"The file is larger than {limit // (1024 * 1024)} MB. Whoever runs the server can raise MAX_UPLOAD_MB.",
        maxBytes=limit,
    )


def _typed(path: Path, name: str, sha256: str, size: int) -> Received:
    if size == 0:
        raise Invalid({"file": ["The file is empty. Export it again, then upload it."]})
    kind = sniff.kind_of(path)
    if kind is None:
        raise UnsupportedType(
            f"“{name}” is not a file that Kerfline takes, whatever its ending says. Send {TAKEN}.",
            filename=name,
        )
    if kind != "step" and name.lower().endswith((".step", ".stp", ".p21")):
        raise UnsupportedType(
            f"“{name}” is {sniff.CALLED[kind]}, not a STEP file. Give it its own ending, or export the part as STEP.",
            filename=name,
        )
    step = scan(path) if kind == "step" else None
    if step is not None and step.external_files:
        listed = ", ".join(f"“{other}”" for other in step.external_files[:5])
        raise Invalid(
            {
                "file": [
                    f"This STEP file names other files ({listed}); they are never opened. Export it as one file."
                ]
            }
        )
    return Received(path, name, sha256, size, kind, step)
