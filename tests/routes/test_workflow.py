"""The workflow's table, row by row: what each action makes of a part, and from where it is refused."""

import pytest

MOVING = ("category", "status", "assigned", "completedAmount")
BODIES = {
    "approve": {"type": "cnc"},
    "assign": {"assigned": "Ben"},
    "unclaim": {},
    "complete": {},
    "revert": {},
    "reject": {"reason": "A hole is missing."},
}
ALLOWED = {
    "approve": {"review"},
    "assign": {"cnc", "hand"},
    "unclaim": {"cnc, claimed"},
    "complete": {"cnc", "hand", "cnc, claimed"},
    "revert": {"completed"},
    "reject": {"cnc", "hand", "cnc, claimed"},
}
PLACES = ("review", "cnc", "hand", "cnc, claimed", "completed")
FROM = {
    "approve": "in review",
    "assign": "in cnc or hand",
    "unclaim": "in cnc or hand that somebody has",
    "complete": "in cnc or hand",
    "revert": "in completed",
    "reject": "in cnc or hand",
}


def moved(part):
    return tuple(part[name] for name in MOVING)


@pytest.mark.parametrize(
    ("place", "action", "body", "outcome"),
    [
        ("review", "approve", {"type": "cnc"}, ("cnc", "Approved", None, 0)),
        ("review", "approve", {"type": "hand", "reviewer": "Lea"}, ("hand", "Approved", None, 0)),
        ("cnc", "assign", {"assigned": "Ben"}, ("cnc", "In Progress", "Ben", 0)),
        ("hand", "assign", {"assigned": "Ben"}, ("hand", "In Progress", "Ben", 0)),
        ("cnc", "assign", {}, ("cnc", "In Progress", "Admin", 0)),
        ("cnc, claimed", "assign", {"assigned": "Ana"}, ("cnc", "In Progress", "Ana", 0)),
        ("cnc, claimed", "unclaim", {}, ("cnc", "Already Started", None, 0)),
        ("cnc, claimed", "complete", {"amount": 2}, ("cnc", "In Progress", "Ana", 2)),
        ("hand", "complete", {"amount": 1}, ("hand", "In Progress", None, 1)),
        ("cnc, claimed", "complete", {}, ("completed", "Completed", "Ana", 5)),
        ("cnc, claimed", "complete", {"amount": 5}, ("completed", "Completed", "Ana", 5)),
        ("hand", "complete", {}, ("completed", "Completed", "Admin", 5)),
        ("completed", "revert", {}, ("cnc", "In Progress", "Ana", 0)),
        ("cnc", "reject", {"reason": "Wrong hole."}, ("review", "Pending", None, 0)),
        ("cnc, claimed", "reject", {"reason": "Wrong hole."}, ("review", "Pending", None, 0)),
    ],
)
def test_an_allowed_action_leads_where_the_table_says(client, part_in, place, action, body, outcome):
    part = part_in(place, amount=5)
    answer = client.post(f"/api/parts/{part}/{action}", body)
    assert answer.status_code == 200
    assert moved(answer.get_json()) == outcome
    assert moved(client.get(f"/api/parts/{part}").get_json()) == outcome


@pytest.mark.parametrize(
    ("place", "action"),
    [(p, a) for a in ALLOWED for p in PLACES if p not in ALLOWED[a]],
)
def test_a_forbidden_action_is_409_that_says_from_where_it_is_possible(
    client, part_in, refused, place, action
):
    part = part_in(place)
    before = client.get(f"/api/parts/{part}").get_json()
    body = refused(client.post(f"/api/parts/{part}/{action}", BODIES[action]), 409)
    if (place, action) == ("cnc, claimed", "assign"):
        assert body["code"] == "part_already_claimed"
    else:
        assert body["code"] == "wrong_phase"
        assert FROM[action] in body["detail"]
        assert body["details"]["possibleFrom"] in body["detail"]
    assert client.get(f"/api/parts/{part}").get_json() == before


