"""Which screw a round hole suits by its diameter: clearance holes and tap drills, metric and inch, in mm.

Metric clearance: ISO 273 (close = fine, medium, free = coarse). Inch clearance: ASME B18.2.8, table 1a, the drill of
each fit (medium = normal, free = loose), and beside it the close and free drills of the tap and clearance drill chart
that most shops have on the wall. Tap drills: ISO 2306 for metric threads; for Unified threads the chart's drill for
75 % of thread. Number and letter drills: ASME B94.11M.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

INCH = 25.4  # mm
TOLERANCE = (
    0.05  # mm either way: what separates a modelled hole from the table's, below half a step of the tables
)

Use = Literal["clearance", "tap"]
Fit = Literal["close", "medium", "free"]
Series = Literal["coarse", "fine"]
FITS: tuple[Fit, ...] = ("close", "medium", "free")

# Size: close, medium, free; ISO 273.
_METRIC: dict[str, tuple[float, float, float]] = {
    "M1.6": (1.7, 1.8, 2.0),
    "M2": (2.2, 2.4, 2.6),
    "M2.5": (2.7, 2.9, 3.1),
    "M3": (3.2, 3.4, 3.6),
    "M3.5": (3.7, 3.9, 4.2),
    "M4": (4.3, 4.5, 4.8),
    "M5": (5.3, 5.5, 5.8),
    "M6": (6.4, 6.6, 7.0),
    "M7": (7.4, 7.6, 8.0),
    "M8": (8.4, 9.0, 10.0),
    "M10": (10.5, 11.0, 12.0),
    "M12": (13.0, 13.5, 14.5),
    "M14": (15.0, 15.5, 16.5),
    "M16": (17.0, 17.5, 18.5),
    "M18": (19.0, 20.0, 21.0),
    "M20": (21.0, 22.0, 24.0),
    "M22": (23.0, 24.0, 26.0),
    "M24": (25.0, 26.0, 28.0),
    "M27": (28.0, 30.0, 32.0),
    "M30": (31.0, 33.0, 35.0),
}
# Size: {pitch in mm: drill in mm}, the coarse pitch first; ISO 2306.
_METRIC_TAPS: dict[str, dict[float, float]] = {
    "M1.6": {0.35: 1.25},
    "M2": {0.4: 1.6},
    "M2.5": {0.45: 2.05},
    "M3": {0.5: 2.5, 0.35: 2.65},
    "M3.5": {0.6: 2.9},
    "M4": {0.7: 3.3, 0.5: 3.5},
    "M5": {0.8: 4.2, 0.5: 4.5},
    "M6": {1: 5.0, 0.75: 5.2},
    "M7": {1: 6.0, 0.75: 6.2},
    "M8": {1.25: 6.8, 1: 7.0, 0.75: 7.2},
    "M10": {1.5: 8.5, 1.25: 8.8, 1: 9.0, 0.75: 9.2},
    "M12": {1.75: 10.2, 1.5: 10.5, 1.25: 10.8, 1: 11.0},
    "M14": {2: 12.0, 1.5: 12.5, 1.25: 12.8, 1: 13.0},
    "M16": {2: 14.0, 1.5: 14.5, 1: 15.0},
    "M18": {2.5: 15.5, 2: 16.0, 1.5: 16.5, 1: 17.0},
    "M20": {2.5: 17.5, 2: 18.0, 1.5: 18.5, 1: 19.0},
    "M22": {2.5: 19.5, 2: 20.0, 1.5: 20.5, 1: 21.0},
    "M24": {3: 21.0, 2: 22.0, 1.5: 22.5, 1: 23.0},
    "M27": {3: 24.0, 2: 25.0, 1.5: 25.5, 1: 26.0},
    "M30": {3.5: 26.5, 2: 28.0, 1.5: 28.5, 1: 29.0},
}
# Size in inches: close, medium, free by ASME B18.2.8; then the chart's close and free drill.
_INCH: dict[str, tuple[float, float, float, float, float]] = {
    "#4": (0.1200, 0.1285, 0.1440, 0.1160, 0.1285),
    "#5": (9 / 64, 5 / 32, 11 / 64, 0.1285, 0.1360),
    "#6": (0.1540, 0.1695, 0.1850, 0.1440, 0.1495),
    "#8": (0.1800, 0.1960, 0.2130, 0.1695, 0.1770),
    "#10": (0.2055, 0.2210, 0.2380, 0.1960, 0.2010),
    "1/4": (17 / 64, 9 / 32, 19 / 64, 0.2570, 0.2660),
    "5/16": (21 / 64, 11 / 32, 23 / 64, 0.3230, 0.3320),
    "3/8": (25 / 64, 13 / 32, 27 / 64, 0.3860, 0.3970),
    "7/16": (29 / 64, 15 / 32, 31 / 64, 29 / 64, 15 / 32),
    "1/2": (17 / 32, 9 / 16, 39 / 64, 33 / 64, 17 / 32),
}
# Size: {threads per inch: drill in inches}, the coarse series (UNC) first, then UNF.
_INCH_TAPS: dict[str, dict[int, float]] = {
    "#4": {40: 0.0890, 48: 0.0935},
    "#5": {40: 0.1015, 44: 0.1040},
    "#6": {32: 0.1065, 40: 0.1130},
    "#8": {32: 0.1360, 36: 0.1360},
    "#10": {24: 0.1495, 32: 0.1590},
    "1/4": {20: 0.2010, 28: 0.2130},
    "5/16": {18: 0.2570, 24: 0.2720},
    "3/8": {16: 5 / 16, 24: 0.3320},
    "7/16": {14: 0.3680, 20: 25 / 64},
    "1/2": {13: 27 / 64, 20: 29 / 64},
}
SIZES: tuple[str, ...] = (*_METRIC, *_INCH)


@dataclass(frozen=True)
class Screw:
    """A size of the tables (`M5`, `#10`, `1/4`) and, where one is named, its pitch (mm) or threads per inch."""

    size: str
    thread: float | None = None

    @property
    def metric(self) -> bool:
        return self.size.startswith("M")

    def __str__(self) -> str:
        if self.thread is None:
            return self.size
        return f"{self.size}{'x' if self.metric else '-'}{self.thread:g}"


@dataclass(frozen=True)
class Suited:
    """One row of the tables: a hole of `diameter_mm` suits `screw`."""

    use: Use
    screw: str
    detail: str  # "medium", "shop chart, free", "UNC 20"
    fit: str  # close, medium, free; coarse or fine for a tap
    diameter_mm: float
    source: str

    def __str__(self) -> str:
        return f"{self.screw} {self.use}, {self.detail}"


def known(screw: Screw) -> bool:
    """Whether the tables have this size, and this thread for it."""
    threads: dict[str, dict[float, float]] = {**_METRIC_TAPS, **_INCH_TAPS}  # type: ignore[dict-item]
    return screw.size in SIZES and (screw.thread is None or screw.thread in threads[screw.size])


def holes_for(screw: Screw, use: Use, fit: str | None = None) -> list[Suited]:
    """The tables' rows for a screw; `fit` narrows them (a fit for clearance, coarse or fine for taps)."""
    rows = _clearance(screw.size) if use == "clearance" else _taps(screw)
    return [row for row in rows if fit is None or row.fit == fit]


