"""Shop terms by the shipped table and by one's own."""

import random
import subprocess
import sys
from collections import Counter

import pytest

from utils.bom.glossary import SHIPPED, load, read
from utils.bom.glossing import LONGEST, State, gloss
from utils.bom.words import pieces

SHOP, _ = load()

TRANSLATED = [
    ("Винт", "Screw"),
    ("винта", "screw"),
    ("винтов", "screw"),
    ("втулок", "bushing"),
    ("Уголка", "Angle"),
    ("Гаек", "Nut"),
    ("КРЫШКА", "COVER"),
    ("Крышка2", "Cover 2"),
    ("Заклёпка", "Rivet"),
    ("Винт с потайной головкой М4х12", "Countersunk screw М4х12"),
    ("Винты М3×8", "Screw М3×8"),
    ("Шайба DIN 7980 (пружинная)_Шайба 3 ГОСТ 6402-70", "Washer DIN 7980 (spring)_Washer 3 GOST 6402-70"),
    ("Гайка DIN 934_Hexagon Nut ISO - 4032 - M3 - D - C", "Nut DIN 934_Hexagon Nut ISO - 4032 - M3 - D - C"),
    ("Сборка 'ГОСТ' <script>", "Assembly 'GOST' <script>"),
    ("内六角螺丝 M3x10", "Socket head screw M3x10"),
    ("M3×8内六角螺丝", "M3×8 socket head screw"),
    ("左侧板", "Left side plate"),
    ("电机用支架", "Motor bracket"),
    ("O型圈", "O-ring"),
    ("部品-シャフト", "Part-shaft"),
    ("モーターのブラケット", "Motor bracket"),
    ("Oリング P10", "O-ring P10"),
    ("Seitenblech links", "Side sheet left"),
    ("SeitenblechLinks", "Side sheet left"),
    ("Sechskantschraube M8x20 DIN 933", "Hex bolt M8x20 DIN 933"),
    ("Motorhalterungen", "Motor bracket"),
    ("Gehäuse unten", "Housing lower"),
    ("Gehaeuse unten", "Housing lower"),
    ("Gehäuse unten", "Housing lower"),
    ("Tornillos M3", "Screw M3"),
    ("Soporte superior derecho", "Bracket upper right"),
    ("soporte de la camara", "bracket of the camera"),
    ("Vis à tête hexagonale M6", "Hex bolt M6"),
    ("Ecrous M6", "Nut M6"),
    ("joint plat", "gasket"),
]
ENGLISH = [
    "Plate",
    "holder left",
    "left links of chain",
    "base superior",
    "MMP.01.00.00.002 Cover flange_00",
    "DIN 934 M3×8",
    "М3×8",
    "Ø20 h7",
    "µController",
    "R_0603_1608Metric",
    "VIS-12",
    "rings",
    "Joint",
    "-5",
    "",
    "   ",
    "🔩",
]


@pytest.mark.parametrize(("name", "english"), TRANSLATED)
def test_a_name_of_known_words_is_translated_wholly(name, english):
    assert (gloss(name, SHOP).text, gloss(name, SHOP).state) == (english, State.WHOLE)


@pytest.mark.parametrize("name", ENGLISH)
def test_what_is_english_or_a_code_stays_letter_by_letter(name):
    assert gloss(name, SHOP).text == name
    assert gloss(name, SHOP).state is State.ENGLISH


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("Кронштейн Иванова", "Bracket Иванова"),
        ("スプリング抑え板", "Spring 抑え plate"),
        ("Würfel Zürich 100mm", "Cube Zürich 100mm"),
        ("Anschlagplatte für Riemenspanner", "Stop plate for Riemenspanner"),
    ],
)
def test_a_name_with_an_unknown_word_is_translated_partly(name, english):
    assert (gloss(name, SHOP).text, gloss(name, SHOP).state) == (english, State.PARTLY)


@pytest.mark.parametrize("name", ["Трапеция рулевая", "抑え", "Zürich", "Ελατήριο", "ж" * (LONGEST + 1)])
def test_a_name_of_unknown_words_stays_and_says_so(name):
    assert (gloss(name, SHOP).text, gloss(name, SHOP).state) == (name, State.NOT)


def test_a_short_term_inside_a_longer_word_is_none():
    assert gloss("Валентина", SHOP).text == "Валентина"  # вал is a shaft
    assert gloss("Radsatzung", SHOP).text == "Radsatzung"


# the tables