def test_a_part_is_approved_by_the_type_that_it_has_already(client, part_in, refused):
    typed, untyped = part_in("review", type="hand"), part_in("review")
    assert client.post(f"/api/parts/{typed}/approve").get_json()["category"] == "hand"
    body = refused(client.post(f"/api/parts/{untyped}/approve"), 422)
    assert "type" in body["details"]["fields"]


def test_claiming_tells_who_has_it_and_since_when(client, part_in, refused):
    part = part_in("cnc, claimed")
    body = refused(client.post(f"/api/parts/{part}/assign", {"assigned": "Ben"}), 409)
    since = client.get(f"/api/parts/{part}").get_json()["claimedDate"]
    assert body["details"]["assigned"] == "Ana"
    assert body["details"]["claimedDate"][:19] == since[:19]
    assert "Ana" in body["detail"]


def test_claiming_again_by_the_same_person_changes_nothing(client, part_in):
    part = part_in("cnc, claimed")
    before = client.get(f"/api/parts/{part}").get_json()
    assert client.post(f"/api/parts/{part}/assign", {"assigned": "Ana"}).get_json() == before


def test_a_claim_has_its_date_and_a_finished_part_too(client, part_in):
    part = part_in("cnc")
    claimed = client.post(f"/api/parts/{part}/assign", {}).get_json()
    assert claimed["claimedDate"].endswith("Z")
    assert claimed["completedAt"] is None
    done = client.post(f"/api/parts/{part}/complete", {"storage": "Shelf 3"}).get_json()
    assert done["completedAt"].endswith("Z")
    assert (done["claimedDate"], done["storage"]) == (claimed["claimedDate"], "Shelf 3")
    again = client.post(f"/api/parts/{part}/revert").get_json()
    assert (again["completedAt"], again["claimedDate"]) == (None, claimed["claimedDate"])


def test_pieces_are_finished_some_at_a_time(client, part_in):
    part = part_in("cnc, claimed", amount=5)
    after = [client.post(f"/api/parts/{part}/complete", {"amount": n}).get_json() for n in (1, 3, 1)]
    assert [p["completedAmount"] for p in after] == [1, 4, 5]
    assert [p["category"] for p in after] == ["cnc", "cnc", "completed"]


@pytest.mark.parametrize("amount", [0, -1, 4, 10**12, 1.5, "two", "4", True])
def test_more_pieces_than_are_left_or_no_number_is_422(client, part_in, refused, amount):
    part = part_in("cnc, claimed", amount=5)
    client.post(f"/api/parts/{part}/complete", {"amount": 2})
    body = refused(client.post(f"/api/parts/{part}/complete", {"amount": amount}), 422)
    assert "amount" in body["details"]["fields"]
    assert client.get(f"/api/parts/{part}").get_json()["completedAmount"] == 2


def test_a_reverted_part_that_nobody_made_is_already_started(client):
    part = client.post("/api/parts/", {"name": "Old", "category": "completed"}).get_json()
    reverted = client.post(f"/api/parts/{part['id']}/revert").get_json()
    assert moved(reverted) == ("hand", "Already Started", None, 0)


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": "  \n "}, {"reason": None}])
def test_sending_back_needs_a_reason(client, part_in, refused, body):
    part = part_in("cnc")
    assert "reason" in refused(client.post(f"/api/parts/{part}/reject", body), 422)["details"]["fields"]
    assert client.get(f"/api/parts/{part}").get_json()["category"] == "cnc"


def test_the_reason_stands_in_the_activity(client, part_in):
    part = part_in("cnc, claimed")
    client.post(f"/api/parts/{part}/reject", {"reason": "The bore is 8.1 mm."})
    newest = client.get(f"/api/parts/{part}/activity").get_json()["activity"][0]
    assert (newest["action"], newest["note"]) == ("part.rejected", "The bore is 8.1 mm.")