def matching(diameter_mm: float, rows: list[Suited]) -> Suited | None:
    """The row whose hole this is, within the tolerance; the nearest where several are."""
    near = [row for row in rows if abs(row.diameter_mm - diameter_mm) <= TOLERANCE + 1e-9]
    return min(near, key=lambda row: abs(row.diameter_mm - diameter_mm), default=None)


@lru_cache(maxsize=4096)
def suits(diameter_mm: float) -> tuple[str, ...]:
    """Every use of a hole of this diameter, the best match first; taps in the coarse series only."""
    near = [row for row in _every() if abs(row.diameter_mm - diameter_mm) <= TOLERANCE + 1e-9]
    return tuple(
        dict.fromkeys(str(row) for row in sorted(near, key=lambda r: abs(r.diameter_mm - diameter_mm)))
    )


@lru_cache(maxsize=1)
def _every() -> tuple[Suited, ...]:
    clearance = [row for size in SIZES for row in _clearance(size)]
    return (*clearance, *(row for size in SIZES for row in _taps(Screw(size)) if row.fit == "coarse"))


def _clearance(size: str) -> Iterator[Suited]:
    if size in _METRIC:
        for fit, diameter in zip(FITS, _METRIC[size], strict=True):
            yield Suited("clearance", size, fit, fit, diameter, "ISO 273")
        return
    *standard, close, free = _INCH[size]
    for fit, inches in zip(FITS, standard, strict=True):
        yield Suited("clearance", size, fit, fit, inches * INCH, "ASME B18.2.8")
    for fit, inches in (("close", close), ("free", free)):
        yield Suited(
            "clearance", size, f"shop chart, {fit}", fit, inches * INCH, "tap and clearance drill chart"
        )


def _taps(screw: Screw) -> Iterator[Suited]:
    if screw.metric:
        for place, (pitch, drill) in enumerate(_METRIC_TAPS[screw.size].items()):
            if screw.thread in (None, pitch):
                fit = "fine" if place else "coarse"
                yield Suited("tap", screw.size, f"pitch {pitch:g}", fit, drill, "ISO 2306")
        return
    for place, (threads, inches) in enumerate(_INCH_TAPS[screw.size].items()):
        if screw.thread in (None, threads):
            series = f"UNF {threads}" if place else f"UNC {threads}"
            fit = "fine" if place else "coarse"
            yield Suited("tap", screw.size, series, fit, inches * INCH, "tap and clearance drill chart")
