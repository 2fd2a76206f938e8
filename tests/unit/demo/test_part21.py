"""The rewriting of STEP text: small, the same each time, nothing lost."""

import pytest

from utils.demo.modelling.part21 import tidy

RAW = """ISO-10303-21;
HEADER;
FILE_DESCRIPTION(('raw'),'2;1');
FILE_NAME('/home/someone/raw.step','2031-05-05T05:05:05',('someone'),(''),'kernel','system','');
FILE_SCHEMA(('AUTOMOTIVE_DESIGN { 1 0 10303 214 1 1 1 1
 }'));
ENDSEC;
DATA;
#10 = PRODUCT('Plate; 1/2" #20','it''s  a Pl\u00e4ttchen','',(#40));
#20 = LINE('',#30,#50);
#30 = CARTESIAN_POINT('',(0.30000000000000004,-1.E-17,
  2.));
#40 = LINE('',#60,#70);
#50 = VECTOR('',#80,1.);
#60 = CARTESIAN_POINT('',(0.3,0.,2.));
#70 = VECTOR('',#90,1.);
#80 = DIRECTION('',(0.,0.,1.));
#90 = DIRECTION('',(0.,0.,1.));
#100 = UNCERTAINTY_MEASURE_WITH_UNIT(LENGTH_MEASURE(1.E-07),#20,'','');
ENDSEC;
END-ISO-10303-21;
"""


@pytest.fixture(scope="module")
def text():
    return tidy(RAW, file_name="plate.step", description="A plate", written_at="2026-01-10T09:00:00")


def records(text):
    return text.partition("DATA;\n")[2].partition("ENDSEC;")[0].splitlines()


def test_the_header_is_ours_and_the_schema_stays(text):
    assert (
        "FILE_NAME('plate.step','2026-01-10T09:00:00',(''),(''),'Open CASCADE Technology','build123d','');"
        in text
    )
    assert "FILE_SCHEMA(('AUTOMOTIVE_DESIGN { 1 0 10303 214 1 1 1 1 }'));" in text
    assert "someone" not in text


def test_equal_points_directions_and_vectors_become_one(text):
    found = "\n".join(records(text))
    assert found.count("CARTESIAN_POINT(") == found.count("DIRECTION(") == found.count("VECTOR(") == 1
    assert found.count("LINE(") == 2


def test_numbers_lose_their_noise_but_tolerances_stay(text):
    assert "CARTESIAN_POINT('',(0.3,0.,2.))" in text
    assert "LENGTH_MEASURE(1.E-07)" in text


def test_what_stands_in_quotes_is_not_touched_but_written_in_ascii(text):
    assert "PRODUCT('Plate; 1/2\" #20','it''s  a Pl\\X2\\00E4\\X0\\ttchen'," in text
    assert text.isascii()


def test_every_reference_leads_somewhere(text):
    numbers = [int(line.partition("=")[0][1:]) for line in records(text)]
    assert numbers == list(range(1, len(numbers) + 1))
    product = next(line for line in records(text) if "=PRODUCT(" in line)
    target = product.rpartition("(#")[2].partition(")")[0]
    assert any(line.startswith(f"#{target}=LINE(") for line in records(text))


def test_tidying_twice_changes_nothing(text):
    assert tidy(text, file_name="plate.step", description="A plate", written_at="2026-01-10T09:00:00") == text


def test_a_text_without_a_schema_is_refused():
    with pytest.raises(ValueError, match="schema"):
        tidy("ISO-10303-21;HEADER;ENDSEC;DATA;ENDSEC;", file_name="x", description="", written_at="")
