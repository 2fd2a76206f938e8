"""The season as plain tables: every part of the demo world, by subsystem."""

from utils.demo.world import arm, climber, drivetrain, electronics, elevator, intake
from utils.demo.world.records import PREFIX, PROJECT, Act, DemoPart, Step

PARTS: tuple[DemoPart, ...] = (
    *drivetrain.PARTS,
    *elevator.PARTS,
    *intake.PARTS,
    *arm.PARTS,
    *climber.PARTS,
    *electronics.PARTS,
)

__all__ = ["PARTS", "PREFIX", "PROJECT", "Act", "DemoPart", "Step"]