@pytest.mark.parametrize(("place", "action"), [("cnc, claimed", "unclaim"), ("completed", "revert")])
@pytest.mark.parametrize(
    ("role", "name", "status"), [("maker", "Ana", 200), ("maker", "Ben", 403), ("lead", "Lea", 200)]
)
def test_giving_back_and_taking_back_is_for_the_holder_or_a_lead(
    client_as, part_in, place, action, role, name, status
):
    part = part_in(place)
    assert client_as(role, name).post(f"/api/parts/{part}/{action}").status_code == status


def test_the_worker_log_stays_after_giving_back(client, part_in):
    part = part_in("cnc, claimed")
    client.post(f"/api/parts/{part}/unclaim")
    client.post(f"/api/parts/{part}/assign", {"assigned": "Ben"})
    client.post(f"/api/parts/{part}/complete")
    board = client.get("/api/parts/leaderboard").get_json()["leaderboard"]
    assert {row["person"]: row["points"] for row in board} == {"Ben": 1, "Ana": 0.5}


def test_pieces_that_nobody_claimed_count_for_who_finished_them(client, client_as, part_in):
    part = part_in("hand", amount=3)
    client_as("maker", "Ben").post(f"/api/parts/{part}/complete", {"amount": 2})
    assert client.post(f"/api/parts/{part}/assign", {"assigned": "Ana"}).status_code == 200
    client.post(f"/api/parts/{part}/complete")
    top = client.get("/api/parts/stats/detailed").get_json()["topContributors"]
    assert top == [{"person": "Ben", "pieces": 2}, {"person": "Ana", "pieces": 1}]


# The same table, reached by changing members.


@pytest.mark.parametrize("method", ["put", "patch"])
@pytest.mark.parametrize(
    ("place", "change", "outcome"),
    [
        ("review", {"category": "hand"}, ("hand", "Approved", None, 0)),
        ("review", {"category": "cnc", "status": "Approved"}, ("cnc", "Approved", None, 0)),
        ("cnc", {"assigned": "Ben"}, ("cnc", "In Progress", "Ben", 0)),
        ("cnc", {"assigned": "Ben", "status": "In Progress"}, ("cnc", "In Progress", "Ben", 0)),
        ("cnc, claimed", {"assigned": None}, ("cnc", "Already Started", None, 0)),
        ("cnc, claimed", {"assigned": ""}, ("cnc", "Already Started", None, 0)),
        ("cnc, claimed", {"status": "Already Started"}, ("cnc", "Already Started", None, 0)),
        ("cnc, claimed", {"category": "completed"}, ("completed", "Completed", "Ana", 1)),
        ("cnc, claimed", {"status": "Completed"}, ("completed", "Completed", "Ana", 1)),
        ("completed", {"category": "cnc"}, ("cnc", "In Progress", "Ana", 0)),
        ("completed", {"category": "cnc", "status": "In Progress"}, ("cnc", "In Progress", "Ana", 0)),
        ("cnc, claimed", {"category": "cnc", "status": "In Progress", "assigned": "Ana"}, None),
    ],
)
def test_changing_members_moves_a_part_as_the_action_would(client, part_in, method, place, change, outcome):
    part = part_in(place)
    before = client.get(f"/api/parts/{part}").get_json()
    answer = getattr(client, method)(f"/api/parts/{part}", change)
    assert answer.status_code == 200
    assert moved(answer.get_json()) == (outcome or moved(before))


