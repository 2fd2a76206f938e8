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
