"""Refusals: one shape, a fitting status, every wrong field at once, and nothing of the server's insides."""

import io
import re

import pytest

from app import create_app
from config import load
from models import db
from tests.conftest import SETTINGS, Client
from utils import wiring
from utils.auth import keys
from utils.storage import Storage

ACTIONS = ("approve", "assign", "unclaim", "complete", "revert", "reject", "restore", "comments", "upload")
READS = (
    "",
    "/activity",
    "/comments",
    "/attachments",
    "/revisions",
)
FILES = ("/download", "/file", "/model", "/drawing", "/views", "/views/3", "/attachments/1")


@pytest.mark.parametrize(
    "number", ["999999", "0", "9223372036854775807", "99999999999999999999", "-1", "abc", "1.5"]
)
def test_an_unknown_id_is_404_on_every_verb(client, refused, number):
    path = f"/api/parts/{number}"
    for read in READS + FILES:
        refused(client.get(path + read), 404)
    for method in ("PUT", "PATCH"):
        refused(client.request(method, path, json={"name": "New"}), 404)
    refused(client.delete(path), 404)
    for action in ACTIONS:
        refused(client.post(f"{path}/{action}", {}), 404)
    refused(client.delete(f"{path}/attachments/1"), 404)


def test_unknown_jobs_models_and_categories_are_404(client, refused, part_in):
    part = part_in("cnc")
    for path in (
        "/api/jobs/no-such-job",
        "/api/jobs/no-such-job/stream",
        "/api/models/5",
        "/api/models/5/artifacts/model.glb",
        "/api/parts/categories/banana",
        f"/api/parts/{part}/attachments/5",
        f"/api/parts/{part}/views/3",
    ):
        refused(client.get(path), 404)
    refused(client.post("/api/jobs/no-such-job/retry"), 404)
    refused(client.post("/api/jobs/no-such-job/cancel"), 404)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "path", ["/api/nothing", "/api", "/api/v1/nothing/5", "/api/parts/5/nothing", "/api//parts/"]
)
def test_an_unknown_address_below_api_is_404_for_every_method(client, refused, method, path):
    refused(client.request(method, path), 404)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PATCH", "/api/parts/", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("DELETE", "/api/v1/parts", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("POST", "/api/parts/5", {"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"}),
        ("GET", "/api/parts/5/approve", {"POST", "OPTIONS"}),
        ("POST", "/api/parts/stats", {"GET", "HEAD", "OPTIONS"}),
        ("PUT", "/api/auth/session", {"GET", "HEAD", "OPTIONS", "POST", "DELETE"}),
        ("GET", "/api/demo", {"DELETE", "OPTIONS"}),
        ("DELETE", "/health", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_a_wrong_method_is_405_that_says_which_are_right(client, refused, method, path, allowed):
    answer = client.request(method, path)
    refused(answer, 405)
    assert set(re.split(r",\s*", answer.headers["Allow"])) == allowed


@pytest.mark.parametrize(
    "body",
    [b"{", b'{"name": }', b"\xff\xfe", b"", b"{'name': 'x'}", b"[" * 100_000, b'{"a":' * 100_000, b"1" * 5000,
     b'{"name": "x", "customFields": {"a": NaN}}', b'{"name": "x", "amount": Infinity}', b"nul"],
    ids=["open", "no value", "not UTF-8", "empty", "quotes", "deep", "deep objects", "long", "NaN", "infinite", "word"],
)  # fmt: skip
def test_malformed_json_is_400(client, refused, body):
    answer = client.request("POST", "/api/parts/", data=body, content_type="application/json")
    refused(answer, 400 if body else 422)


@pytest.mark.parametrize("body", ["[]", '"name"', "5", "null", "true"])
def test_json_that_is_no_object_is_422(client, refused, body):
    refused(client.request("POST", "/api/parts/", data=body, content_type="application/json"), 422)


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/xml", "application/octet-stream", "multipart/form-data"]
)
def test_a_body_of_another_kind_is_415(client, refused, kind):
    body = b'{"name": "Gusset"}'
    answer = client.request("POST", "/api/parts/", data=body, content_type=kind)
    assert "application/json" in refused(answer, 415)["detail"]


def test_json_by_its_relatives_names_is_json(client):
    for kind in ("application/json; charset=utf-8", "application/merge-patch+json"):
        answer = client.request("POST", "/api/parts/", data=b'{"name": "A"}', content_type=kind)
        assert answer.status_code == 201


def test_all_wrong_fields_are_told_at_once(client, refused):
    wrong = {
        "name": "x" * 5000,
        "category": "BANANA",
        "status": "Gone",
        "type": "laser",
        "priority": "urgent",
        "amount": 0,
        "onshapeUrl": "javascript:alert(1)",
        "dueDate": "soon",
        "subsystem": "x" * 101,
        "assigned": "x" * 101,
        "material": "x" * 201,
        "notes": "x" * 20_001,
        "customFields": [],
        "storage": {"a": 1},
        "project": 5,
    }
    for method, path in (("POST", "/api/parts/"), ("PATCH", "/api/parts/1"), ("PUT", "/api/parts/1")):
        body = refused(client.request(method, path, json=wrong), 422)
        assert body["code"] == "invalid"
        assert set(body["details"]["fields"]) == set(wrong)
        assert all(complaints for complaints in body["details"]["fields"].values())


