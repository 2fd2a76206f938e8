"""Fixtures of all tests: a real app on a real SQLite file, migrated, with keys for each role."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import adapters, create_app
from config import load
from models import Part, db
from models.actor import Actor
from tests.support.running import migrated
from utils.auth import keys
from utils.auth.scopes import SCOPES_BY_ROLE
from utils.parts import edit, lifecycle

SETTINGS = {
    "RATE_LIMIT_DEFAULT": "100000 per minute",
    "RATE_LIMIT_PAGE": "100000 per minute",
    "JOB_LEASE_S": "3",
}


@pytest.fixture(scope="session")
def empty_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a migrated, empty database: made once, copied for each test."""
    return migrated(tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where each test's data folder lies: one place for all, so that one application serves them."""
    return tmp_path_factory.mktemp("ground") / "data"


@pytest.fixture
def data(ground: Path, empty_data: Path) -> Path:
    """A data folder of this test's own, migrated and empty."""
    shutil.rmtree(ground, ignore_errors=True)
    return Path(shutil.copytree(empty_data, ground))


@pytest.fixture(scope="session")
def built_app(ground: Path) -> Flask:
    """Assembling the routes takes a hundred times as long as a request; the adapters are each test's own."""
    return create_app(load({**SETTINGS, "KERFLINE_DATA": str(ground)}))


@pytest.fixture
def app(data: Path, built_app: Flask) -> Iterator[Flask]:
    """The application as the server builds it; no worker runs unless the test starts one."""
    settings = load({**SETTINGS, "KERFLINE_DATA": str(data)})
    built_app.config["SECRET_KEY"] = settings.secret_key
    with built_app.app_context():
        db.engine.dispose()
        adapters.provide(built_app, settings)
        yield built_app
        db.session.remove()
        db.engine.dispose()


class Client:
    """A test client that sends a key, and answers the body where a test only wants that."""

    def __init__(self, inner: FlaskClient, secret: str) -> None:
        self.inner, self.secret = inner, secret

    def request(self, method: str, path: str, **kwargs: Any) -> Any:
        headers = {"X-API-Key": self.secret, **kwargs.pop("headers", {})}
        db.session.remove()  # each request sees the database as another process would
        return self.inner.open(path, method=method, headers=headers, **kwargs)

    def get(self, path: str, **kwargs: Any) -> Any:
        return self.request("GET", path, **kwargs)

    def post(self, path: str, json: Any = None, **kwargs: Any) -> Any:
        return self.request("POST", path, **({"json": json} if json is not None else {}), **kwargs)

    def put(self, path: str, json: Any = None, **kwargs: Any) -> Any:
        return self.request("PUT", path, json=json, **kwargs)

    def patch(self, path: str, json: Any = None, **kwargs: Any) -> Any:
        return self.request("PATCH", path, json=json, **kwargs)

    def delete(self, path: str, **kwargs: Any) -> Any:
        return self.request("DELETE", path, **kwargs)


@pytest.fixture
def client_as(app: Flask) -> Any:
    """`client_as("maker", "Ana")`: a client with a key of that role and name."""

    def make(role: str, name: str | None = None) -> Client:
        _, secret = keys.create(name or role.capitalize(), role)
        db.session.commit()
        return Client(app.test_client(), secret)

    return make


@pytest.fixture
def client(client_as: Any) -> Client:
    """An admin."""
    admin: Client = client_as("admin", "Admin")
    return admin


@pytest.fixture
def lead() -> Actor:
    return Actor("Lea", role="lead", scopes=SCOPES_BY_ROLE["lead"])


@pytest.fixture
def make_part(app: Flask, lead: Actor) -> Any:
    """`make_part(claimed_by="Ana", amount=4)`: a stored part, brought where the words say by the workflow."""

    def make(
        *, lane: str | None = None, claimed_by: str | None = None, done: bool = False, **fields: Any
    ) -> Part:
        part = edit.create({"name": "Gusset", **fields}, lead)
        if lane or claimed_by or done:
            lifecycle.approve(part, lane or "cnc", lead)
        if claimed_by:
            lifecycle.assign(part, claimed_by, lead)
        if done:
            lifecycle.complete(part, None, lead)
        db.session.commit()
        return part

    return make
