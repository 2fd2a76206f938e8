"""How soon a preview is there, whether the server still answers meanwhile, and that the same bytes are read once.

    .venv/bin/python -m benchmarks.jobs [FOLDER-OF-STEP-FILES …]

In one run, against a server of its own: upload → preview ready, over a bare `cascadio.step_to_glb` of the same file
in a fresh process (median over the demo's files and those of the folders given); `GET /health` alone and while two
conversions run; the same file again; a cancel until the child is gone. A table for people, then one line of JSON.
"""

from __future__ import annotations

import http.client
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.streams import KEY, ROOT, ask, serving
from tests.support import processes, step_text
from utils.cad import step_converter

FLAGS = ("thumbnails", "bom", "diagram")
_BARE = (
    "import sys, time; began = time.perf_counter(); import cascadio; "
    "cascadio.step_to_glb(sys.argv[1], sys.argv[2], tol_linear=float(sys.argv[3]), tol_angular=float(sys.argv[4]), "
    "tol_relative=True, include_brep=True, use_parallel=False)"
)
HEALTH_S = 12


def upload(port: int, content: bytes, name: str, unwanted: tuple[str, ...] = FLAGS) -> dict[str, Any]:
    edge = "kerfline-benchmark"
    flags = "".join(
        f'--{edge}\r\nContent-Disposition: form-data; name="{f}"\r\n\r\nfalse\r\n' for f in unwanted
    )
    head = f'{flags}--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"X-API-Key": KEY, "Content-Type": f"multipart/form-data; boundary={edge}"}
    connection.request(
        "POST", "/api/upload", head.encode() + content + f"\r\n--{edge}--\r\n".encode(), headers
    )
    answer: dict[str, Any] = json.loads(connection.getresponse().read())
    connection.close()
    return answer


def preview_s(port: int, content: bytes, name: str) -> float | None:
    """From the first byte sent until the model says that its preview is there; None when it cannot be read."""
    began = time.perf_counter()
    model = upload(port, content, name)["model"]["id"]
    while (status := json.loads(ask(port, f"/api/models/{model}"))["status"]) == "pending":
        time.sleep(0.01)
    return time.perf_counter() - began if status == "ready" else None