@pytest.mark.parametrize("name", [None, "", "   ", 5, [], "x" * 201, "a\x00b", "\ud800"])
def test_a_part_needs_a_name_of_at_most_200_letters(client, refused, name):
    assert "name" in refused(client.post("/api/parts/", {"name": name}), 422)["details"]["fields"]
    assert "name" in refused(client.post("/api/parts/", {}), 422)["details"]["fields"]


def test_texts_of_the_greatest_length_are_taken(client):
    url = "https://cad.onshape.com/"
    sent = {"name": "n" * 200, "subsystem": "s" * 100, "material": "m" * 200, "notes": "ö" * 20_000}
    sent["onshapeUrl"] = url + "u" * (500 - len(url))
    part = client.post("/api/parts/", sent).get_json()
    assert {name: part[name] for name in sent} == sent


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", " javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "ftp://a.b/c", "//a.b", "a.b/c",
     "http://", "https:///x", "http://[", "java\nscript:x", "http://x/\ud800", "vbscript:x", "https://a b"],
)  # fmt: skip
def test_only_http_addresses_are_taken(client, refused, url):
    body = refused(client.post("/api/parts/", {"name": "A", "onshapeUrl": url}), 422)
    assert set(body["details"]["fields"]) == {"onshapeUrl"}


@pytest.mark.parametrize("query", [
    "limit=-5", "limit=0", "limit=501", "limit=ten", "limit=", "limit=1.5", "offset=-1", "offset=99999999999999999999",
    "sort_by=nonsense", "sort_by=", "sort_by=createdAt;drop", "sort_order=up", "category=BANANA", "status=Gone",
    "type=laser", "priority=urgent", "cursor=nonsense", "cursor=W10=", "search=" + "x" * 201, "limit=" + "9" * 5000,
])  # fmt: skip
@pytest.mark.parametrize("path", ["/api/parts/", "/api/parts/categories/cnc"])
def test_a_bad_list_argument_is_422(client, refused, path, query):
    body = refused(client.get(f"{path}?{query}"), 422)
    assert set(body["details"]["fields"]) == {query.split("=")[0]}


@pytest.mark.parametrize("path", [
    "/api/activity", "/api/jobs", "/api/projects", "/api/parts/{}/activity", "/api/parts/{}/comments",
    "/api/parts/{}/attachments", "/api/parts/{}/revisions",
])  # fmt: skip
@pytest.mark.parametrize("query", ["limit=-5", "limit=501", "offset=-1", "offset=x", "cursor=nonsense"])
def test_every_list_refuses_bad_paging(client, refused, part_in, path, query):
    refused(client.get(f"{path.format(part_in('cnc'))}?{query}"), 422)


def test_a_body_over_the_limit_is_413(data, refused):
    app = create_app(load({**SETTINGS, "KERFLINE_DATA": str(data), "MAX_UPLOAD_MB": "1"}))
    with app.app_context():
        _, secret = keys.create("Ana", "lead")
        db.session.commit()
        client = Client(app.test_client(), secret)
        part = client.post("/api/parts/", {"name": "A"}).get_json()["id"]
        big = {"file": (io.BytesIO(b"%PDF-1.4" + b" " * 1_200_000), "a.pdf")}
        refused(client.request("POST", f"/api/parts/{part}/upload", data=big), 413)


def test_json_over_a_megabyte_is_413_before_anybody_is_known(app, client, refused):
    body = b'{"name": "' + b"x" * 1_100_000 + b'"}'
    refused(app.test_client().post("/api/parts/", data=body, content_type="application/json"), 413)
    refused(client.request("POST", "/api/parts/", data=body, content_type="application/json"), 413)


def test_a_crash_tells_nothing_but_its_request_id(app, client, refused):
    class Broken:
        def open(self, key):
            raise RuntimeError("secret insides in /srv/kerfline/files")

        def check(self):
            raise OSError(5, "insides")

    app.config["PROPAGATE_EXCEPTIONS"] = False
    wiring.provide(app, Storage, Broken())
    answer = client.get("/health/ready")
    body = refused(answer, 503)
    assert (body["details"]["part"], int(answer.headers["Retry-After"]) > 0) == ("storage", True)
    assert "insides" not in answer.text


def test_a_given_request_id_is_kept_unless_it_could_forge_a_line(client):
    assert client.get("/api/parts", headers={"X-Request-Id": "abc-1"}).headers["X-Request-Id"] == "abc-1"
    forged = client.get("/api/parts", headers={"X-Request-Id": "a b{}"}).headers["X-Request-Id"]
    assert re.fullmatch(r"[0-9a-f]{32}", forged)


@pytest.mark.parametrize("path", ["/api/parts", "/api/nothing", "/", "/health"])
def test_every_answer_says_what_may_run(client, path):
    headers = client.get(path).headers
    assert "script-src 'self';" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
