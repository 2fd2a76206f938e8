"""Who may ask: keys in each of their places, roles on each endpoint, wrong keys, and the rate limit."""

import io
import re

import pytest

from app import create_app
from config import load
from models import ApiKey, db, utc_now
from tests.conftest import SETTINGS
from utils.auth import keys
from utils.auth.scopes import SCOPES_BY_ROLE

CHECK = "/api/parts/auth/check"


@pytest.fixture
def secret_of(app):
    """`secret_of("maker")`: the secret of a new key."""

    def make(role, name="Ana", rate_limit=None):
        key, secret = keys.create(name, role)
        key.rate_limit = rate_limit
        db.session.commit()
        return secret

    return make


@pytest.fixture
def nobody(app):
    return app.test_client()


# Where a key may stand.


@pytest.mark.parametrize("role", ["viewer", "admin"])
@pytest.mark.parametrize(
    "header",
    [
        {"X-API-Key": "{}"},
        {"Authorization": "Bearer {}"},
        {"authorization": "bearer  {}"},
        {"X-API-Key": " {} "},
    ],
)
def test_a_key_is_taken_from_both_headers(nobody, secret_of, role, header):
    sent = {name: text.format(secret_of(role)) for name, text in header.items()}
    answer = nobody.get(CHECK, headers=sent)
    assert answer.status_code == 200
    body = answer.get_json()
    assert (body["status"], answer.headers["Cache-Control"]) == ("authenticated", "no-store")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", body["timestamp"])


def test_a_key_is_taken_from_the_query_unless_it_is_an_admins(nobody, secret_of, refused):
    assert nobody.get(f"{CHECK}?api_key={secret_of('maker')}").status_code == 200
    assert refused(nobody.get(f"{CHECK}?api_key={secret_of('admin')}"), 401)["code"] == "key_in_query"


def test_keys_in_the_query_can_be_turned_off(data, refused):
    app = create_app(load({**SETTINGS, "KERFLINE_DATA": str(data), "API_KEY_IN_QUERY": "0"}))
    with app.app_context():
        _, secret = keys.create("Ana", "maker")
        db.session.commit()
        assert refused(app.test_client().get(f"{CHECK}?api_key={secret}"), 401)["code"] == "key_in_query"
        assert app.test_client().get(CHECK, headers={"X-API-Key": secret}).status_code == 200


@pytest.mark.parametrize("form", ["json", "data"])
def test_a_key_is_taken_from_a_json_or_urlencoded_body(nobody, secret_of, form):
    sent = {"api_key": secret_of("lead"), "name": "Gusset"}
    answer = nobody.post("/api/parts/", **{form: sent})
    assert answer.status_code == 201
    assert answer.get_json()["name"] == "Gusset"


def test_a_key_in_a_multipart_body_is_not_read(nobody, secret_of, part_in, refused):
    sent = {"api_key": secret_of("admin"), "file": (io.BytesIO(b"G1\nG2\n"), "a.nc")}
    refused(nobody.post(f"/api/parts/{part_in('cnc')}/upload", data=sent), 401)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"headers": {"X-API-Key": ""}},
        {"headers": {"Authorization": "Basic YTpi"}},
        {"headers": {"Authorization": "Bearer"}},
        {"json": {"api_key": 5}},
        {"json": ["api_key"]},
        {"data": b"\xff{", "content_type": "application/json"},
    ],
)
def test_without_a_key_nobody_gets_in(nobody, refused, sent):
    answer = nobody.post("/api/parts/", **sent)
    assert refused(answer, 401)["code"] == "unauthenticated"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "sent",
    [
        {"headers": {"X-API-Key": "wrong"}},
        {"headers": {"X-API-Key": "kl\u00e9"}},
        {"json": {"api_key": "\ud800"}},
        {"data": {"api_key": "x" * 10_000}},
    ],
)
def test_a_wrong_key_of_any_letters_is_401(nobody, refused, sent):
    assert refused(nobody.post("/api/parts/", **sent), 401)["code"] == "invalid_key"


@pytest.mark.parametrize("end", ["revoked_at", "expires_at"])
def test_revoked_and_expired_keys_are_no_keys(nobody, refused, end):
    key, secret = keys.create("Ana", "maker")
    setattr(key, end, utc_now())
    db.session.commit()
    refused(nobody.get(CHECK, headers={"X-API-Key": secret}), 401)


def test_a_key_is_not_kept_and_its_last_use_is(nobody, secret_of, data):
    secret = secret_of("maker")
    nobody.get(CHECK, headers={"X-API-Key": secret})
    db.session.remove()
    assert db.session.scalar(db.select(ApiKey)).last_used_at is not None
    db.session.remove()
    assert all(secret.encode() not in file.read_bytes() for file in data.rglob("*") if file.is_file())


def test_no_log_line_holds_a_key(nobody, secret_of, capsys):
    secret = secret_of("maker")
    nobody.get(f"{CHECK}?api_key={secret}")
    nobody.get(CHECK, headers={"X-API-Key": secret})
    nobody.post("/api/parts/", json={"api_key": secret})
    said = capsys.readouterr()
    assert secret not in said.out + said.err


