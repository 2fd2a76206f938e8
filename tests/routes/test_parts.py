"""The rules of the part resource: making, reading, changing, hiding, bringing back."""

from datetime import timedelta

from models import db, utc_now
from utils.parts import edit


def test_a_new_part_starts_in_review_and_says_where_it_is(client):
    answer = client.post("/api/parts/", {"name": "Gusset, left"})
    assert answer.status_code == 201
    part = answer.get_json()
    assert (part["category"], part["status"], part["amount"]) == ("review", "Pending", 1)
    assert client.get(answer.headers["Location"]).get_json()["id"] == part["id"]


def test_an_id_is_never_used_again(client):
    first = client.post("/api/parts/", {"name": "A"}).get_json()["id"]
    client.delete(f"/api/parts/{first}")
    assert client.post("/api/parts/", {"name": "B"}).get_json()["id"] > first


def test_a_maker_notes_what_happened_but_does_not_change_what_is_made(client, client_as, make_part):
    part = make_part(lane="cnc").id
    maker = client_as("maker", "Ana")
    assert (
        maker.patch(f"/api/parts/{part}", {"notes": "Second hole is 0.1 off", "storage": "Bin 4"}).status_code
        == 200
    )
    refused = maker.patch(f"/api/parts/{part}", {"amount": 9, "notes": "Changed"})
    assert refused.status_code == 403
    assert client.get(f"/api/parts/{part}").get_json()["notes"] == "Second hole is 0.1 off"


def test_the_feed_stands_in_the_order_of_time_whatever_was_written_first(client, make_part, lead):
    part = make_part(name="Gusset")
    now = utc_now()
    for days in (1, 5, 3):
        edit.comment(part, f"{days} days ago", lead, at=now - timedelta(days=days))
    db.session.commit()
    feed = client.get(f"/api/parts/{part.id}/activity?limit=3").get_json()
    rest = client.get(f"/api/parts/{part.id}/activity?cursor={feed['nextCursor']}").get_json()
    notes = [entry["note"] for entry in feed["activity"] + rest["activity"] if entry["note"]]
    assert notes == ["1 days ago", "3 days ago", "5 days ago"]
