"""The rules of the part resource: making, reading, changing, hiding, bringing back."""


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
