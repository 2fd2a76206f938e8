"""What is understood and what is refused: wording, units, negations; a word too many is never a wrong number."""

import random

import pytest

from utils.questions import EXAMPLES, NotUnderstood, parse
from utils.questions.tokens import tokens
from utils.questions.words import _TABLE, VOCABULARY, terms

WORDINGS = [
    ("Volume", "volume"),
    ("What is the volume?", "volume"),
    ("volume in cubic inches", "volume in inches"),
    ("volume of all parts", "volume"),
    ("what's the surface area of this part", "area"),
    ("area", "area"),
    ("bounding box", "bbox"),
    ("bounding-box", "bbox"),
    ("how big is it?", "bbox"),
    ("size", "bbox"),
    ("overall dimensions in inches", "bbox in inches"),
    ("Mass of 6061", "mass of 6061"),
    ("mass in 6061-T6", "mass of 6061"),
    ("mass of aluminium", "mass of 6061"),
    ("weight in steel", "mass of steel"),
    ("what would it weigh if it was made out of Delrin?", "mass of pom"),
    ("how heavy is it in stainless steel", "mass of stainless steel"),
    ("mass 304", "mass of stainless steel"),
    ("weight in white oak", "mass of white oak"),
    ("mass of Ti-6Al-4V", "mass of grade 5 titanium"),
    ("mass density 2.7", "mass with density 2.7 g/cm3"),
    ("mass at 2700 kg/m3", "mass with density 2.7 g/cm3"),
    ("mass, density = 2,7", "mass with density 2.7 g/cm3"),
    ("weight in steel in lb", "mass of steel in pounds"),
    ("centre of gravity", "centre of mass"),
    ("center of mass", "centre of mass"),
    ("thickness", "thickness"),
    ("how thick is the plate?", "thickness"),
    ("holes", "holes"),
    ("list all the holes", "holes"),
    ("number of holes", "holes"),
    ("how many holes does it have", "holes"),
    ("what size are the holes", "holes"),
    ("diameter of the holes", "holes"),
    ("how deep are the blind holes", "holes blind"),
    ("holes in all parts", "holes"),
    ("holes diameter < 6 through", "holes through diameter < 6 mm"),
    ("thru holes dia. < 6", "holes through diameter < 6 mm"),
    ("Ø<6 THRU", "holes through diameter < 6 mm"),
    ("⌀ < 6 mm holes, through", "holes through diameter < 6 mm"),
    ("holes smaller than 6mm", "holes diameter < 6 mm"),
    ("holes under 6 mm in the part", "holes diameter < 6 mm"),
    ("holes < 6 in the part", "holes diameter < 6 mm"),
    ("holes < 1/4 in", "holes diameter < 0.25 in"),
    ('holes < 1/4"', "holes diameter < 0.25 in"),
    ("holes < 1/4 in in mm", "holes diameter < 0.25 in in mm"),
    ("holes diameter < 1 1/4 inches", "holes diameter < 1.25 in"),
    ("holes diameter ≥ .25”", "holes diameter >= 0.25 in"),
    ("holes of 250 thou", "holes diameter = 0.25 in"),
    ("holes diameter = 0,5 cm", "holes diameter = 5 mm"),
    ("6mm holes", "holes diameter = 6 mm"),
    ("holes 6 mm diameter 10 mm deep", "holes diameter = 6 mm depth = 10 mm"),
    ("holes diameter 6", "holes diameter = 6 mm"),
    ("holes with a radius of 3 mm", "holes radius = 3 mm"),
    ("holes deeper than 10", "holes depth > 10 mm"),
    ("blind holes depth at least 10 mm", "holes blind depth >= 10 mm"),
    ("holes between 3 and 6", "holes diameter between 3 mm and 6 mm"),
    ("holes between 6 and 3 mm", "holes diameter between 3 mm and 6 mm"),
    ("holes from 3 to 6 mm", "holes diameter between 3 mm and 6 mm"),
    ("diameter 3–6 mm", "holes diameter between 3 mm and 6 mm"),
    ("holes between 1/8 and 1/4 in", "holes diameter between 0.125 in and 0.25 in"),
    ("holes 5 ± 0.1 mm", "holes diameter between 4.9 mm and 5.1 mm"),
    ("diameter > 3 and < 6", "holes diameter > 3 mm diameter < 6 mm"),
    ("holes diameter < 6 and depth > 3", "holes diameter < 6 mm depth > 3 mm"),
    ("holes not through", "holes blind"),
    ("non-through holes", "holes blind"),
    ("holes that don't go through", "holes blind"),
    ("all holes except blind", "holes through"),
    ("through holes without counterbore", "holes through not counterbored"),
    ("holes without counterbore and without countersink", "holes not counterbored not countersunk"),
    ("plain holes", "holes plain"),
    ("holes not smaller than 6 mm", "holes diameter >= 6 mm"),
    ("holes no more than 6 mm", "holes diameter <= 6 mm"),
    ("holes diameter != 6", "holes diameter != 6 mm"),
    ("holes other than 6 mm", "holes diameter != 6 mm"),
    ("counter-bored holes", "counterbored holes"),
    ("counterbore diameter > 9", "holes counterbore diameter > 9 mm"),
    ("csk holes", "countersunk holes"),
    ("countersunk 90°", "countersunk holes countersink angle = 90 deg"),
    ("how many M5 clearance holes", "holes M5 clearance through"),
    ("clearance holes for M5 screws", "holes M5 clearance through"),
    ("M5 close fit", "holes M5 close clearance through"),
    ("m2,5 clearance", "holes M2.5 clearance through"),
    ("blind M5 clearance holes", "holes M5 clearance blind"),
    ("M6 tap holes", "holes M6 tap"),
    ("M6×0.75 tapped holes", "holes M6x0.75 tap"),
    ("#10 clearance", "holes #10 clearance through"),
    ("10-32 tap", "holes #10-32 tap"),
    ("1/4-20 clearance", "holes 1/4 clearance through"),
    ('1/4" clearance holes', "holes 1/4 clearance through"),
    ("1/4-20 UNC tap", "holes 1/4-20 coarse tap"),
    ("smallest hole", "smallest holes"),
    ("what is the smallest through hole?", "smallest holes through"),
    ("max hole diameter", "largest holes"),
    ("deepest hole", "deepest holes"),
    ("hole spacing", "spacing of holes"),
    ("distance between the 5.5 mm holes", "spacing of holes diameter = 5.5 mm"),
    ("pitch of the M5 clearance holes", "spacing of holes M5 clearance through"),
    ("fillets radius <= 1", "fillets radius <= 1 mm"),
    ("R1 fillets", "fillets radius = 1 mm"),
    ("smallest internal radius", "smallest fillets inside"),
    ("outside roundings", "fillets outside"),
    ("faces", "faces"),
    ("how many surfaces", "faces"),
    ("largest face", "largest faces"),
    ("area of the largest face", "largest faces"),
    ("3 largest planar faces", "3 largest plane faces"),
    ("smallest face", "smallest faces"),
    ("planar faces area > 100", "plane faces area > 100 mm2"),
    ("flat faces larger than 1 cm²", "plane faces area > 100 mm2"),
    ("non-planar faces", "not plane faces"),
    ("cylinders", "cylinder faces"),
    ("cylinders < 6 mm", "cylinder faces diameter < 6 mm"),
    ("outside cylinders", "cylinder faces outside"),
    ("face 3", "face 3"),
    ("what is face #3?", "face 3"),
    ("area of face3", "face 3"),
    ("distance between face 3 and face 7", "distance between face 3 and face 7"),
    ("How far is face 3 from face 7?", "distance between face 3 and face 7"),
    ("distance from face 3 to face 7 in inches", "distance between face 3 and face 7 in inches"),
    ("angle between faces 3 and 7", "angle between face 3 and face 7"),
    ("how many parts", "how many parts"),
    ("number of components", "how many parts"),
    ("how many solid bodies are there", "how many solids"),
    ("What can I ask?", "help"),
]


