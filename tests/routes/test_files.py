"""A part's other files: content decides what they are, names stay names, and nothing runs in the page's origin."""

import io
import struct
import zipfile
from urllib.parse import quote

import pytest

from config import Settings
from tests.support import step_text
from tests.support.pictures import PDF, PNG, SVG
from utils import wiring

DXF = b"0\r\nSECTION\r\n2\r\nHEADER\r\n0\r\nENDSEC\r\n0\r\nEOF\r\n"
STL = b"\0" * 80 + struct.pack("<I", 1) + b"\0" * 50
GCODE = b"G21 ; mm\nG90\nG1 X10 Y10 F200\n"


def three_mf():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("3D/3dmodel.model", "<model/>")
    return packed.getvalue()


KINDS = {
    "a.pdf": (PDF, "application/pdf"),
    "a.dxf": (DXF, "image/vnd.dxf"),
    "a.svg": (SVG, "image/svg+xml"),
    "a.stl": (STL, "model/stl"),
    "ascii.stl": (b"solid a\nfacet normal 0 0 1\n", "model/stl"),
    "a.3mf": (three_mf(), "model/3mf"),
    "a.nc": (GCODE, "text/x-gcode"),
    "a.png": (PNG, "image/png"),
    "a.jpg": (b"\xff\xd8\xff\xe0rest", "image/jpeg"),
    "a.webp": (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
}


@pytest.fixture
def upload(client, make_part):
    part = make_part().id

    def send(content, name, by=client):
        sent = {"file": (io.BytesIO(content), name)}
        answer = by.request(
            "POST", f"/api/parts/{part}/upload", data=sent, content_type="multipart/form-data"
        )
        return answer

    send.part = f"/api/parts/{part}"  # type: ignore[attr-defined]
    return send


def stored(app):
    return [each for each in wiring.get(Settings).data.glob("[ft]*/**/*") if each.is_file()]


@pytest.mark.parametrize("name", KINDS)
def test_content_decides_what_a_file_is(client, upload, name):
    content, kind = KINDS[name]
    answer = upload(content, f"misnamed-{name}.txt")
    assert answer.status_code == 201
    attachment = answer.get_json()["attachment"]
    assert (attachment["mediaType"], attachment["bytes"], attachment["by"]) == (kind, len(content), "Admin")
    back = client.get(attachment["url"])
    assert (back.data, back.mimetype) == (content, kind)
    assert back.headers["X-Content-Type-Options"] == "nosniff"
    assert back.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    shown = kind in ("image/png", "image/jpeg", "image/webp")
    assert back.headers["Content-Disposition"].startswith("inline" if shown else "attachment")


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"", 422), (b"only words", 415), (b"<html><script>x</script></html>", 415), (b"MZ\x90\x00", 415),
     (b"PK\x03\x04broken", 415), (b"\x00" * 84, 415), (b"#!/bin/sh\nrm", 415), (b"{}", 415)],
)  # fmt: skip
def test_what_is_no_such_file_is_refused_and_nothing_is_stored(app, client, upload, refused, content, status):
    refused(upload(content, "a.pdf"), status)
    assert stored(app) == []
    assert client.get(f"{upload.part}/attachments").get_json()["total"] == 0


def test_a_step_files_name_does_not_make_a_drawing_one(upload, refused):
    assert "not a STEP file" in refused(upload(PDF, "part.step"), 415)["detail"]


def test_without_a_file_it_says_which_member_is_missing(client, upload, refused):
    for sent in (
        {},
        {"file": "text"},
        {"other": (io.BytesIO(PDF), "a.pdf")},
        {"file": (io.BytesIO(PDF), "")},
    ):
        answer = client.request(
            "POST", f"{upload.part}/upload", data=sent, content_type="multipart/form-data"
        )
        assert "file" in refused(answer, 422)["details"]["fields"]
    for wait in ("61", "-1", "x"):
        refused(client.request("POST", f"{upload.part}/upload?wait={wait}"), 422)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("日本語.pdf", "日本語.pdf"), ("../../x.pdf", "x.pdf"), ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("..", "file"), (".pdf", "pdf"), ("a\x00b.pdf", "ab.pdf"), ("gpj.\u202eexe.pdf", "gpj.exe.pdf"),
        ("a;b=c.pdf", "a;b=c.pdf"), ("100%.pdf", "100%.pdf"), ("<b>.pdf", "<b>.pdf"),
        ("...", "file"), (" a .pdf ", "a .pdf"),
    ],
)  # fmt: skip
def test_any_name_is_kept_as_a_name(client, upload, sent, kept):
    attachment = upload(PDF, sent).get_json()["attachment"]
    assert attachment["name"] == kept
    header = client.get(attachment["url"]).headers["Content-Disposition"]
    assert header.endswith(f"filename*=UTF-8''{quote(kept, safe='')}")
    assert header.isascii()
    assert header.count('"') == 2


def test_a_name_cannot_add_a_header(client, upload):
    name = "a%0d%0aX-Evil: 1%0a.pdf"
    raw = (
        b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename*=UTF-8''" + name.encode() + b"\r\n\r\n"
        + PDF + b"\r\n--b--\r\n"
    )  # fmt: skip
    answer = client.request(
        "POST", f"{upload.part}/upload", data=raw, content_type="multipart/form-data; boundary=b"
    )
    assert answer.status_code == 201
    attachment = answer.get_json()["attachment"]
    assert not {"\r", "\n"} & set(attachment["name"])
    assert "X-Evil" not in client.get(attachment["url"]).headers


