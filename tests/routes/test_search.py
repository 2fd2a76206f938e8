"""Search: words and letters inside them, what is no letter elsewhere, and an index that is never behind."""

from typing import Any
from urllib.parse import urlencode

import pytest

from models import Part, db

PARTS: dict[str, dict[str, Any]] = {
    "Gusset plate 50%": {"notes": "laser_cut", "material": "6061-T6 Aluminium"},
    "Bearing block": {"subsystem": "Drive train", "partId": "26-P-0042"},
    "Größe Ölwanne": {"notes": 'a "quoted" word', "assigned": None},
    "日本語の部品": {"notes": "NEAR(a b) AND OR NOT * ^x:y -z"},
    "<b>bold</b> O'Brien": {"notes": "C:\\temp; DROP TABLE part"},
}
JAPANESE, BOLD = "日本語の部品", "<b>bold</b>"
EVERY = {name.split()[0] for name in PARTS}


@pytest.fixture
def names(client):
    """`names("gus")`: the names that a search finds, in order of the alphabet."""
    for name, more in PARTS.items():
        assert client.post("/api/parts/", {"name": name, **more}).status_code == 201

    def search(text):
        answer = client.get(f"/api/parts?{urlencode({'search': text})}")
        assert answer.status_code == 200, answer.text
        body = answer.get_json()
        assert body["total"] == len(body["parts"])
        return {part["name"].split()[0] for part in body["parts"]}

    return search


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("gusset", {"Gusset"}), ("GUSSET", {"Gusset"}), ("usse", {"Gusset"}), ("late 50", {"Gusset"}),
        ("plate gusset", {"Gusset"}), ("gusset bearing", set()), ("6061", {"Gusset"}), ("0042", {"Bearing"}),
        ("26-P-0042", {"Bearing"}), ("train", {"Bearing"}), ("rain dri", {"Bearing"}), ("lumin", {"Gusset"}),
        ("b", {"Bearing", BOLD, JAPANESE}), ("be", {"Bearing"}), ("ea", set()), ("bl", {"Bearing"}),
        ("gu pl", {"Gusset"}), ("日本", {JAPANESE}), ("本語の", {JAPANESE}), ("ölw", {"Größe"}), ("rö", set()),
        ("%", {"Gusset"}), ("_", {"Gusset"}), ("50%", {"Gusset"}), ("0%", set()), ("r_c", {"Gusset"}), ("%%", set()),
        ('"quoted"', {"Größe"}), ('"', set()), ("NEAR(", {JAPANESE}), ("AND", {JAPANESE}),
        ("OR NOT", {JAPANESE}),
        ("*", set()), ("gus*", set()), ("name:gusset", set()), ("^x:", {JAPANESE}), ("-z", {JAPANESE}),
        ("O'B", {BOLD}), ("'; DROP", set()), ("DROP TABLE", {BOLD}), ("<b>", {BOLD}),
        ("", EVERY), ("   ", EVERY),
        ("()", set()), ("🙂", set()), ("a\x00b", {JAPANESE}), ("x" * 200, set()),
    ],
)  # fmt: skip
def test_a_search_finds_these_and_no_others(names, text, found):
    assert names(text) == found


@pytest.mark.parametrize("member", ["name", "partId", "notes", "subsystem", "assigned", "material", "file"])
def test_each_searched_member_is_found(client, member):
    part = client.post("/api/parts/", {"name": "Other", "category": "cnc"}).get_json()["id"]
    if member == "file":
        db.session.get_one(Part, part).file = "xylophone.step"
        db.session.commit()
    else:
        assert client.patch(f"/api/parts/{part}", {member: "xylophone.step"}).status_code == 200
    for text in ("xylo", "phone", "xy", "xylophone.step"):
        assert client.get(f"/api/parts?search={text}").get_json()["total"] == 1


def test_the_index_follows_each_change(client):
    part = client.post("/api/parts/", {"name": "Sprocket"}).get_json()["id"]

    def total(text):
        return client.get(f"/api/parts?search={text}").get_json()["total"]

    assert (total("sprocket"), total("sp"), total("pulley")) == (1, 1, 0)
    client.patch(f"/api/parts/{part}", {"name": "Pulley 100%", "notes": "was a_sprock"})
    assert (total("sprocket"), total("sp"), total("pulley"), total("pu"), total("%"), total("_")) == (
        0,
        1,
        1,
        1,
        1,
        1,
    )
    client.patch(f"/api/parts/{part}", {"notes": ""})
    assert (total("sp"), total("_")) == (0, 0)
    client.delete(f"/api/parts/{part}")
    assert (total("pulley"), total("pu")) == (0, 0)
    client.post(f"/api/parts/{part}/restore")
    assert (total("pulley"), total("pu")) == (1, 1)
    db.session.execute(db.text("DELETE FROM activity"))
    db.session.execute(db.text("DELETE FROM part"))
    db.session.commit()
    for index in ("part_trigram", "part_words"):
        db.session.execute(db.text(f"INSERT INTO {index}({index}) VALUES ('integrity-check')"))
        assert db.session.execute(db.text(f"SELECT count(*) FROM {index}")).scalar() == 0
