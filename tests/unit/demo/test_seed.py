"""The demo world in a real database: played true, dated back, and gone without a trace."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from config import Settings
from models import (
    Activity,
    Artifact,
    CadModel,
    Claim,
    Comment,
    Event,
    Job,
    JobStatus,
    Part,
    Project,
    db,
)
from utils import revisions, wiring
from utils.demo import seed
from utils.demo.world import PARTS, PROJECT
from utils.parts import stats
from utils.uploads.receive import received

NOW = datetime(2026, 2, 14, 15, 30, tzinfo=UTC)


@pytest.fixture
def world(app):
    """The demo world's parts by their number."""
    assert seed.seed(NOW) == len(PARTS)
    db.session.commit()
    return {part.part_id: part for part in db.session.scalars(select(Part))}


def count(table):
    return db.session.scalar(select(func.count()).select_from(table))


def actions_of(part):
    rows = db.session.scalars(select(Activity).where(Activity.part_id == part.id).order_by(Activity.id))
    return [(row.action, row.who, row.at) for row in rows]


def stored_files():
    folder = wiring.get(Settings).files
    return {file for file in folder.rglob("*") if file.is_file()} if folder.exists() else set()


def test_every_part_ends_where_the_table_says(world):
    assert {number: part.category for number, part in world.items()} == {
        plan.part_id: plan.phase for plan in PARTS
    }
    assert all(part.demo and part.project.name == PROJECT for part in world.values())


def test_machines_dates_and_stock_are_kept(world):
    tee = world["26-P-0004"]
    assert tee.custom_fields == {"machine": "Router"}
    assert (tee.material, tee.material_thickness) == ("6061-T6 plate", "3/16″")
    assert tee.due_date == (NOW - timedelta(days=2)).date()
    assert tee.created_at == NOW - timedelta(days=20.2)


def test_the_past_is_in_the_past_and_in_order(world):
    times = list(db.session.scalars(select(Activity.at).order_by(Activity.id)))
    assert times == sorted(times)
    assert times[-1] < NOW
    assert all(part.created_at <= part.updated_at < NOW for part in world.values())
    assert all(model.created_at < NOW for model in db.session.scalars(select(CadModel)))


def test_one_part_went_through_two_pairs_of_hands(world):
    gusset = world["26-P-0003"]
    did = [(action, who) for action, who, _ in actions_of(gusset)]
    assert did[-6:] == [
        ("part.claimed", "Kwame"),
        ("part.progress", "Kwame"),
        ("part.unclaimed", "Kwame"),
        ("part.commented", "Kwame"),
        ("part.claimed", "Ana"),
        ("part.completed", "Ana"),
    ]
    claims = db.session.scalars(select(Claim).where(Claim.part_id == gusset.id).order_by(Claim.id))
    assert [(claim.person, claim.made) for claim in claims] == [("Kwame", 3), ("Ana", 5)]


def test_one_part_is_completed_in_part(world):
    plate = world["26-P-0002"]
    assert (plate.completed_amount, plate.amount, plate.assigned) == (1, 2, "Priya")


def test_one_part_has_a_newer_revision_than_its_maker_took(world):
    plate = world["26-P-0040"]
    assert [model.file_name for model in plate.models] == ["arm-pivot-plate-b.step", "arm-pivot-plate-a.step"]
    assert plate.models[1].created_at < plate.claimed_date < plate.models[0].created_at


def test_the_leaderboard_tells_of_what_was_made(world):
    board = {row["person"]: row for row in stats.leaderboard()}
    assert board["Leilani"]["rank"] == 1
    assert board["Kwame"]["helped"] == 1
    assert sum(row["finished"] for row in board.values()) == stats.overview()["by_category"]["completed"]


def test_every_file_waits_as_a_normal_job(world):
    jobs = db.session.scalars(select(Job)).all()
    assert len(jobs) == sum(len(plan.models) for plan in PARTS)
    assert all(job.status == JobStatus.QUEUED and job.kind == "step" for job in jobs)


def test_seeding_again_changes_nothing(world):
    assert seed.seed(NOW) == 0
    assert count(Part) == len(PARTS)


def test_removing_leaves_no_row_and_no_file(world):
    assert stored_files()
    assert seed.remove() == len(PARTS)
    db.session.commit()
    for table in (Part, Activity, Claim, Comment, CadModel, Job, Artifact, Project):
        assert count(table) == 0, table.__name__
    assert not stored_files()
    assert set(db.session.scalars(select(Event.topic))) == {"part.deleted"}


def test_removing_an_absent_world_is_no_error(app):
    assert seed.remove() == 0


def test_removing_spares_what_a_person_made(world, lead, make_part):
    mine = make_part(project=PROJECT)
    path = seed.STEP_FOLDER / "corner-gusset.step"
    with received(BytesIO(path.read_bytes()), "mine.step") as file:
        model, _ = revisions.add(mine, file, lead)
    db.session.commit()
    seed.remove()
    db.session.commit()
    assert db.session.scalars(select(Part)).all() == [mine]
    assert mine.part_id == "26-P-0064"
    assert count(Project) == 1
    assert [file.name for file in stored_files()] == [model.sha256]


def test_a_removal_that_is_rolled_back_keeps_every_file(world):
    before = stored_files()
    seed.remove()
    db.session.rollback()
    db.session.commit()
    assert stored_files() == before
    assert count(Part) == len(PARTS)


def test_the_world_comes_back_after_it_was_removed(world):
    seed.remove()
    db.session.commit()
    assert seed.seed(NOW) == len(PARTS)
