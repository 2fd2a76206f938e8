"""The page's session: how it begins, what its cookie is, what ends it, and that no other page can use it."""

import sqlite3
from datetime import timedelta

import pytest

from app import create_app
from config import load
from models import SignInLink, db, utc_now
from tests.conftest import SETTINGS
from utils import wiring
from utils.auth import keys
from utils.auth.counters import SqliteCounters

SAME = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def key(app):
    made, secret = keys.create("Ana", "lead")
    made.secret = secret
    db.session.commit()
    return made


@pytest.fixture
def page(app, key):
    """A browser that signed in."""
    client = app.test_client()
    assert client.post("/api/auth/session", json={"apiKey": key.secret}).status_code == 200
    return client


def test_signing_in_tells_who_one_is(app, key):
    answer = app.test_client().post("/api/auth/session", json={"apiKey": key.secret})
    body = answer.get_json()
    assert (body["name"], body["role"]) == ("Ana", "lead")
    assert "parts:write" in body["scopes"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert key.secret not in answer.text


@pytest.mark.parametrize(("scheme", "secure"), [("http", False), ("https", True)])
def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_pages(app, key, scheme, secure):
    answer = app.test_client().post(
        "/api/auth/session", json={"apiKey": key.secret}, base_url=f"{scheme}://shop.example"
    )
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("kerfline_session=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
    assert ("Secure" in cookie.split("; ")) == secure
    assert ("Strict-Transport-Security" in answer.headers) == secure


def test_the_cookies_path_is_the_base_path(data):
    app = create_app(load({**SETTINGS, "KERFLINE_DATA": str(data), "BASE_PATH": "/parts"}))
    with app.app_context():
        _, secret = keys.create("Ana", "lead")
        db.session.commit()
        client = app.test_client()
        cookie = client.post("/parts/api/auth/session", json={"apiKey": secret}).headers["Set-Cookie"]
        assert "Path=/parts/" in cookie.split("; ")
        assert client.get("/parts/api/auth/session").status_code == 200


def test_a_session_reads_and_writes_from_its_own_page(page):
    assert page.get("/api/auth/session").get_json()["name"] == "Ana"
    assert page.post("/api/parts/", json={"name": "A"}, headers=SAME).status_code == 201
    assert (
        page.post("/api/parts/", json={"name": "A"}, headers={"Origin": "http://localhost"}).status_code
        == 201
    )


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_another_page_cannot_write_with_the_cookie(page, refused, headers):
    body = refused(page.post("/api/parts/", json={"name": "A"}, headers=headers), 403)
    assert body["code"] == "foreign_origin"
    assert page.get("/api/parts").get_json()["total"] == 0


def test_a_key_needs_no_origin(app, key):
    client = app.test_client()
    headers = {"X-API-Key": key.secret, "Origin": "http://elsewhere.example"}
    assert client.post("/api/parts/", json={"name": "A"}, headers=headers).status_code == 201


def test_a_session_ends_when_its_key_is_revoked(page, key, refused):
    keys.revoke(key.id)
    db.session.commit()
    refused(page.get("/api/auth/session"), 401)


def test_signing_out_forgets_the_cookie(page, refused):
    answer = page.delete("/api/auth/session")
    assert (answer.status_code, answer.data) == (204, b"")
    refused(page.get("/api/auth/session"), 401)


@pytest.mark.parametrize("cookie", ["", "1", "forged.aaaa.bbbb", "\u00e9", "x" * 4000])
def test_a_forged_cookie_is_nobody(app, refused, cookie):
    client = app.test_client()
    client.set_cookie("kerfline_session", cookie)
    refused(client.get("/api/auth/session"), 401)


def test_a_link_signs_in_once(app, key, refused):
    token = keys.make_link(key)
    db.session.commit()
    first, second = app.test_client(), app.test_client()
    assert first.post("/api/auth/session", json={"signInToken": token}).get_json()["name"] == "Ana"
    assert first.get("/api/auth/session").status_code == 200
    body = refused(second.post("/api/auth/session", json={"signInToken": token}), 401)
    assert body["code"] == "link_used_up"


def test_an_old_link_or_one_of_a_revoked_key_is_used_up(app, key, refused):
    old, of_revoked = keys.make_link(key), keys.make_link(key)
    db.session.query(SignInLink).filter_by(digest=keys.digest(old)).update(
        {"expires_at": utc_now() - timedelta(seconds=1)}
    )
    db.session.commit()
    client = app.test_client()
    assert refused(client.post("/api/auth/session", json={"signInToken": old}), 401)["code"] == "link_used_up"
    keys.revoke(key.id)
    db.session.commit()
    wiring.get(SqliteCounters).reset()
    refused(client.post("/api/auth/session", json={"signInToken": of_revoked}), 401)


@pytest.mark.parametrize("body", [{}, {"apiKey": ""}, {"apiKey": 5}, {"apiKey": None}, []])
def test_signing_in_with_nothing_is_422(app, refused, body):
    refused(app.test_client().post("/api/auth/session", json=body), 422)


def test_signing_out_ends_the_session_and_not_only_its_cookie(app, client):
    browser = app.test_client()
    key = {"apiKey": client.secret}
    origin = {"Origin": "http://localhost"}
    assert browser.post("/api/auth/session", json=key, headers=origin).status_code == 200
    cookie = browser.get_cookie("kerfline_session")
    assert browser.delete("/api/auth/session", headers=origin).status_code == 204
    browser.set_cookie("kerfline_session", cookie.value)
    assert browser.get("/api/auth/session").status_code == 401


def test_one_signs_in_while_others_write(app, key, data, monkeypatch):
    """Another connection commits between the look at the key and the session's row."""
    find = keys.find

    def overtaken(secret):
        found = find(secret)
        with sqlite3.connect(data / "kerfline.db") as other:
            other.execute("UPDATE api_key SET last_used_at = '2026-01-01 00:00:00.000000'")
        return found

    monkeypatch.setattr(keys, "find", overtaken)
    assert app.test_client().post("/api/auth/session", json={"apiKey": key.secret}).status_code == 200
