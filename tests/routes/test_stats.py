"""Statistics: numbers that a person can count after, also when there is nothing to count."""

from datetime import UTC, datetime, timedelta

import pytest

from models import Part, db
from models.actor import Actor
from utils.parts import edit, lifecycle

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.fixture
def season(app, lead):
    """Made by hand: six parts of 1 to 6 pieces, three of them finished after 4, 30 and 200 hours."""

    def part(n, **more):
        return edit.create(
            {"name": f"P{n}", "amount": n, "subsystem": "Arm" if n % 2 else "Drive", **more}, lead, at=MONDAY
        )

    part(1)
    approved = lifecycle.approve(part(2), "hand", lead)
    lifecycle.assign(lifecycle.approve(part(3), "cnc", lead), "Ana", lead)
    for n, hours, hands in (
        (4, 4, ["Ana"]),
        (5, 30, ["Ben", "Ana"]),
        (6, 200, ["Ben", "Cleo", "Ben", "Ana"]),
    ):
        made = lifecycle.approve(part(n), "cnc", lead)
        for person in hands[:-1]:
            lifecycle.assign(made, person, Actor(person))
            lifecycle.unclaim(made, Actor(person))
        lifecycle.assign(made, hands[-1], Actor(hands[-1]))
        lifecycle.complete(made, None, lead, at=MONDAY + timedelta(hours=hours))
    lifecycle.complete(approved, 1, Actor("Dan"), at=MONDAY)
    edit.delete(part(50, category="completed", assigned="Ana"), lead)
    db.session.commit()


def test_without_a_part_everything_is_zero(client):
    assert client.get("/api/parts/stats").get_json() == {
        "by_category": {"review": 0, "cnc": 0, "hand": 0, "completed": 0},
        "by_status": {"pending": 0, "in_progress": 0, "completed": 0},
        "assignment": {"assigned": 0, "unassigned": 0},
        "total": 0,
    }
    detailed = client.get("/api/parts/stats/detailed").get_json()
    assert detailed["totals"] == {
        "parts": 0,
        "pieces": 0,
        "piecesCompleted": 0,
        "piecesLeft": 0,
        "completedShare": 0.0,
    }
    hours = detailed["hoursToCompletion"]
    assert (hours["count"], hours["mean"], hours["median"]) == (0, None, None)
    assert {slot["count"] for slot in hours["distribution"]} == {0}
    assert (
        detailed["byType"]
        == detailed["bySubsystem"]
        == detailed["byWeek"]
        == detailed["topContributors"]
        == []
    )
    assert client.get("/api/parts/leaderboard").get_json() == {"leaderboard": []}


def test_the_counts_say_where_the_work_stands(client, season):
    assert client.get("/api/parts/stats").get_json() == {
        "by_category": {"review": 1, "cnc": 1, "hand": 1, "completed": 3},
        "by_status": {"pending": 1, "in_progress": 2, "completed": 3},
        "assignment": {"assigned": 4, "unassigned": 2},
        "total": 6,
    }


def test_totals_are_weighted_by_amount(client, season):
    detailed = client.get("/api/parts/stats/detailed").get_json()
    assert detailed["totals"] == {
        "parts": 6, "pieces": 21, "piecesCompleted": 16, "piecesLeft": 5, "completedShare": round(16 / 21, 4),
    }  # fmt: skip
    assert {row["value"]: (row["parts"], row["pieces"], row["piecesCompleted"]) for row in detailed["byType"]} == {
        "cnc": (4, 18, 15), "hand": (1, 2, 1), None: (1, 1, 0),
    }  # fmt: skip
    assert {row["value"]: (row["parts"], row["pieces"], row["piecesCompleted"]) for row in detailed["bySubsystem"]} == {
        "Arm": (3, 9, 5), "Drive": (3, 12, 11),
    }  # fmt: skip
    assert detailed["topContributors"] == [{"person": "Ana", "pieces": 15}, {"person": "Dan", "pieces": 1}]


def test_hours_to_completion_are_counted_from_the_parts_creation(client, season):
    hours = client.get("/api/parts/stats/detailed").get_json()["hoursToCompletion"]
    assert (hours["count"], hours["mean"], hours["median"]) == (3, 78.0, 30.0)
    assert {s["upToHours"]: s["count"] for s in hours["distribution"]} == {
        8: 1, 24: 0, 72: 1, 168: 0, 336: 1, 720: 0, None: 0,
    }  # fmt: skip


def test_the_median_of_an_even_count_lies_between_the_middle_two(client, season, lead):
    extra = lifecycle.approve(edit.create({"name": "P7"}, lead, at=MONDAY), "cnc", lead)
    lifecycle.complete(extra, None, lead, at=MONDAY + timedelta(hours=50))
    db.session.commit()
    assert client.get("/api/parts/stats/detailed").get_json()["hoursToCompletion"]["median"] == 40.0


def test_weeks_begin_on_monday(client, season):
    assert client.get("/api/parts/stats/detailed").get_json()["byWeek"] == [
        {"week": "2026-03-02", "parts": 2, "pieces": 9},
        {"week": "2026-03-09", "parts": 1, "pieces": 6},
    ]


@pytest.mark.parametrize(
    ("day", "week"), [(0, "2026-03-02"), (6, "2026-03-02"), (7, "2026-03-09"), (-1, "2026-02-23")]
)
def test_each_day_belongs_to_the_monday_before(client, make_part, day, week):
    part = make_part(done=True)
    db.session.get_one(Part, part.id).completed_at = MONDAY + timedelta(days=day)
    db.session.commit()
    assert client.get("/api/parts/stats/detailed").get_json()["byWeek"][0]["week"] == week


def test_a_finished_part_is_a_point_and_earlier_hands_on_it_half_a_one(client, season):
    assert client.get("/api/parts/leaderboard").get_json()["leaderboard"] == [
        {"rank": 1, "person": "Ana", "finished": 3, "helped": 0, "points": 3.0},
        {"rank": 2, "person": "Ben", "finished": 0, "helped": 2, "points": 1.0},
        {"rank": 3, "person": "Cleo", "finished": 0, "helped": 1, "points": 0.5},
    ]


def test_nobody_has_points_for_what_was_taken_back(client, season):
    for part in client.get("/api/parts?category=completed").get_json()["parts"]:
        client.post(f"/api/parts/{part['id']}/revert")
    assert client.get("/api/parts/leaderboard").get_json() == {"leaderboard": []}
    top = client.get("/api/parts/stats/detailed").get_json()["topContributors"]
    assert top == [{"person": "Dan", "pieces": 1}]
