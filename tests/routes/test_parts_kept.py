"""What is kept of a part: its members as they were sent, its versions, its history, and a hidden part for 30 days."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from models import Part, db, utc_now

HTML = "<img src=x onerror=alert(1)>&amp;\"'</script>"
TEXTS = ("name", "partId", "material", "materialThickness", "subsystem", "notes", "storage")
FULL = {
    "name": "Gusset, left", "partId": "26-P-0001", "type": "cnc", "material": "6061-T6", "materialThickness": "6 mm",
    "subsystem": "Arm", "amount": 4, "priority": "high", "dueDate": "2026-03-14", "notes": "deburr\nall edges",
    "onshapeUrl": "https://cad.onshape.com/documents/1?x=y#z", "storage": "Shelf 3",
    "customFields": {"finish": "anodized", "holes": [1, 2.5, None, True], "deep": {"a": {"b": "ü"}}},
}  # fmt: skip


def snake(name):
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


@pytest.mark.parametrize("spelled", [str, snake], ids=["camelCase", "snake_case"])
def test_a_part_keeps_all_that_was_sent(client, spelled):
    sent = {spelled(name): value for name, value in FULL.items()}
    part = client.post("/api/parts/", sent).get_json()
    assert {name: part[name] for name in FULL} == FULL
    assert client.get(f"/api/parts/{part['id']}").get_json() == part


@pytest.mark.parametrize("method", ["put", "patch"])
@pytest.mark.parametrize("spelled", [str, snake], ids=["camelCase", "snake_case"])
def test_a_change_merges_and_leaves_the_rest(client, method, spelled):
    part = client.post("/api/parts/", FULL).get_json()
    change = {"onshapeUrl": None, "materialThickness": "3 mm", "customFields": {"finish": "raw"}}
    answer = getattr(client, method)(f"/api/parts/{part['id']}", {spelled(n): v for n, v in change.items()})
    expected = {**part, **change, "version": part["version"] + 1, "updatedAt": answer.get_json()["updatedAt"]}
    assert answer.get_json() == expected


def test_a_part_has_the_members_of_the_contract(client):
    part = client.post(
        "/api/parts/", {"name": "A", "unknown": 5, "id": 77, "uuid": "mine", "createdAt": "x"}
    ).get_json()
    assert set(part) == {
        "id", "uuid", "partId", "name", "type", "category", "status", "material", "materialThickness", "subsystem",
        "project", "assigned", "claimedDate", "completedAt", "amount", "completedAmount", "priority", "dueDate",
        "notes", "file", "onshapeUrl", "storage", "revision", "model", "newerModel", "customFields", "demo",
        "createdAt", "updatedAt", "version",
    }  # fmt: skip
    assert (part["id"], part["priority"], part["customFields"], part["notes"]) == (1, "normal", {}, "")
    assert part["createdAt"] == part["updatedAt"]
    assert part["createdAt"].endswith("Z")


def test_html_in_every_text_comes_back_as_it_is(client):
    part = client.post("/api/parts/", dict.fromkeys(TEXTS, HTML) | {"customFields": {HTML: HTML}}).get_json()
    assert {part[name] for name in TEXTS} == {HTML}
    assert part["customFields"] == {HTML: HTML}
    path = f"/api/parts/{part['id']}"
    assert client.post(f"{path}/approve", {"type": "cnc", "reviewer": HTML}).status_code == 200
    assert client.post(f"{path}/assign", {"assigned": HTML}).get_json()["assigned"] == HTML
    assert client.post(f"{path}/comments", {"text": HTML}).get_json()["text"] == HTML
    assert client.post(f"{path}/reject", {"reason": HTML}).status_code == 200
    answer = client.get(f"{path}/activity")
    assert (answer.mimetype, answer.get_json()["activity"][0]["note"]) == ("application/json", HTML)
    refusal = client.get(f"/api/parts/categories/{quote(HTML.replace('/', ''))}")
    assert (refusal.status_code, refusal.mimetype) == (404, "application/problem+json")


def test_an_emptied_text_is_null(client):
    part = client.post("/api/parts/", FULL).get_json()["id"]
    changed = client.patch(
        f"/api/parts/{part}", {"subsystem": "  ", "material": "", "notes": "", "onshapeUrl": ""}
    ).get_json()
    assert [changed[n] for n in ("subsystem", "material", "notes", "onshapeUrl")] == [None, None, "", None]


def test_a_project_numbers_its_parts(client, refused):
    client.post("/api/projects", {"name": "Robot", "prefix": "26"})
    numbers = [
        client.post("/api/parts/", {"name": "A", "project": "Robot"}).get_json()["partId"] for _ in range(3)
    ]
    assert numbers == ["26-P-0001", "26-P-0002", "26-P-0003"]
    own = client.post("/api/parts/", {"name": "A", "project": "Robot", "partId": "26-P-0100"}).get_json()
    assert own["partId"] == "26-P-0100"
    client.delete(f"/api/parts/{own['id']}")
    assert client.post("/api/parts/", {"name": "A", "project": "Robot"}).get_json()["partId"] == "26-P-0101"
    body = refused(client.post("/api/parts/", {"name": "A", "project": "Nope"}), 422)
    assert "Robot" in body["details"]["fields"]["project"][0]


@pytest.mark.parametrize(
    ("body", "status"),
    [({"name": "Robot"}, 409), ({"name": " "}, 422), ({"name": "\ud800"}, 422), ({"name": "x" * 101}, 422),
     ({}, 422), ({"name": "B", "prefix": "a-b"}, 422)],
)  # fmt: skip
def test_a_project_needs_a_name_of_its_own(client, refused, body, status):
    assert client.post("/api/projects", {"name": "Robot"}).status_code == 201
    refused(client.post("/api/projects", body), status)


# Lost updates.


def test_a_change_with_a_stale_etag_is_412_and_changes_nothing(client, make_part, refused):
    path = f"/api/parts/{make_part().id}"
    old = client.get(path).headers["ETag"]
    new = client.patch(path, {"notes": "first"}, headers={"If-Match": old}).headers["ETag"]
    assert new != old
    for method, body in (("PUT", {"notes": "x"}), ("PATCH", {"notes": "x"}), ("DELETE", None)):
        refused(client.request(method, path, json=body, headers={"If-Match": old}), 412)
    assert client.get(path).get_json()["notes"] == "first"
    assert client.put(path, {"notes": "second"}, headers={"If-Match": f'"x", {new}'}).status_code == 200
    assert client.patch(path, {"notes": "third"}).status_code == 200
    assert client.delete(path, headers={"If-Match": "*"}).status_code == 200


def test_every_action_moves_the_etag_and_answers_the_new_one(client, make_part):
    path = f"/api/parts/{make_part().id}"
    tags = [client.get(path).headers["ETag"]]
    for action, body in (
        ("approve", {"type": "cnc"}),
        ("assign", {}),
        ("complete", {}),
        ("revert", {}),
        ("unclaim", {}),
    ):
        tags.append(client.post(f"{path}/{action}", body).headers["ETag"])
        assert client.get(path).headers["ETag"] == tags[-1]
    assert len(set(tags)) == 6
    assert client.patch(path, {}).headers["ETag"] == tags[-1]


def test_what_was_read_already_is_304(client, make_part):
    path = f"/api/parts/{make_part().id}"
    tag = client.get(path).headers["ETag"]
    answer = client.get(path, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data) == (304, b"")
    client.patch(path, {"notes": "new"})
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


# Creating twice.


def test_the_same_request_again_answers_the_same_and_makes_one_part(client):
    headers = {"Idempotency-Key": "k1"}
    first, second = (client.post("/api/parts/", {"name": "A"}, headers=headers) for _ in range(2))
    assert second.get_json() == first.get_json()
    assert (second.status_code, second.headers["Location"]) == (201, first.headers["Location"])
    assert (second.headers["ETag"], second.headers["Idempotent-Replayed"]) == (first.headers["ETag"], "true")
    assert client.get("/api/parts").get_json()["total"] == 1


def test_the_same_key_with_another_body_or_address_is_422(client, make_part, refused):
    headers = {"Idempotency-Key": "k1"}
    client.post("/api/parts/", {"name": "A"}, headers=headers)
    refused(client.post("/api/parts/", {"name": "B"}, headers=headers), 422)
    refused(client.post("/api/projects", {"name": "A"}, headers=headers), 422)
    refused(client.post("/api/parts/", {"name": "C"}, headers={"Idempotency-Key": "x" * 201}), 422)
    assert client.get("/api/parts").get_json()["total"] == 1


def test_keys_of_two_people_do_not_meet_and_refusals_are_not_remembered(client, client_as, refused):
    headers = {"Idempotency-Key": "k1"}
    refused(client.post("/api/parts/", {}, headers=headers), 422)
    assert client.post("/api/parts/", {"name": "A"}, headers=headers).status_code == 201
    assert client_as("lead").post("/api/parts/", {"name": "B"}, headers=headers).get_json()["name"] == "B"


# Hidden and brought back.


def test_a_deleted_part_is_gone_until_it_is_restored(client, make_part, refused):
    part = make_part(claimed_by="Ana").id
    before = client.get(f"/api/parts/{part}").get_json()
    assert "30 days" in client.delete(f"/api/parts/{part}").get_json()["message"]
    for answer in (
        client.get(f"/api/parts/{part}"),
        client.delete(f"/api/parts/{part}"),
        client.put(f"/api/parts/{part}", {}),
    ):
        assert refused(answer, 404)["code"] == "part_not_found"
    back = client.post(f"/api/parts/{part}/restore").get_json()
    assert {**back, "version": 0, "updatedAt": 0} == {**before, "version": 0, "updatedAt": 0}


@pytest.mark.parametrize(("days", "status"), [(29.9, 200), (30.1, 404)])
def test_a_deleted_part_can_be_restored_for_30_days(client, make_part, days, status):
    part = make_part().id
    client.delete(f"/api/parts/{part}")
    db.session.get_one(Part, part).deleted_at = utc_now() - timedelta(days=days)
    db.session.commit()
    assert client.post(f"/api/parts/{part}/restore").status_code == status


# History.

WHOLE_WAY: tuple[tuple[str, dict[str, Any]], ...] = (
    ("approve", {"type": "cnc", "reviewer": "Max"}),
    ("assign", {"assigned": "Ana"}),
    ("complete", {"amount": 1}),
    ("complete", {}),
    ("revert", {}),
    ("unclaim", {}),
    ("reject", {"reason": "No."}),
)


def test_each_action_leaves_who_did_what_from_what_to_what(client_as, make_part):
    lea = client_as("lead", "Lea")
    path = f"/api/parts/{make_part(amount=2).id}"
    for action, body in WHOLE_WAY:
        assert lea.post(f"{path}/{action}", body).status_code == 200
    lea.patch(path, {"notes": "new", "amount": 3})
    lea.post(f"{path}/comments", {"text": "Hello"})
    lea.delete(path)
    lea.post(f"{path}/restore")
    entries = lea.get(f"{path}/activity").get_json()["activity"][::-1]
    assert [entry["action"] for entry in entries] == [
        "part.created", "part.approved", "part.claimed", "part.progress", "part.completed", "part.reverted",
        "part.unclaimed", "part.rejected", "part.updated", "part.commented", "part.deleted", "part.restored",
    ]  # fmt: skip
    assert {entry["who"] for entry in entries} == {"Lea"}
    assert all(entry["part"]["name"] == "Gusset" and entry["at"].endswith("Z") for entry in entries)
    claimed, updated = entries[2], entries[8]
    assert claimed["before"] == {"assigned": None, "status": "Approved"}
    assert claimed["after"] == {"assigned": "Ana", "status": "In Progress"}
    assert (updated["before"], updated["after"]) == (
        {"notes": "", "amount": 2},
        {"notes": "new", "amount": 3},
    )
    assert entries[1]["note"] == "Reviewed by Max"


def test_what_changed_nothing_leaves_no_trace(client, make_part):
    path = f"/api/parts/{make_part(claimed_by='Ana').id}"
    before = client.get(f"{path}/activity").get_json()["total"]
    client.patch(path, {"name": "Gusset"})
    client.post(f"{path}/assign", {"assigned": "Ana"})
    client.post(f"{path}/assign", {"assigned": "Ben"})
    assert client.get(f"{path}/activity").get_json()["total"] == before


def test_activity_is_filtered_by_person_and_action_and_holds_no_secret(client, client_as, make_part):
    path = f"/api/parts/{make_part(lane='cnc').id}"
    client_as("maker", "Ana").post(f"{path}/assign", {})
    mine = client.get("/api/activity?who=Ana").get_json()
    assert [entry["action"] for entry in mine["activity"]] == ["part.claimed"]
    assert client.get("/api/activity?action=part.approved").get_json()["total"] == 1
    assert client.get("/api/activity?who=Nobody").get_json()["total"] == 0
    assert client.secret not in client.get("/api/activity").text


def test_words_are_kept_in_order_and_empty_ones_refused(client, client_as, make_part, refused):
    path = f"/api/parts/{make_part().id}/comments"
    assert client_as("maker", "Ana").post(path, {"text": "  Hello\nthere "}).status_code == 201
    client.post(path, {"text": "ü" * 5000})
    found = client.get(path).get_json()["comments"]
    assert [(c["by"], c["text"]) for c in found] == [("Ana", "Hello\nthere"), ("Admin", "ü" * 5000)]
    assert set(found[0]) == {"id", "text", "by", "createdAt"}
    for text in ("", "  ", "x" * 5001, 5, None):
        refused(client.post(path, {"text": text}), 422)