@pytest.mark.parametrize("method", ["put", "patch"])
@pytest.mark.parametrize(
    ("place", "change"),
    [
        ("review", {"category": "completed"}),
        ("review", {"status": "In Progress"}),
        ("review", {"assigned": "Ben"}),
        ("review", {"category": "cnc", "assigned": "Ben"}),
        ("review", {"category": "cnc", "status": "Completed"}),
        ("cnc", {"category": "hand"}),
        ("cnc", {"category": "review"}),
        ("cnc", {"status": "Pending"}),
        ("cnc", {"status": "In Progress"}),
        ("cnc", {"status": "Already Started"}),
        ("cnc", {"type": "hand"}),
        ("cnc, claimed", {"assigned": "Ben"}),
        ("cnc, claimed", {"status": "Approved"}),
        ("cnc, claimed", {"category": "completed", "assigned": None}),
        ("completed", {"category": "review"}),
        ("completed", {"category": "hand"}),
        ("completed", {"assigned": "Ben"}),
        ("completed", {"status": "Pending"}),
        ("completed", {"type": "hand"}),
        ("completed", {"amount": 7}),
    ],
)
def test_a_change_that_the_table_does_not_know_is_409_and_changes_nothing(
    client, part_in, refused, method, place, change
):
    part = part_in(place)
    before = client.get(f"/api/parts/{part}").get_json()
    body = refused(getattr(client, method)(f"/api/parts/{part}", {**change, "notes": "changed"}), 409)
    assert before["name"] in body["detail"]
    assert client.get(f"/api/parts/{part}").get_json() == before


def test_a_maker_cannot_approve_by_changing_the_category(client_as, part_in, refused):
    part = part_in("review")
    refused(client_as("maker").patch(f"/api/parts/{part}", {"category": "cnc"}), 403)


@pytest.mark.parametrize("place", PLACES)
def test_what_was_read_can_be_sent_back_whole(client, part_in, place):
    part = part_in(place, notes="as it is", subsystem="Arm")
    before = client.get(f"/api/parts/{part}").get_json()
    assert client.put(f"/api/parts/{part}", before).get_json() == before


@pytest.mark.parametrize("amount", [2, 3])
def test_fewer_pieces_than_are_made_cannot_be_asked_for(client, part_in, refused, amount):
    part = part_in("cnc, claimed", amount=5)
    client.post(f"/api/parts/{part}/complete", {"amount": 3})
    refused(client.patch(f"/api/parts/{part}", {"amount": amount}), 422)
    assert client.patch(f"/api/parts/{part}", {"amount": 4}).get_json()["amount"] == 4


# Imports may start anywhere in the table, but nowhere beside it.


@pytest.mark.parametrize(
    ("sent", "outcome"),
    [
        ({}, ("review", "Pending", None, 0)),
        ({"category": "cnc"}, ("cnc", "Approved", None, 0)),
        ({"category": "hand", "status": "Already Started"}, ("hand", "Already Started", None, 0)),
        ({"category": "cnc", "assigned": "Ana"}, ("cnc", "In Progress", "Ana", 0)),
        ({"category": "completed", "amount": 4, "assigned": "Ana"}, ("completed", "Completed", "Ana", 4)),
    ],
)
def test_an_import_is_taken_where_it_stands(client, sent, outcome):
    answer = client.post("/api/parts/", {"name": "Imported", **sent})
    assert answer.status_code == 201
    assert moved(answer.get_json()) == outcome


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        ({"assigned": "Ana"}, {"assigned"}),
        ({"status": "Completed", "assigned": "Ana"}, {"status", "assigned"}),
        ({"category": "cnc", "type": "hand", "status": "Pending"}, {"status", "type"}),
        ({"category": "completed", "status": "In Progress"}, {"status"}),
    ],
)
def test_an_import_beside_the_table_is_422(client, refused, sent, fields):
    body = refused(client.post("/api/parts/", {"name": "Imported", **sent}), 422)
    assert set(body["details"]["fields"]) == fields


def test_a_form_may_send_its_numbers_as_digits(client):
    sent = client.request("POST", "/api/parts/", data={"name": "Spacer", "amount": "3"})
    assert (sent.status_code, sent.get_json()["amount"]) == (201, 3)


def test_a_lane_and_another_type_at_once_are_a_contradiction(client, make_part):
    part = make_part().id
    answer = client.patch(f"/api/parts/{part}", {"category": "hand", "type": "cnc"})
    assert (answer.status_code, list(answer.get_json()["details"]["fields"])) == (422, ["type"])
