"""Sending files to a running server as a stubborn client does: again and again, until it is known to be kept."""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
import uuid
from typing import Any

from tests.browser.harness import RunningServer

TRANSIENT = (OSError, http.client.HTTPException)


def upload(
    server: RunningServer, content: str | bytes, name: str, *, path: str = "/api/upload", **flags: str
) -> Any:
    """One attempt to put a STEP file into the library, or wherever `path` says; the answer.

    Raises HTTPError for a refusal.
    """
    edge = uuid.uuid4().hex
    key = flags.pop("idempotency_key", "")
    fields = "".join(
        f'--{edge}\r\nContent-Disposition: form-data; name="{flag}"\r\n\r\n{value}\r\n'
        for flag, value in flags.items()
    )
    head = f'{fields}--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = content.encode() if isinstance(content, str) else content
    headers = {"X-API-Key": server.admin_key, "Content-Type": f"multipart/form-data; boundary={edge}"}
    if key:
        headers["Idempotency-Key"] = key
    whole = head.encode() + body + f"\r\n--{edge}--\r\n".encode()
    request = urllib.request.Request(server.url + path, whole, headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def upload_once(server: RunningServer, content: str | bytes, name: str, **flags: str) -> Any:
    """Upload it, through any number of broken connections, so that it is there exactly once."""
    key = uuid.uuid4().hex
    while True:
        try:
            return upload(server, content, name, idempotency_key=key, **flags)
        except urllib.error.HTTPError as error:
            if error.code not in (409, 503):  # 409: the first attempt is still being answered
                raise
        except TRANSIENT:
            pass
        time.sleep(0.2)


def refusal(error: urllib.error.HTTPError) -> tuple[int, str]:
    """The status and the code of a refusal."""
    return error.code, json.load(error)["code"]


def jobs(server: RunningServer) -> list[Any]:
    """All jobs, through any number of broken connections."""
    found: list[Any] = []
    cursor: str | None = ""
    while cursor is not None:
        try:
            page = server.api("GET", f"/api/jobs?limit=500{f'&cursor={cursor}' if cursor else ''}")
        except TRANSIENT:
            time.sleep(0.1)
            continue
        found += page["jobs"]
        cursor = page["nextCursor"]
    return found


OVER = ("completed", "failed", "canceled", "expired")


def all_over(server: RunningServer, within_s: float) -> list[Any]:
    """All jobs, once each is over; fails with those that are not."""
    end = time.monotonic() + within_s
    while True:
        found = jobs(server)
        open_ones = [(job["id"], job["status"], job["stage"]) for job in found if job["status"] not in OVER]
        if not open_ones:
            return found
        assert time.monotonic() < end, f"jobs that did not end: {open_ones}"
        time.sleep(0.25)