def test_the_newest_pdf_is_the_drawing(client, upload, refused):
    refused(client.get(f"{upload.part}/drawing"), 404)
    upload(PDF, "first.pdf")
    upload(PDF + b"newer", "second.pdf")
    upload(PNG, "photo.png")
    answer = client.get(f"{upload.part}/drawing")
    assert (answer.data, answer.mimetype) == (PDF + b"newer", "application/pdf")


def test_attachments_are_listed_newest_first_and_can_be_taken_off(client, upload, refused):
    ids = [upload(PDF, f"{n}.pdf").get_json()["attachment"]["id"] for n in range(3)]
    listed = client.get(f"{upload.part}/attachments").get_json()["attachments"]
    assert [each["id"] for each in listed] == ids[::-1]
    assert set(listed[0]) == {"id", "name", "mediaType", "bytes", "by", "createdAt", "url"}
    assert client.delete(listed[0]["url"]).status_code == 200
    refused(client.get(listed[0]["url"]), 404)
    assert client.get(listed[1]["url"]).data == PDF  # the same bytes, kept once, still there
    actions = [entry["action"] for entry in client.get(f"{upload.part}/activity").get_json()["activity"]]
    assert actions[:2] == ["file.removed", "file.attached"]


def test_an_attachment_is_found_under_its_own_part_only(client, upload, make_part, refused):
    attachment = upload(PDF, "a.pdf").get_json()["attachment"]["id"]
    refused(client.get(f"/api/parts/{make_part().id}/attachments/{attachment}"), 404)


def test_links_of_attachments_keep_the_prefix(client, upload):
    upload(PDF, "a.pdf")
    (listed,) = client.get(f"{upload.part.replace('/api/', '/api/v1/')}/attachments").get_json()[
        "attachments"
    ]
    assert listed["url"].startswith("/api/v1/parts/")
    assert client.get(listed["url"]).data == PDF


@pytest.mark.parametrize(
    ("asked", "status", "body"),
    [("bytes=0-3", 206, PDF[:4]), ("bytes=-5", 206, PDF[-5:]), ("bytes=4-", 206, PDF[4:]),
     ("bytes=999999-", 416, None), ("bananas=1-2", 200, PDF)],
)  # fmt: skip
def test_files_answer_ranges(client, upload, asked, status, body):
    url = upload(PDF, "a.pdf").get_json()["attachment"]["url"]
    answer = client.get(url, headers={"Range": asked})
    assert answer.status_code == status
    assert body is None or answer.data == body


def test_a_file_that_was_fetched_already_is_304(client, upload):
    url = upload(PDF, "a.pdf").get_json()["attachment"]["url"]
    tag = client.get(url).headers["ETag"]
    answer = client.get(url, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data) == (304, b"")


def test_a_step_file_becomes_a_revision_that_waits_to_be_read(client, upload, refused):
    text = step_text.box(10, 20, 30).encode()
    answer = upload(text, "block.stp")
    assert answer.status_code == 202
    body = answer.get_json()
    assert (body["filename"], body["conversion"], body["model"]["status"]) == (
        "block.stp",
        {"success": None},
        "pending",
    )
    assert body["job"]["status"] == "queued"
    part = client.get(upload.part).get_json()
    assert (part["file"], part["model"], part["newerModel"]["id"]) == ("block.stp", None, body["model"]["id"])
    download, inline = client.get(f"{upload.part}/download"), client.get(f"{upload.part}/file")
    assert download.data == inline.data == text
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert inline.headers["Content-Disposition"].startswith("inline")
    assert refused(client.get(f"{upload.part}/model"), 404)["code"] == "no_model"
    (revision,) = client.get(f"{upload.part}/revisions").get_json()["models"]
    assert (revision["revision"], revision["modelUrl"], revision["thumbnailUrl"]) == ("A", None, None)


def test_an_upload_sent_again_with_its_key_is_one_revision(client, upload, refused):
    text = step_text.box(10, 20, 30).encode()
    answers = []
    for _ in range(2):
        sent = {"file": (io.BytesIO(text), "block.step")}
        answers.append(
            client.request("POST", f"{upload.part}/upload", data=sent, headers={"Idempotency-Key": "once"})
        )
    assert [answer.status_code for answer in answers] == [202, 202]
    other = {"file": (io.BytesIO(text + b" "), "block.step")}
    refused(
        client.request("POST", f"{upload.part}/upload", data=other, headers={"Idempotency-Key": "once"}), 422
    )
    assert client.get(f"{upload.part}/revisions").get_json()["total"] == 1


def test_a_viewer_sees_files_and_cannot_send_any(client_as, upload, refused):
    viewer = client_as("viewer")
    refused(upload(PDF, "a.pdf", by=viewer), 403)
    url = upload(PDF, "a.pdf").get_json()["attachment"]["url"]
    assert viewer.get(url).status_code == 200
    refused(viewer.delete(url), 403)
