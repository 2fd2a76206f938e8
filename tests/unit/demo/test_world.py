"""The tables of the demo world hold together before anything is played."""

from collections import Counter

import pytest

from utils.demo.seed import STEP_FOLDER
from utils.demo.world import PARTS, Act

LANE_OF_MACHINE = {
    "Router": "cnc",
    "Mill": "cnc",
    "Laser": "cnc",
    "Printer": "cnc",
    "Lathe": "hand",
    "Bandsaw + drill press": "hand",
    "Assembly bench": "hand",
}

each_part = pytest.mark.parametrize("part", PARTS, ids=lambda part: part.part_id)


def test_numbers_run_without_a_gap_and_names_are_unique():
    assert [part.number for part in PARTS] == list(range(1, len(PARTS) + 1))
    assert max(Counter(part.name for part in PARTS).values()) == 1


def test_every_phase_every_subsystem_and_every_priority_has_parts():
    phases = Counter(part.phase for part in PARTS)
    assert all(phases[phase] >= 9 for phase in ("review", "cnc", "hand", "completed"))
    subsystems = {part.subsystem for part in PARTS}
    assert subsystems == {"Drivetrain", "Intake", "Elevator", "Arm", "Climber", "Electronics"}
    assert {part.priority for part in PARTS} == {"high", "normal", "low"}


def test_every_model_is_there_and_every_file_is_used():
    used = {model for part in PARTS for model in part.models}
    assert used == {file.stem for file in STEP_FOLDER.glob("*.step")}
    assert sum(bool(part.models) for part in PARTS) >= 30


@each_part
def test_the_machine_fits_the_lane(part):
    assert LANE_OF_MACHINE[part.machine] == part.lane
    assert part.phase in ("review", part.lane, "completed")


@each_part
def test_a_history_runs_forward_and_ends_before_now(part):
    days = [part.created, *(step.days_ago for step in part.history)]
    assert days == sorted(days, reverse=True)
    assert days[-1] > 0


@each_part
def test_a_step_says_what_it_needs(part):
    for step in part.history:
        assert step.who
        assert bool(step.model) == (step.act == Act.UPLOAD)
        assert step.words or step.act not in (Act.REJECT, Act.COMMENT)
    assert len(part.notes) <= 200


def test_the_stories_are_in_it():
    assert any((part.due or 0) < 0 and part.phase in ("cnc", "hand") for part in PARTS), "some are late"
    assert any(len(part.models) == 2 for part in PARTS), "one has a newer revision than its maker has"
    assert any(step.act == Act.GIVE_BACK for part in PARTS for step in part.history), "one has earlier hands"
    assert any(step.act == Act.REJECT for part in PARTS for step in part.history), "one was sent back"
