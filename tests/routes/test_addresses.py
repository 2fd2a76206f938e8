"""Addresses: both prefixes, both endings, a base path, the page for the rest, and the document that lists them."""

import json
import re

import pytest

from app import create_app, spa
from config import VERSION, load
from models import db
from tests.conftest import SETTINGS, Client
from utils import wiring
from utils.auth import keys
from utils.jobs import Worker, submit


@pytest.fixture
def under_parts(data):
    app = create_app(load({**SETTINGS, "KERFLINE_DATA": str(data), "BASE_PATH": "/parts"}))
    with app.app_context():
        _, secret = keys.create("Lea", "lead")
        db.session.commit()
        yield Client(app.test_client(), secret)


@pytest.fixture
def built(tmp_path, monkeypatch):
    """A built page of one file and one asset."""
    (tmp_path / "dist" / "assets").mkdir(parents=True)
    (tmp_path / "dist" / "index.html").write_text("<head><!--kerfline:runtime--></head>")
    (tmp_path / "dist" / "assets" / "a-1.js").write_text("1" * 2000)
    (tmp_path / "dist" / "assets" / "a-1.js.gz").write_bytes(b"\x1f\x8b packed")
    monkeypatch.setattr(spa, "DIST", tmp_path / "dist")


@pytest.mark.parametrize("prefix", ["/api", "/api/v1"])
@pytest.mark.parametrize("path", ["/parts", "/parts/{}", "/parts/{}/activity", "/parts/stats", "/parts/leaderboard",
                                  "/parts/categories/cnc", "/jobs", "/projects", "/activity", "/health",
                                  "/parts/auth/check", "/auth/session", "/parts/facets"])  # fmt: skip
def test_a_trailing_slash_never_matters_and_never_redirects(client, part_in, prefix, path):
    plain = prefix + path.format(part_in("cnc"))
    assert [client.get(each).status_code for each in (plain, f"{plain}/")] == [200, 200]


def test_writing_takes_both_endings_too(client):
    for path in ("/api/parts", "/api/parts/", "/api/v1/parts", "/api/v1/parts/"):
        part = client.post(path, {"name": "A"}).get_json()["id"]
        assert client.post(f"/api/parts/{part}/approve/", {"type": "cnc"}).status_code == 200
        assert client.patch(f"/api/parts/{part}/", {"notes": "x"}).status_code == 200
        assert client.delete(f"/api/parts/{part}/").status_code == 200


@pytest.mark.parametrize("prefix", ["/api", "/api/v1"])
def test_links_keep_the_prefix_that_was_asked(client, prefix):
    answer = client.post(f"{prefix}/parts/", {"name": "A"})
    assert answer.headers["Location"].endswith(f"{prefix}/parts/{answer.get_json()['id']}")


def test_everything_below_api_answers_below_v1_too(app):
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    plain = {rule for rule in rules if rule.startswith("/api/") and not rule.startswith("/api/v1/")}
    assert {rule.replace("/api/", "/api/v1/", 1) for rule in plain} <= rules


def test_the_base_path_moves_the_api_the_page_and_the_links(under_parts, built):
    answer = under_parts.post("/parts/api/v1/parts", {"name": "A"})
    assert answer.status_code == 201
    where = answer.headers["Location"]
    assert re.search(r"/parts/api/v1/parts/\d+$", where)
    assert under_parts.get(where.removeprefix("http://localhost")).status_code == 200
    page = under_parts.get("/parts/board").text
    assert '<base href="/parts/">' in page
    assert '"apiBase": "/parts/api"' in page
    assert under_parts.get("/parts").headers["Location"].endswith("/parts/")
    assert under_parts.get("/parts/health").get_json() == {"status": "ok"}
    assert under_parts.get("/parts/api/openapi.json").get_json()["servers"] == [{"url": "/parts"}]
    for outside in ("/api/parts", "/", "/partsx/api/parts", "/health"):
        assert under_parts.get(outside).status_code == 404


