"""200 open live streams: does the rest of the server still answer, and do all of them hear of a change?

    .venv/bin/python -m benchmarks.streams [gthread gevent …]

For each gunicorn worker class: requests per second and p99 of a list, alone and beside the streams, as
ratios to /health without streams in the same run; how long until the last stream heard of a change; memory.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import selectors
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STREAMS = 200
REQUESTS = 400
KEY = "benchmark-key-0123456789"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serving(worker_class: str) -> Iterator[tuple[int, int]]:
    """A server of its own: its port and its master's process id."""
    data, port = tempfile.mkdtemp(prefix="kerfline-bench-"), free_port()
    env = {
        **os.environ,
        "KERFLINE_DATA": data,
        "ADMIN_API_KEY": KEY,
        "PORT": str(port),
        "RATE_LIMIT_DEFAULT": "1000000 per minute",
        "LOG_LEVEL": "ERROR",
    }
    for words in (("db", "upgrade"), ("keys", "first")):
        flask = [sys.executable, "-m", "flask", "--app", "app", *words]
        subprocess.run(flask, cwd=ROOT, env=env, check=True, capture_output=True)
    program = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "app/gunicorn_conf.py",
        "-k",
        worker_class,
        "app:create_app()",
    ]
    server = subprocess.Popen(
        program, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(100):
            with contextlib.suppress(OSError, http.client.HTTPException):
                ask(port, "/health")
                break
            time.sleep(0.1)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(data, ignore_errors=True)


def ask(port: int, path: str, method: str = "GET", body: object = None) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {"X-API-Key": KEY, "Content-Type": "application/json"}
    connection.request(method, path, json.dumps(body) if body is not None else None, headers)
    answer = connection.getresponse().read()
    connection.close()
    return answer


def measure(port: int, path: str) -> tuple[float, float]:
    """Requests per second and p99 (ms) of one client that asks again and again."""
    times = []
    began = time.perf_counter()
    for _ in range(REQUESTS):
        at = time.perf_counter()
        ask(port, path)
        times.append((time.perf_counter() - at) * 1000)
    return REQUESTS / (time.perf_counter() - began), sorted(times)[int(REQUESTS * 0.99)]


def open_streams(port: int) -> list[socket.socket]:
    request = f"GET /api/events HTTP/1.1\r\nHost: x\r\nX-API-Key: {KEY}\r\n\r\n".encode()
    opened = []
    for _ in range(STREAMS):
        stream = socket.create_connection(("127.0.0.1", port), timeout=20)
        stream.sendall(request)
        opened.append(stream)
    for stream in opened:
        assert b"200 OK" in stream.recv(4096)
    return opened


def last_heard_ms(port: int, streams: list[socket.socket]) -> tuple[float, int]:
    """Change a part; the time (ms) until the last stream heard of it, and how many heard."""
    time.sleep(1)
    chosen = selectors.DefaultSelector()
    for stream in streams:
        stream.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            stream.recv(65536)
        chosen.register(stream, selectors.EVENT_READ)
    began, heard = time.perf_counter(), set()
    ask(port, "/api/parts/", "POST", {"name": "Heard by all"})
    while len(heard) < len(streams) and time.perf_counter() - began < 10:
        for key, _ in chosen.select(0.5):
            stream = key.fileobj
            assert isinstance(stream, socket.socket)
            if b"part.changed" in stream.recv(65536):
                heard.add(stream)
    return (time.perf_counter() - began) * 1000, len(heard)


def memory_mb(master: int) -> float:
    """Resident memory of the master and its workers."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):
            told = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
            if int(told["PPid"]) == master or status.parent.name == str(master):
                total += int(told.get("VmRSS", "0 kB").split()[0])
    return total / 1024


def run(worker_class: str) -> dict[str, object]:
    with serving(worker_class) as (port, master):
        for number in range(50):
            ask(port, "/api/parts/", "POST", {"name": f"Part {number}"})
        floor, _ = measure(port, "/health")
        alone, alone_p99 = measure(port, "/api/parts/")
        before = memory_mb(master)
        streams = open_streams(port)
        beside, beside_p99 = measure(port, "/api/parts/")
        heard_ms, heard = last_heard_ms(port, streams)
        after = memory_mb(master)
        for stream in streams:
            stream.close()
    return {
        "worker class": worker_class,
        "list alone / health": round(alone / floor, 3),
        "list beside streams / health": round(beside / floor, 3),
        "p99 alone ms": round(alone_p99, 1),
        "p99 beside ms": round(beside_p99, 1),
        "streams that heard": heard,
        "last heard after ms": round(heard_ms),
        "MB before": round(before),
        "MB with streams": round(after),
    }


def main() -> None:
    for row in [run(name) for name in sys.argv[1:] or ["gthread"]]:
        print(json.dumps(row))


if __name__ == "__main__":
    main()
