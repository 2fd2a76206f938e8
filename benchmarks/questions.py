"""What a geometry question costs on a model of 2,520 faces, beside `/health` of the same server.

    .venv/bin/python -m benchmarks.questions

The model is read once; then each question is asked again and again over HTTP. A line of JSON for each: median and
99th percentile (ms), and the median over that of `/health` in the same run.
"""

from __future__ import annotations

import json
import statistics
import time

from benchmarks.jobs import percentile, until_over, upload
from benchmarks.streams import ask, serving
from tests.support.step_text import StepText

BLOCKS = 420  # of six faces each
REPEATS = 60
QUESTIONS = (
    "volume",
    "bbox",
    "mass of 6061",
    "holes diameter < 6 through",
    "thickness",
    "largest face",
    "planar faces area > 100",
    "distance between face 3 and face 7",
)


def rack() -> bytes:
    """One part of many blocks side by side."""
    step = StepText()
    solids = [
        step.box_solid((8, 8, 5 + number % 7), ((number % 21) * 10.0, (number // 21) * 10.0, 0))
        for number in range(BLOCKS)
    ]
    step.product("Rack", solids)
    return step.text().encode()


def times_ms(port: int, path: str, method: str = "GET", body: object = None) -> list[float]:
    ask(port, path, method, body)  # the first one starts what is started on demand
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        ask(port, path, method, body)
        times.append((time.perf_counter() - began) * 1000)
    return times


def main() -> None:
    with serving("app.web_worker.WebWorker") as (port, _):
        sent = upload(port, rack(), "rack.step", unwanted=("thumbnails", "diagram"))
        until_over(port, sent["job"]["id"])
        path = f"/api/models/{sent['model']['id']}/query"
        health = times_ms(port, "/health")
        floor = statistics.median(health)
        print(json.dumps({"asked": "/health", "p50_ms": round(floor, 2), "p99_ms": percentile(health, 0.99)}))
        for query in QUESTIONS:
            answer = json.loads(ask(port, path, "POST", {"query": query}))
            times = times_ms(port, path, "POST", {"query": query})
            middle = statistics.median(times)
            print(
                json.dumps(
                    {
                        "asked": query,
                        "p50_ms": round(middle, 2),
                        "p99_ms": percentile(times, 0.99),
                        "over_health": round(middle / floor, 1),
                        "answer": answer.get("sentence") or answer.get("detail"),
                    },
                    ensure_ascii=False,
                )
            )


if __name__ == "__main__":
    main()