def test_the_shipped_table_is_whole_and_covers_six_languages():
    terms, problems = read(SHIPPED)
    assert problems == []
    by_language = Counter(term.language for term in terms)
    assert set(by_language) == {"ru", "zh", "ja", "de", "es", "fr"}
    assert min(by_language.values()) >= 250
    assert len({(term.source, term.language) for term in terms}) == len(terms)


def test_every_shipped_term_says_what_the_table_says():
    """None is hidden by another one's stem, plural or part."""
    hidden = []
    for term in read(SHIPPED)[0]:
        beside = {"ru": "шайба", "zh": "螺丝", "ja": "ネジ", "de": "Zahnrad", "es": "tornillo", "fr": "écrou"}
        meant = gloss(f"{beside[term.language]}; {term.source}", SHOP).text.partition("; ")[2].lower()
        if meant not in {term.english.lower(), term.source.lower()}:
            hidden.append((term, meant))
    assert hidden == []


def own_glossary(tmp_path, text: str | bytes):
    file = tmp_path / "own.tsv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(file)


def test_ones_own_terms_win_and_add(tmp_path):
    own, problems = own_glossary(
        tmp_path, "винт\tru\tcapscrew\r\nТрапеция рулевая\tru\tsteering linkage\n# note\n\n"
    )
    assert problems == []
    assert gloss("Винты и гайки", own).text == "Capscrew and nut"
    assert gloss("Трапеция рулевая", own) == gloss("Трапеция рулевая", own)
    assert gloss("Трапеции рулевой", own).text == "Steering linkage"


def test_ones_own_term_is_meant_even_where_it_is_an_english_word(tmp_path):
    own, _ = own_glossary(tmp_path, "plaque\tfr\tnameplate\npin\tnl\tdowel\n")
    assert gloss("Plaques 12", own).text == "Nameplate 12"
    assert gloss("Pin 12", own).text == "Dowel 12"
    assert gloss("Plaque 12", SHOP).text == "Plaque 12"


def test_a_language_that_is_not_shipped_may_be_added(tmp_path):
    own, _ = own_glossary(tmp_path, "śruba\tpl\tscrew\nвинт\tuk\tscrew\n나사\tko\tscrew\n")
    assert gloss("Śruba M3", own).text == "Screw M3"
    assert gloss("나사 M3", own).text == "Screw M3"


def test_bad_lines_are_named_by_number_and_the_others_count(tmp_path):
    own, problems = own_glossary(
        tmp_path,
        "\ufeffвинт\tru\tcapscrew\nno tabs\nвал\t\tshaft\n\tru\tx\nвал\trussian!\tshaft\nа\tru\t\x07\n12\tde\tx\n",
    )
    assert [problem.partition(": ")[0] for problem in problems] == [
        f"own.tsv, line {line}" for line in range(2, 8)
    ]
    assert gloss("Винт", own).text == "Capscrew"


def test_a_file_that_cannot_be_read_is_a_complaint_and_the_shipped_table_still_works(tmp_path):
    for own, problems in (
        load(tmp_path / "none.tsv"),
        load(tmp_path),
        own_glossary(tmp_path, b"\xff\xfe\x00"),
    ):
        assert len(problems) == 1
        assert gloss("Винт", own).text == "Screw"


def test_a_thousand_bad_lines_do_not_make_a_thousand_complaints(tmp_path):
    _, problems = own_glossary(tmp_path, "bad\n" * 1000)
    assert len(problems) < 30
    assert "980 more" in problems[-1]


def test_the_program_itself_reads_as_english():
    """Nearly no word that this Python's own documentation uses is taken for a foreign one."""
    code = "import argparse, asyncio, email, http.client, json, logging, subprocess, tarfile, unittest, zipfile\n"
    code += "import sys\nfor m in list(sys.modules.values()):\n print(m.__doc__ or '')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    words = {word for word in done.stdout.split() if word.isalpha()}
    assert len(words) > 1000
    assert [word for word in words if gloss(word, SHOP).state is not State.ENGLISH] == []


def test_pieces_put_together_are_the_text_whatever_it_is():
    chance = random.Random(7)
    letters = "aßÜéжЁ螺ネ의ˢ٣① \t_-'’\"0×Øµ\u0301\u200b🔩;=" + "gehäuse" + "Винт"
    for _ in range(3000):
        text = "".join(chance.choices(letters, k=chance.randrange(40)))
        assert "".join(piece.text for piece in pieces(text)) == text
        assert gloss(text, SHOP).state is not State.ENGLISH or gloss(text, SHOP).text == text