@pytest.mark.parametrize(("asked", "understood"), WORDINGS)
def test_a_wording_is_understood(asked, understood):
    assert parse(asked).canonical == understood


@pytest.mark.parametrize("asked", [wording for wording, _ in WORDINGS] + [example[0] for example in EXAMPLES])
def test_the_canonical_form_reads_back_to_the_same_question(asked):
    question = parse(asked)
    assert parse(question.canonical) == question


REFUSED = [
    ("", "Ask something"),
    ("  ?! ", "Ask something"),
    ("holes on the frobnicator", "frobnicator"),
    ("hloes", "“holes”"),
    ("how many kinds of holes", "kinds"),
    ("holes within 5 mm", "within"),
    ("average hole diameter", "average"),
    ("second largest face", "second"),
    ("holes diameter < about 6", "about"),
    ("edges", "edges"),
    ("slots", "slots"),
    ("volume of the bracket", "bracket"),
    ("volume of the screws", "screws"),
    ("weight of the M5 bolts in steel", "M5|m5"),
    ("volume through", "through"),
    ("volume and area", "and"),
    ("holes and fillets", "two"),
    ("how many parts have holes", "two"),
    ("volume of how many parts", "how many"),
    ("how many volume", "how many"),
    ("through and blind holes", "both"),
    ("through or blind holes", "or"),
    ("holes through/blind", "/"),
    ("!through holes", "!"),
    ("plain counterbored holes", "plain"),
    ("diameter < 3 and > 6", "Nothing"),
    ("diameter < 3 and radius > 3", "Nothing"),
    ("holes diameter < 0", "Nothing"),
    ("6 mm and 8 mm holes", "8 mm"),
    ("diameter < 6 8", "8"),
    ("holes diameter < ", "number"),
    ("holes diameter < -5", "number"),
    ("6 holes", "6"),
    ("holes 3 and 7", "3"),
    ("distance between holes 3 and 7", "spacing|3"),
    ("holes < 1/4", "1/4 in"),
    ("holes diameter < 1,000", "two ways"),
    ("holes diameter < 1/0 in", "1/0"),
    ("holes diameter < 1e3", "1e3"),
    ("holes diameter < 6mmm", "6mmm"),
    ("holes diameter < 6 kg", "kg"),
    ("holes diameter < 6 mm2", "length"),
    ("faces area > 3 mm", "area"),
    ("holes diameter < 0.25 in and depth > 3", "unit"),
    ("holes deeper than 10 and larger than 5", "depth or diameter"),
    ("max diameter 6", "limit"),
    ("largest smallest hole", "one of"),
    ("holes without counterbore and countersink", "twice"),
    ("holes not through counterbored", "too"),
    ("without holes", "without"),
    ("holes not between 3 and 6", "not between"),
    ("M5 holes", "M5 tap holes"),
    ("clearance holes", "which screw"),
    ("5 mm clearance holes", "which screw"),
    ("M5 and M6 clearance", "one screw"),
    ("M5 clearance tap", "at once"),
    ("1/4-19 tap", "1/4-19"),
    ("M5x2 tap", "M5x2"),
    ("M5x20 clearance", "m5x20"),
    ("M11 clearance", "M11"),
    ("M5 close tap", "close"),
    ("M5 faces clearance", "faces"),
    ("mass", "Of what"),
    ("mass of unobtainium", "unobtainium"),
    ("mass of 6062", "6062"),
    ("mass of steel and brass", "does not fit"),
    ("mass density 2700", "kg/m3"),
    ("density 2.7", "not clear"),
    ("mass of holes", "two"),
    ("thickness of face 3", "two"),
    ("minimum thickness", "minimum"),
    ("face 0", "0"),
    ("face 3.5", "3.5"),
    ("face 3 and 7", "distance"),
    ("face 3 through", "through"),
    ("distance between face 3", "two faces"),
    ("distance between face 3 and face 3", "two faces"),
    ("distance between face 3, 7 and 9", "two faces"),
    ("smallest thickness of holes", "two"),
    ("fillets through", "through"),
    ("largest faces blind", "blind"),
    ("holes diameter < 6 in inches", "millimetres or inches"),
    ("fillets depth > 3", "depth"),
    ("planar holes", "two"),
    ("cylinders planes", "one kind"),
    ("help with holes", "two"),
]


