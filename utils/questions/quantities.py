"""Numbers with units: what a question may write, how answers say them, in millimetres or inches."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Literal

Unit = Literal["", "mm", "in", "mm2", "in2", "deg", "g/cm3"]
Dimension = Literal["", "length", "area", "angle", "density"]

MM_PER_INCH = 25.4
GRAMS_PER_POUND = 453.59237
_WIDE = Context(prec=400)  # digits: any float with its decimals
# As written: the unit that it is kept in, and the factor to it.
UNITS: dict[str, tuple[Unit, float]] = {
    **dict.fromkeys(("mm", "millimetre", "millimetres", "millimeter", "millimeters"), ("mm", 1.0)),
    **dict.fromkeys(("cm", "centimetre", "centimetres", "centimeter", "centimeters"), ("mm", 10.0)),
    **dict.fromkeys(("m", "metre", "metres", "meter", "meters"), ("mm", 1000.0)),
    **dict.fromkeys(("um", "μm", "micron", "microns"), ("mm", 0.001)),
    **dict.fromkeys(("in", "inch", "inches", '"'), ("in", 1.0)),
    **dict.fromkeys(("thou", "mil", "mils"), ("in", 0.001)),
    **dict.fromkeys(("ft", "foot", "feet"), ("in", 12.0)),
    **dict.fromkeys(
        ("mm2", "mm^2", "sq mm", "square mm", "square millimetres", "square millimeters"), ("mm2", 1.0)
    ),
    **dict.fromkeys(("cm2", "cm^2", "sq cm", "square cm"), ("mm2", 100.0)),
    **dict.fromkeys(("in2", "in^2", "sq in", "square in", "square inch", "square inches"), ("in2", 1.0)),
    **dict.fromkeys(("°", "deg", "degs", "degree", "degrees"), ("deg", 1.0)),
    **dict.fromkeys(("g/cm3", "g/cm^3", "g/cc", "kg/l", "kg/dm3"), ("g/cm3", 1.0)),
    **dict.fromkeys(("kg/m3", "kg/m^3"), ("g/cm3", 0.001)),
    **dict.fromkeys(("lb/in3", "lb/in^3", "lbs/in3"), ("g/cm3", GRAMS_PER_POUND / MM_PER_INCH**3 * 1000)),
}
_DIMENSIONS: dict[Unit, Dimension] = {
    "": "",
    "mm": "length",
    "in": "length",
    "mm2": "area",
    "in2": "area",
    "deg": "angle",
    "g/cm3": "density",
}
_TO_METRIC: dict[Unit, float] = {"in": MM_PER_INCH, "in2": MM_PER_INCH**2}


@dataclass(frozen=True)
class Number:
    """As a question has it: in mm or inches (mm² or in²), degrees, or g/cm³; without a unit where it has none."""

    value: float
    unit: Unit = ""

    def __post_init__(self) -> None:
        # So that what is said can be read again to the very same number.
        object.__setattr__(self, "value", float(f"{self.value:.10g}"))

    @property
    def dimension(self) -> Dimension:
        return _DIMENSIONS[self.unit]

    @property
    def metric(self) -> float:
        """In mm, mm² or degrees; a number without a unit stays as it is."""
        return self.value * _TO_METRIC.get(self.unit, 1.0)

    @property
    def inches(self) -> bool:
        return self.unit in ("in", "in2")

    def __str__(self) -> str:
        text = f"{Decimal(repr(self.value)):f}".removesuffix(".0")
        return f"{text} {self.unit}".rstrip()


def rounded(value: float, decimals: int) -> str:
    """With that many decimals, or as many more as it takes to show two digits of a small value."""
    size = abs(value)
    if 0 < size < 10**-decimals:
        decimals = min(9, 1 - math.floor(math.log10(size)))
    # A half goes up, as drawings print it, and noise below a millionth does not count: 28.575 is 28.58.
    clean = Decimal(repr(round(float(value), max(6, decimals + 2))))
    return f"{clean.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE):,f}"


def length(mm: float, inches: bool = False) -> str:
    """`12.50 mm`; `0.492 in (12.50 mm)` where the question was in inches."""
    metric = f"{rounded(mm, 2)} mm"
    return f"{rounded(mm / MM_PER_INCH, 3)} in ({metric})" if inches else metric


def diameter(mm: float, inches: bool = False) -> str:
    return "⌀" + length(mm, inches)


def area(mm2: float, inches: bool = False) -> str:
    metric = f"{rounded(mm2, 2)} mm²"
    if inches:
        return f"{rounded(mm2 / MM_PER_INCH**2, 3)} in² ({metric})"
    return f"{metric} ({rounded(mm2 / 100, 2)} cm²)" if mm2 >= 10_000 else metric


def volume(mm3: float, inches: bool = False) -> str:
    metric = f"{rounded(mm3, 2)} mm³"
    if inches:
        return f"{rounded(mm3 / MM_PER_INCH**3, 3)} in³ ({metric})"
    return f"{metric} ({rounded(mm3 / 1000, 2)} cm³)" if mm3 >= 1000 else metric


def mass(grams: float, inches: bool = False) -> str:
    metric = f"{rounded(grams / 1000, 3)} kg" if grams >= 1000 else f"{rounded(grams, 2)} g"
    if not inches:
        return metric
    pounds = grams / GRAMS_PER_POUND
    return f"{rounded(pounds, 3)} lb or {rounded(pounds * 16, 2)} oz ({metric})"


def point(mm: list[float], inches: bool = False) -> str:
    """`(1.00, 2.00, 3.00) mm`; in inches with four decimals, a hundredth of a millimetre being less than 0.001 in."""
    if inches:
        return f"({', '.join(rounded(x / MM_PER_INCH if abs(x) >= 0.001 else 0.0, 4) for x in mm)}) in"
    return f"({', '.join(rounded(x if abs(x) >= 0.005 else 0.0, 2) for x in mm)}) mm"


def plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