# What a role may do, on each endpoint that there is.


def endpoints(app):
    """Each guarded (method, path, scope), with ids filled in."""
    for rule in app.url_map.iter_rules():
        scope = getattr(app.view_functions[rule.endpoint], "required_scope", None)
        if scope and rule.rule.startswith("/api"):
            path = re.sub(r"<int:\w+>", "1", rule.rule).replace("<category>", "cnc")
            path = re.sub(r"<(?:\w+:)?\w+>", "x", path)
            yield from ((method, path, scope) for method in rule.methods - {"HEAD", "OPTIONS"})


def test_each_endpoint_refuses_who_has_no_key(app, nobody):
    asked = list(endpoints(app))
    assert len(asked) > 60
    assert {(m, p) for m, p, _ in asked if nobody.open(p, method=m).status_code != 401} == set()


@pytest.mark.parametrize("role", SCOPES_BY_ROLE)
def test_each_endpoint_lets_in_the_roles_with_its_scope_and_no_others(app, nobody, secret_of, role):
    headers = {"X-API-Key": secret_of(role)}
    wrong = []
    for method, path, scope in endpoints(app):
        if path.endswith(("/events", "/demo")) and scope in SCOPES_BY_ROLE[role]:
            continue  # one never ends, the other has tests of its own
        db.session.remove()
        status = nobody.open(path, method=method, headers=headers).status_code
        if (status == 403) == (scope in SCOPES_BY_ROLE[role]) or status == 401:
            wrong.append((method, path, scope, status))
    assert wrong == []


OPEN = {"auth.sign_in", "auth.sign_out", "health.api_health", "api-docs.openapi_json"}


def test_everything_below_api_is_guarded_but_signing_in_and_what_says_what_there_is(app):
    unguarded = {
        rule.endpoint.replace("v1_", "")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/") and not hasattr(app.view_functions[rule.endpoint], "required_scope")
    }
    assert unguarded <= OPEN | {"openapi"}


# Wrong keys and many requests.


def test_a_second_wrong_key_within_two_seconds_is_429_and_a_good_one_is_served(nobody, secret_of, refused):
    good = {"X-API-Key": secret_of("maker")}
    refused(nobody.get(CHECK, headers={"X-API-Key": "wrong"}), 401)
    answer = nobody.get(CHECK, headers={"X-API-Key": "wrong too"})
    assert refused(answer, 429)["code"] == "too_many_failures"
    assert 1 <= int(answer.headers["Retry-After"]) <= 2
    assert nobody.get(CHECK, headers=good).status_code == 200
    elsewhere = nobody.get(CHECK, headers={"X-API-Key": "wrong"}, environ_base={"REMOTE_ADDR": "10.0.0.9"})
    refused(elsewhere, 401)


def test_a_missing_key_is_not_a_wrong_one(nobody, refused):
    for _ in range(5):
        refused(nobody.get(CHECK), 401)


def test_wrong_keys_are_counted_when_signing_in_too(nobody, refused):
    refused(nobody.post("/api/auth/session", json={"apiKey": "wrong"}), 401)
    refused(nobody.post("/api/auth/session", json={"signInToken": "wrong"}), 429)


def test_each_answer_says_how_much_is_left_until_it_is_429(data, refused):
    app = create_app(load({"KERFLINE_DATA": str(data), "RATE_LIMIT_DEFAULT": "3 per minute"}))
    with app.app_context():
        (_, secret), (_, other) = keys.create("Ana", "viewer"), keys.create("Ben", "viewer")
        db.session.commit()
    client = app.test_client()
    answers = [client.get(CHECK, headers={"X-API-Key": secret}) for _ in range(4)]
    assert [a.status_code for a in answers] == [200, 200, 200, 429]
    assert [a.headers["RateLimit-Remaining"] for a in answers] == ["2", "1", "0", "0"]
    assert {a.headers["RateLimit-Limit"] for a in answers} == {"3"}
    assert all(0 <= int(a.headers["RateLimit-Reset"]) <= 60 for a in answers)
    refused(answers[3], 429)
    assert 1 <= int(answers[3].headers["Retry-After"]) <= 60
    assert client.get(CHECK, headers={"X-API-Key": other}).status_code == 200
    assert "RateLimit-Limit" not in client.get(CHECK).headers


def test_a_refusal_counts_as_a_request(nobody, secret_of):
    headers = {"X-API-Key": secret_of("viewer", rate_limit="2 per minute")}
    assert nobody.post("/api/parts/", json={}, headers=headers).headers["RateLimit-Remaining"] == "1"


def test_the_default_limit_is_100_a_minute_and_the_page_has_1200(data):
    app = create_app(load({"KERFLINE_DATA": str(data)}))
    with app.app_context():
        _, secret = keys.create("Ana", "viewer")
        db.session.commit()
    client = app.test_client()
    by_key = client.get(CHECK, headers={"X-API-Key": secret})
    client.post("/api/auth/session", json={"apiKey": secret})
    by_page = client.get(CHECK)
    assert (by_key.headers["RateLimit-Limit"], by_page.headers["RateLimit-Limit"]) == ("100", "1200")
