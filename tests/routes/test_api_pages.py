"""/docs and /redoc: own pages from own files, a strict policy, any base path; and the document that they show."""

import re

import pytest

from app import create_app, spa
from config import load
from tests.conftest import SETTINGS

PAGES = {"/docs": "Swagger UI", "/redoc": "ReDoc"}


@pytest.fixture
def anyone(app):
    """Somebody without a key."""
    return app.test_client()


@pytest.fixture
def built(tmp_path, monkeypatch):
    """A build with one file for these pages."""
    folder = tmp_path / "dist" / "apidocs"
    folder.mkdir(parents=True)
    (folder / "swagger.js").write_text("1" * 2000)
    (folder / "swagger.js.br").write_bytes(b"packed")
    (tmp_path / "dist" / "secret.txt").write_text("not for these pages")
    monkeypatch.setattr(spa, "DIST", tmp_path / "dist")


@pytest.fixture
def document(anyone):
    return anyone.get("/api/openapi.json").get_json()


def _operations(document):
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if method != "parameters":
                yield f"{method} {path}", operation


@pytest.mark.parametrize(("path", "title"), PAGES.items())
def test_the_pages_need_no_key(anyone, path, title):
    for each in (path, f"{path}/"):
        answer = anyone.get(each)
        assert (answer.status_code, answer.mimetype) == (200, "text/html")
        assert f"<title>Kerfline API · {title}</title>" in answer.text
    assert anyone.get("/api/openapi.json").status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_no_script_and_no_style_stands_in_the_page(anyone, path):
    text = anyone.get(path).text
    assert re.findall(r"<script[^>]*>([^<]*)</script>", text) == ["", ""]
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text)
    assert not re.search(r"https?://|=\"//", text)


@pytest.mark.parametrize("path", PAGES)
def test_their_policy_is_the_apps_but_for_the_styles_that_redoc_makes(anyone, path):
    policy = dict(
        directive.split(" ", 1)
        for directive in anyone.get(path).headers["Content-Security-Policy"].split("; ")
    )
    assert policy["default-src"] == policy["script-src"] == "'self'"
    assert "unsafe" not in str(policy)
    assert policy["frame-ancestors"] == policy["object-src"] == "'none'"
    assert policy["worker-src"] == "'self' blob:"
    assert ("sha256" in policy["style-src"]) == (path == "/redoc")


@pytest.mark.parametrize("base", ["", "/parts"])
@pytest.mark.parametrize("path", PAGES)
def test_they_load_their_files_and_the_document_below_the_base_path(data, path, base):
    client = create_app(load({**SETTINGS, "KERFLINE_DATA": str(data), "BASE_PATH": base})).test_client()
    text = client.get(base + path).text
    for address in re.findall(r'(?:src|href)="([^"]+)"', text):
        assert address.startswith(f"{base}/")
    assert f'data-openapi="{base}/api/openapi.json"' in text
    assert client.get(f"{base}/api/openapi.json").get_json()["servers"] == [{"url": base or "/"}]


def test_files_are_sent_packed_and_asked_for_again_by_their_etag(anyone, built):
    answer = anyone.get("/docs/swagger.js", headers={"Accept-Encoding": "gzip, br"})
    assert (answer.data, answer.mimetype) == (b"packed", "text/javascript")
    assert answer.headers["Content-Encoding"] == "br"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    plain = anyone.get("/docs/swagger.js", headers={"Accept-Encoding": "identity"})
    assert plain.data == b"1" * 2000
    assert plain.headers["ETag"] != answer.headers["ETag"]
    again = anyone.get("/docs/swagger.js", headers={"If-None-Match": plain.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "name", ["none.js", "../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt", "/etc/passwd"]
)
def test_nothing_else_is_below_docs(anyone, built, name):
    assert anyone.get(f"/docs/{name}").status_code == 404


def test_every_operation_has_a_name_of_its_own_a_tag_and_a_short_summary(document):
    operations = dict(_operations(document))
    assert len({each["operationId"] for each in operations.values()}) == len(operations)
    known = {tag["name"] for tag in document["tags"]}
    for name, operation in operations.items():
        assert set(operation["tags"]) <= known, name
        assert 5 < len(operation["summary"]) < 100, name
        assert not re.search(r"[`;]", operation["summary"]), name


def test_every_refusal_is_problem_json_and_every_success_says_what_it_sends(document):
    for name, operation in _operations(document):
        good = [status for status in operation["responses"] if status.startswith("2")]
        assert good, name
        assert all("content" in operation["responses"][status] for status in good if status != "204"), name
        for status in set(operation["responses"]) - set(good):
            reference = operation["responses"][status]["$ref"].rsplit("/", 1)[1]
            assert set(document["components"]["responses"][reference]["content"]) == {
                "application/problem+json"
            }


def test_what_needs_a_key_says_which_scope_and_how_it_may_be_refused(document):
    for name, operation in _operations(document):
        if operation.get("security") == []:
            assert name.endswith("/api/auth/session")
        else:
            assert re.search(r"Needs the scope `[a-z:]+`\.", operation["description"]), name
            assert {"401", "403", "429"} <= set(operation["responses"]), name


def test_the_document_knows_uploads_versions_and_repeated_requests(document):
    upload = document["paths"]["/api/parts/{part_id}/upload"]["post"]
    form = upload["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert form["properties"]["file"]["format"] == "binary"
    assert form["required"] == ["file"]
    headers = {
        each["name"] for each in document["paths"]["/api/parts/{part_id}/assign"]["post"]["parameters"]
    }
    assert headers == {"If-Match", "Idempotency-Key"}
    assert {"409", "412"} <= set(document["paths"]["/api/parts/{part_id}"]["patch"]["responses"])


def test_no_member_of_a_part_is_left_without_a_type(document):
    for name, member in document["components"]["schemas"]["PartOut"]["properties"].items():
        assert {"type", "anyOf", "enum"} & set(member), name