def bare_s(path: Path, options: dict[str, float]) -> float | None:
    """The reader alone: a fresh process that converts the file as we ask for it, and ends; None when it crashes."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", _BARE, str(path), f"{folder}/a.glb", *map(str, options.values())]
        began = time.perf_counter()
        done = subprocess.run(command, capture_output=True)
        return None if done.returncode else time.perf_counter() - began


def previews(port: int, files: list[Path]) -> dict[str, Any]:
    options = step_converter._OPTIONS
    upload_and_wait(port, step_text.box(1, 2, 3).encode(), "warm.step")
    rows = []
    for number, path in enumerate(files):
        # A comment of its own makes the bytes new to the server.
        content = path.read_bytes().replace(b"DATA;", b"/* %d */ DATA;" % time.time_ns(), 1)
        pair = (lambda: bare_s(path, options)), (lambda: preview_s(port, content, path.name))  # noqa: B023
        first, second = pair if number % 2 else pair[::-1]  # neither always finds the warmer disk
        one, other = first(), second()
        bare, ours = (one, other) if number % 2 else (other, one)
        if bare is None or ours is None:
            print(f"  {path.name[:36]:36} is left out: it cannot be read")
            continue
        rows.append((path.name, path.stat().st_size, bare, ours, ours / bare))
        kilobytes = path.stat().st_size / 1000
        print(
            f"  {path.name[:36]:36} {kilobytes:9.0f} kB  bare {bare:6.2f} s  ours {ours:6.2f} s  {ours / bare:5.2f}"
        )
    ratios = [row[-1] for row in rows]
    return {
        "files": len(rows),
        "preview / bare, median": round(statistics.median(ratios), 3),
        "preview / bare, worst": round(max(ratios), 3),
        "preview s, median": round(statistics.median(row[3] for row in rows), 3),
    }


def upload_and_wait(port: int, content: bytes, name: str) -> str:
    job: str = upload(port, content, name)["job"]["id"]
    until_over(port, job)
    return job


def until_over(port: int, job: str) -> None:
    while json.loads(ask(port, f"/api/jobs/{job}"))["status"] in ("queued", "running"):
        time.sleep(0.02)


def health_ms(port: int, until: threading.Event) -> list[float]:
    times = []
    while not until.is_set():
        at = time.perf_counter()
        ask(port, "/health")
        times.append((time.perf_counter() - at) * 1000)
        time.sleep(0.005)
    return times


def health(port: int) -> dict[str, Any]:
    alone = threading.Event()
    threading.Timer(HEALTH_S / 3, alone.set).start()
    before = health_ms(port, alone)
    beside = threading.Event()
    threading.Timer(HEALTH_S, beside.set).start()
    feeder = threading.Thread(target=keep_two_running, args=(port, beside))
    feeder.start()
    during = health_ms(port, beside)
    feeder.join()
    return {
        "health alone p50 ms": percentile(before, 0.5),
        "health alone p99 ms": percentile(before, 0.99),
        "health beside 2 conversions p50 ms": percentile(during, 0.5),
        "health beside 2 conversions p99 ms": percentile(during, 0.99),
        "health requests": len(during),
    }


def keep_two_running(port: int, until: threading.Event) -> None:
    number = 0
    waiting: list[str] = []
    while not until.is_set():
        number += 1
        content = step_text.nested_assembly(2, 60, name=f"Load {number} {time.time_ns()}").encode()
        waiting.append(upload(port, content, f"load-{number}.step")["job"]["id"])
        if len(waiting) > 2:
            until_over(port, waiting.pop(0))
    for job in waiting:
        until_over(port, job)


def percentile(times: list[float], share: float) -> float:
    return round(sorted(times)[min(len(times) - 1, int(len(times) * share))], 1)


def again(port: int, data: Path) -> dict[str, Any]:
    """The same bytes three times more: how many conversions that makes."""
    content = step_text.assembly(f"Again {time.time_ns()}").encode()
    upload_and_wait(port, content, "first.step")
    before = len(list((data / "files" / "previews").rglob("*")))
    logs = [log_of(port, upload_and_wait(port, content, f"again-{n}.step")) for n in range(3)]
    return {
        "same bytes: further conversions": sum("converted before" not in log for log in logs),
        "same bytes: further files": len(list((data / "files" / "previews").rglob("*"))) - before,
    }


def log_of(port: int, job: str) -> str:
    return ask(port, f"/api/jobs/{job}/artifacts/log.txt").decode()


def cancel(port: int, master: int) -> dict[str, Any]:
    """From asking to cancel until the child is gone, s: the longest of five."""
    times = []
    for number in range(5):
        content = step_text.nested_assembly(2, 150, name=f"Slow {number} {time.time_ns()}").encode()
        job = upload(port, content, "slow.step")["job"]["id"]
        while not (children := children_of(master)):
            time.sleep(0.01)
        time.sleep(0.2)
        began = time.perf_counter()
        ask(port, f"/api/jobs/{job}/cancel", "POST")
        while any(child.lives() for child in children):
            time.sleep(0.005)
        times.append(time.perf_counter() - began)
        until_over(port, job)
    return {"cancel until the child is gone s, longest of 5": round(max(times), 2)}


def children_of(master: int) -> list[processes.Process]:
    family = processes.below(master)
    servers = {process.pid for process in family if process.is_fork_server}
    return [process for process in family if process.parent in servers]


def main() -> None:
    folders = [ROOT / "utils" / "demo" / "step", *map(Path, sys.argv[1:])]
    files = [
        path
        for folder in folders
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in (".step", ".stp")
    ]
    with serving("app.web_worker.WebWorker") as (port, master):
        data = Path(processes.environment(master)["KERFLINE_DATA"])
        found = {**previews(port, files), **health(port), **again(port, data), **cancel(port, master)}
    for name, value in found.items():
        print(f"{name:48} {value}")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