@pytest.mark.parametrize(("asked", "said"), REFUSED)
def test_what_is_not_understood_is_refused_and_says_what_is_wrong(asked, said):
    with pytest.raises(NotUnderstood) as refusal:
        parse(asked)
    assert any(words in refusal.value.message for words in said.split("|")), refusal.value.message
    assert refusal.value.code == "not_understood"


def test_a_refusal_names_the_words_and_what_can_be_asked():
    with pytest.raises(NotUnderstood) as refusal:
        parse("frobnicate the hloes")
    assert refusal.value.details["unknown"] == ["frobnicate", "hloes"]
    assert refusal.value.details["can"]
    for question in refusal.value.details["can"]:
        parse(question)


def test_no_phrase_means_two_things():
    phrases = [phrase.strip() for phrases in _TABLE.values() for phrase in phrases.split("|")]
    assert len(phrases) == len(set(phrases))


def test_every_phrase_of_the_table_is_read_as_one():
    """A phrase that the tokeniser takes apart differently could never be found."""
    for (kind, value), phrases in _TABLE.items():
        for phrase in phrases.split("|"):
            read = terms(tokens(phrase.strip()))
            assert [(term.kind, term.value) for term in read] == [(kind, value)], phrase


BITS = [
    *(
        "3",
        "6 mm",
        "1/4 in",
        '0.25"',
        "100",
        "M5",
        "#10",
        "1/4-20",
        "10-32",
        "12",
        "304",
        "6061",
        "90°",
        "2.7 g/cm3",
    ),
    *(
        "<",
        "<=",
        ">",
        ">=",
        "=",
        "!=",
        "±",
        "-",
        ",",
        "(",
        "?",
        "and",
        "or",
        "not",
        "between",
        "to",
        "in inches",
    ),
    *(
        "💥",
        "ß",
        "½",
        "²",
        "x",
        "%",
        "'",
        "\x00",
        "١",
        "in mm",
        "face 3",
        "holes",
        "face",
        "diameter",
        "largest",
    ),
]


