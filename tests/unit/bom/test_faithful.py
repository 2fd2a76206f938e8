"""What a translated name must have kept."""

import pytest

from utils.bom.faithful import is_faithful

KEPT = [
    ("Винт М3×8", "Screw M3x8"),
    ("Винт М3×8", "Screw M3 x 8"),
    ("Шайба 3 ГОСТ 6402-70", "Washer 3 GOST 6402-70"),
    ("Шайба 3 ГОСТ 6402-70", "GOST 6402-70 washer 3"),
    ("Würfel 100mm", "Cube 100 mm"),
    ("Шайба А 3,2", "Washer A 3.2"),
    ("Подсборка №1", "Subassembly No. 1"),
    ("螺丝 M3X8", "M3×8 screw"),
    ("Деталь AB-12C", "Part AB-12C"),
    ("部品2個", "part 2 pcs"),
    ("Крышка2", "Cover 2"),
    ("soporte en L", "L bracket"),
    (
        "Винт DIN 7985 (цил.)_ISO 7045 - M3 x 8 - Z --- 8C",
        "Screw DIN 7985 (cyl.)_ISO 7045 - M3 x 8 - Z --- 8C",
    ),
    ("Gehäuse Zürich", "Zürich housing"),
    ("螺母 GB/T 6170", "Nut GB/T 6170"),
]
LOST = [
    ("Винт М3×8", "Screw M4x8"),
    ("Винт М3×8", "Screw M3"),
    ("Пластина 20×50", "Plate 50×20"),
    ("Würfel 100mm", "Cube"),
    ("Гайка DIN 934", "Nut 934"),
    ("Гайка ГОСТ 5915", "Nut ISO 5915"),
    ("Гайка", "Nut 12"),
    ("Деталь AB-12C", "Part AB-12"),
    ("Шайба А 3,2", "Washer A 32"),
    ("Гайка", "Гайка"),
    ("Гайка", "Nut (гайка)"),
    ("螺丝", "螺 screw"),
    ("Гайка", ""),
    ("Гайка", "Nut\nand bolt"),
    ("Гайка", "Nut\u202e"),
    ("Гайка", "I am glad to help you. A nut is a fastener with a hole that has a thread in it."),
]


@pytest.mark.parametrize(("source", "english"), KEPT)
def test_a_translation_that_keeps_numbers_codes_and_standards_is_taken(source, english):
    assert is_faithful(source, english)


@pytest.mark.parametrize(("source", "english"), LOST)
def test_one_that_loses_or_invents_something_is_not(source, english):
    assert not is_faithful(source, english)
