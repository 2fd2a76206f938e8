"""A shop at work: the app with its worker and sandbox running, and files going in as people send them."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import create_app, serving
from config import Settings, load
from models import Artifact, CadModel, Job, db
from tests.conftest import SETTINGS, Client
from utils import wiring
from utils.auth import keys


class Shop:
    """One part and what is uploaded to it; `scratch` is where nothing may stay behind."""

    def __init__(self, app: Flask, client: Client) -> None:
        self.app, self.client = app, client
        self.part = client.post("/api/parts/", {"name": "Gusset"}).get_json()["id"]

    def upload(
        self, content: str | bytes, name: str = "part.step", wait: int = 60, *, fully: bool = False
    ) -> Any:
        """Send a file; only its preview is made, unless it is to be read `fully`."""
        body = content.encode() if isinstance(content, str) else content
        flags = {} if fully else {"thumbnails": "0", "bom": "0", "diagram": "0"}
        sent = {"file": (io.BytesIO(body), name), **flags}
        path = f"/api/parts/{self.part}/upload?wait={wait}"
        return self.client.post(path, data=sent, content_type="multipart/form-data")

    def read(self, path: str = "") -> Any:
        return self.client.get(f"/api/parts/{self.part}{path}").get_json()

    def settle(self, within_s: float = 60) -> None:
        """Wait until every job is over: an upload is answered as soon as its preview is there."""
        end = time.monotonic() + within_s
        while any(
            job["status"] in ("queued", "running") for job in self.client.get("/api/jobs").get_json()["jobs"]
        ):
            assert time.monotonic() < end, "a job does not end"
            time.sleep(0.05)

    def counts(self) -> dict[str, int]:
        """How many rows and stored files there are: what a refused upload must leave alone."""
        db.session.remove()
        rows = {kind.__name__: db.session.query(kind).count() for kind in (CadModel, Job, Artifact)}
        files = [file for file in self.files.rglob("*") if file.is_file()]
        return {**rows, "files": len(files), "scratch": len(list(self.scratch.iterdir()))}

    @property
    def files(self) -> Path:
        return wiring.get(Settings).files

    @property
    def scratch(self) -> Path:
        return wiring.get(Settings).scratch


@pytest.fixture
def open_shop(data: Any) -> Iterator[Any]:
    """`open_shop(CONVERT_TIMEOUT_S="3")`: a shop with these settings; closed at the test's end."""
    opened: list[tuple[Flask, Any]] = []

    def opening(**settings: str) -> Shop:
        app = create_app(load({**SETTINGS, "KERFLINE_DATA": str(data), **settings}))
        context = app.app_context()
        context.push()
        opened.append((app, context))
        _, secret = keys.create("Admin", "admin")
        db.session.commit()
        serving.start(app)
        return Shop(app, Client(app.test_client(), secret))

    yield opening
    for app, context in opened:
        serving.stop(app)
        db.session.remove()
        db.engine.dispose()
        context.pop()


@pytest.fixture
def shop(open_shop: Any) -> Shop:
    made: Shop = open_shop()
    return made
