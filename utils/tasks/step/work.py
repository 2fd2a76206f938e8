"""What the stages of one job share: the file, its text read once, a folder for copies, and how a stage ends."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from config import Settings
from models import CadModel, StageStatus, db
from models.base import only_reading
from models.errors import DiskFull
from utils import revisions, wiring
from utils.cad import step_converter
from utils.cad.problems import Unreadable
from utils.cad.step_converter import Prepared
from utils.jobs import JobContext
from utils.revisions import results
from utils.sandbox import Limits, Sandbox
from utils.storage import Storage

_LOOK_S = 0.1
_lock = threading.Lock()
_at_work: set[str] = set()  # the hashes of files that jobs of this process read now


@dataclass(frozen=True)
class Facts:
    """What a job has to know of its model, read before any native work: no transaction stays open meanwhile."""

    storage_key: str
    sha256: str
    file_name: str
    revision: str
    options: dict[str, Any]
    ready: bool
    done: frozenset[str]  # stages
    part_name: str
    part_number: str
    material: str
    thickness: str
    units: str | None


class Work:
    """One job at one model. Use it in a `with` block: its folder goes at the end."""

    def __init__(self, ctx: JobContext, model_id: int, folder: Path, open_files: ExitStack) -> None:
        self.ctx, self.model_id, self.folder = ctx, model_id, folder
        self._open_files = open_files
        self.facts = _facts(model_id)

    @classmethod
    @contextmanager
    def open(cls, ctx: JobContext, model_id: int) -> Iterator[Work]:
        with wiring.get(Sandbox).folder() as folder, ExitStack() as open_files:
            work = cls(ctx, model_id, folder, open_files)
            with _alone_with(work.facts.sha256, ctx):
                yield work

    @cached_property
    def source(self) -> Path:
        """The STEP file as it was uploaded."""
        return self.local(self.facts.storage_key)

    @cached_property
    def prepared(self) -> Prepared:
        """The file's text, read once: its product tree, and the copy with neutral names for native readers."""
        return step_converter.prepare(self.source, self.folder)

    def local(self, storage_key: str) -> Path:
        """A stored file as a path, until the job ends."""
        return self._open_files.enter_context(wiring.get(Storage).local(storage_key))

    def artifact(self, kind: str) -> Path | None:
        """The file of that kind that was made from the model, as a path."""
        with only_reading():
            found = db.session.get_one(CadModel, self.model_id).artifact(kind)
            key = found.storage_key if found is not None else None
            db.session.rollback()
        return self.local(key) if key is not None else None

    def wanted(self, stage: str) -> bool:
        """Whether a stage is still to be done."""
        return stage not in self.facts.done

    def asked_for(self, stage: str, unasked: str) -> bool:
        """Whether an optional stage is to be done now; one that the upload's flags leave out is skipped, saying so."""
        if not self.wanted(stage):
            return False
        if not self.facts.options[stage]:
            self.skip(stage, unasked)
            return False
        return True

    @property
    def limits(self) -> Limits:
        """For each step after the preview."""
        settings = wiring.get(Settings)
        return Limits(settings.read_memory_mb, settings.read_timeout_s, settings.read_timeout_s)

    def publish(
        self, stage: str, put: Callable[[CadModel], None], *, code: str = "", message: str = ""
    ) -> None:
        """Store a stage's results and that it is done, at once and only while the lease is ours."""
        model = db.session.get_one(CadModel, self.model_id)
        put(model)
        results.ended(model, stage, StageStatus.DONE, code=code, message=message)
        self.ctx.commit()

    def skip(self, stage: str, message: str) -> None:
        self._end(stage, StageStatus.SKIPPED, "", message)

    def fail(self, stage: str, error: Unreadable | DiskFull) -> None:
        """Note why a stage brought nothing; what the others bring stands."""
        self.ctx.checkpoint()  # a child that was killed because of a cancel is no fault of the file
        self.ctx.log(f"{getattr(error, 'log', '')}{stage}: {error.message}\n")
        self._end(stage, StageStatus.FAILED, error.code, error.message)

    def _end(self, stage: str, status: StageStatus, code: str, message: str) -> None:
        db.session.rollback()
        model = db.session.get_one(CadModel, self.model_id)
        results.ended(model, stage, status, code=code, message=message)
        self.ctx.commit()


@contextmanager
def _alone_with(sha256: str, ctx: JobContext) -> Iterator[None]:
    """Wait while another job of this process reads the same bytes: what it finds need not be found again."""
    while not _claim(sha256):
        ctx.checkpoint()
        time.sleep(_LOOK_S)
    try:
        yield
    finally:
        with _lock:
            _at_work.remove(sha256)


def _claim(sha256: str) -> bool:
    with _lock:
        if sha256 in _at_work:
            return False
        _at_work.add(sha256)
        return True


def _facts(model_id: int) -> Facts:
    with only_reading():
        model = revisions.get(model_id)
        part = model.part
        facts = Facts(
            storage_key=model.storage_key,
            sha256=model.sha256,
            file_name=model.file_name,
            revision=model.revision,
            options={**revisions.DEFAULT_OPTIONS, **model.options},
            ready=model.is_ready,
            done=frozenset(name for name in model.stages if model.has_done(name)),
            part_name=part.name if part else Path(model.file_name).stem,
            part_number=(part.part_id or "") if part else "",
            material=(part.material or "") if part else "",
            thickness=(part.material_thickness or "") if part else "",
            units=model.units,
        )
        db.session.rollback()
        return facts