def test_every_other_address_is_the_page(client, built):
    for path in ("/", "/board", "/parts/5", "/sign-in", "/apiary", "/a/b/c.d"):
        answer = client.get(path)
        assert (answer.status_code, answer.mimetype) == (200, "text/html")
        (text,) = re.findall(r'id="kerfline-runtime">(.*?)</script>', answer.text)
        told = json.loads(text)
        assert (told["basePath"], told["apiBase"], told["version"]) == ("", "/api", VERSION)


@pytest.mark.parametrize(
    "path", ["/api", "/api/x", "/ws/x", "/health/x", "/docs/x", "/redoc/x", "/assets/none.js"]
)
def test_a_missing_thing_below_our_own_addresses_is_404(client, built, refused, path):
    refused(client.get(path), 404)


def test_assets_are_kept_for_ever_and_packed_where_that_is_taken(client, built):
    packed = client.get("/assets/a-1.js", headers={"Accept-Encoding": "gzip"})
    assert (packed.headers["Content-Encoding"], packed.mimetype) == ("gzip", "text/javascript")
    plain = client.get("/assets/a-1.js", headers={"Accept-Encoding": "identity"})
    assert plain.data == b"1" * 2000
    for answer in (packed, plain):
        assert "immutable" in answer.headers["Cache-Control"]
        assert "Accept-Encoding" in answer.headers["Vary"]
    for path in ("/assets/../index.html", "/assets/%2e%2e/index.html", "/assets//etc/passwd"):
        assert client.get(path).status_code == 404


def test_it_says_that_it_lives_is_ready_and_which_version_it_is(app):
    anybody = app.test_client()
    assert anybody.get("/health").get_json() == anybody.get("/api/health").get_json() == {"status": "ok"}
    ready = anybody.get("/health/ready").get_json()
    assert ready == {"status": "ok", "database": "ok", "storage": "ok", "queue": "ok", "workers": "elsewhere"}
    assert anybody.get("/version").get_json() == {"name": "Kerfline", "version": VERSION}


def test_it_is_not_ready_while_jobs_wait_and_nobody_works(app, make_part, refused):
    submit("step", by="Ana")
    db.session.commit()
    body = refused(app.test_client().get("/health/ready"), 503)
    assert body["details"] == {"part": "workers"}
    assert not wiring.get(Worker).is_alive()


def test_it_is_not_ready_without_its_database(app, refused):
    db.session.execute(db.text("ALTER TABLE job RENAME TO lost"))
    db.session.commit()
    body = refused(app.test_client().get("/health/ready"), 503)
    assert body["details"] == {"part": "database"}


def test_the_document_lists_every_route_with_its_methods(app):
    document = app.test_client().get("/api/openapi.json").get_json()
    assert document["openapi"] == "3.1.0"
    assert document["info"].items() >= {"title": "Kerfline", "version": VERSION}.items()
    listed = {
        (path.rstrip("/"), method.upper())
        for path, operations in document["paths"].items()
        for method in operations
        if method != "parameters"
    }
    served = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method)
        for rule in app.url_map.iter_rules()
        if hasattr(app.view_functions[rule.endpoint], "required_scope")
        and not rule.rule.startswith("/api/v1")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert served - listed == set()


def test_the_document_refers_only_to_what_it_holds_and_names_each_path_parameter(app):
    document = app.test_client().get("/api/openapi.json").get_json()
    text = json.dumps(document)
    schemas = document["components"]["schemas"]
    assert {ref.rsplit("/", 1)[1] for ref in re.findall(r'"#/components/schemas/[^"]+', text)} <= set(schemas)
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if method == "parameters":
                continue
            known = [*operations.get("parameters", []), *operation.get("parameters", [])]
            names = {parameter["name"] for parameter in known if parameter["in"] == "path"}
            assert names == set(re.findall(r"{(\w+)}", path)), path
            assert operation["summary"], path
            assert operation["responses"], path
    assert {"name", "customFields", "newerModel", "completedAmount"} <= set(schemas["PartOut"]["properties"])
