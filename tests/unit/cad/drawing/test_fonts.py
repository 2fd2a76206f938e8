"""Every letter of a title block has a font, or a sign that says the same, or is told to be missing."""

from utils.cad.drawing.fonts import BASE, MISSING, Fonts


def shown(text: str) -> tuple[str, bool]:
    fonts = Fonts()
    return "".join(stretch.text for stretch in fonts.stretches(text)), fonts.missing


def test_inch_and_foot_signs_become_those_of_a_keyboard():
    text, missing = shown("6061-T6 plate 1/4″, 2′ long – “soft”")
    assert text.replace("″", '"').startswith('6061-T6 plate 1/4"')
    assert MISSING not in text
    assert not missing


def test_letters_with_marks_keep_at_least_the_letter():
    text, missing = shown("Würfel ș")
    assert text.startswith("Würfel ")
    assert text[-1] in "șs"
    assert not missing


def test_what_no_font_has_is_marked_and_told():
    fonts = Fonts()
    fonts._waiting = []  # a system without any font
    stretches = fonts.stretches("部品 7")
    assert [(stretch.font, stretch.text) for stretch in stretches] == [(BASE, f"{MISSING * 2} 7")]
    assert fonts.missing