def test_word_salad_is_refused_or_reads_back_to_itself():
    chance = random.Random(7)
    understood = 0
    for _ in range(6_000):
        salad = " ".join(
            chance.choice(VOCABULARY if chance.random() < 0.5 else BITS) for _ in range(chance.randint(1, 7))
        )
        try:
            question = parse(salad)
        except NotUnderstood:
            continue
        understood += 1
        assert parse(question.canonical) == question, salad
    assert understood > 200


def test_letter_salad_is_refused_or_reads_back_to_itself():
    chance = random.Random(8)
    letters = "holesfacm1234567890/.,-#<>=°\"' MØ×\n\t"
    for _ in range(2_000):
        salad = "".join(chance.choice(letters) for _ in range(chance.randint(1, 30)))
        try:
            question = parse(salad)
        except NotUnderstood:
            continue
        assert parse(question.canonical) == question, salad


@pytest.mark.parametrize(
    "bit", ["holes ", "9", "a", "1/", "in ", "not ", "< 6 ", "M5 ", "6-", "- ", '"', "\n", "1,2 ", "é", "("]
)
def test_a_long_text_comes_to_an_end(bit):
    text = (bit * 100_000)[:100_000]
    try:
        parse(text)
    except NotUnderstood as refusal:
        assert len(refusal.message) < 2_000
