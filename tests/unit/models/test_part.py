"""A part's rules about its own row, and how revisions are lettered."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from models import CadModel, Job, JobStatus, Part, db
from models.base import UtcDateTime
from models.cad_model import revision_letter
from models.errors import Conflict


@pytest.mark.parametrize(
    ("number", "letters"),
    [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (702, "ZZ"), (703, "AAA")],
)
def test_revisions_are_lettered_like_columns(number, letters):
    assert revision_letter(number) == letters


@pytest.mark.parametrize(
    ("statuses", "current", "newer"),
    [([], None, None), (["ready"], 1, None), (["ready", "failed"], 1, 2), (["ready", "pending"], 1, 2),
     (["ready", "failed", "ready"], 3, None), (["failed"], None, 1), (["failed", "ready", "failed", "pending"], 2, 4)],
)  # fmt: skip
def test_the_newest_good_revision_is_current_and_a_later_one_is_named(make_part, statuses, current, newer):
    part = make_part()
    for number, status in enumerate(statuses, 1):
        db.session.add(
            CadModel(
                part_id=part.id,
                number=number,
                status=status,
                file_name="a",
                sha256="",
                bytes=1,
                storage_key="a",
            )
        )
    db.session.commit()
    found = db.session.get_one(Part, part.id)
    assert (found.model and found.model.number, found.newer_model and found.newer_model.number) == (
        current,
        newer,
    )
    assert found.revision == (revision_letter(current) if current else None)


def test_times_are_kept_in_utc_and_refused_without_a_zone(make_part):
    part = make_part()
    noon = datetime(2026, 3, 2, 12, tzinfo=timezone(timedelta(hours=-5)))
    part.completed_at = noon
    db.session.commit()
    assert part.completed_at == noon
    assert part.completed_at.tzinfo is UTC
    with pytest.raises(ValueError, match="without a zone"):
        UtcDateTime().process_bind_param(datetime(2026, 3, 2), db.engine.dialect)


@pytest.mark.parametrize("status", JobStatus)
def test_a_job_is_canceled_while_it_is_not_over_and_tried_again_only_when_it_left_something_to_do(status):
    over = status in ("completed", "failed", "canceled", "expired")
    job = Job(kind="step", status=status)
    assert job.is_over == over
    if over:
        with pytest.raises(Conflict):
            job.request_cancel(datetime.now(UTC))
    else:
        job.request_cancel(datetime.now(UTC))
        assert job.status == ("running" if status == "running" else "canceled")
    job = Job(kind="step", status=status, error_code="x", attempts=3)
    if status in ("failed", "canceled", "expired"):
        job.retry()
        assert (job.status, job.error_code, job.attempts) == ("queued", None, 0)
    else:
        with pytest.raises(Conflict):
            job.retry()
    if status == "completed":
        job.retry(unfinished=True)
        assert job.status == "queued"
