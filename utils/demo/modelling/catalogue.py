"""Every STEP file of the demo world: its key (the file's name), what models it, and the file's unit."""

from collections.abc import Callable
from functools import partial
from typing import Literal, NamedTuple

from . import gearbox, milled, plates, printed, toothed
from .product import Group, Solid

Unit = Literal["MM", "INCH"]


class Recipe(NamedTuple):
    """How one file is made."""

    make: Callable[[], Solid | Group]
    unit: Unit = "MM"


FILES: dict[str, Recipe] = {
    "arm-drive-link": Recipe(plates.arm_link),
    "arm-hard-stop": Recipe(milled.hard_stop),
    "arm-pivot-plate-a": Recipe(plates.arm_pivot_plate),
    "arm-pivot-plate-b": Recipe(partial(plates.arm_pivot_plate, "B")),
    "belt-pulley-18t": Recipe(toothed.belt_pulley),
    "bumper-bracket": Recipe(milled.bumper_bracket, "INCH"),
    "cable-chain-clip": Recipe(printed.cable_chain_clip),
    "camera-mount": Recipe(printed.camera_mount),
    "climber-hook": Recipe(plates.climber_hook, "INCH"),
    "controller-cover": Recipe(printed.controller_cover),
    "corner-gusset": Recipe(plates.corner_gusset, "INCH"),
    "drive-bearing-block": Recipe(milled.bearing_block, "INCH"),
    "drive-side-plate": Recipe(plates.drive_side_plate, "INCH"),
    "electronics-tray": Recipe(plates.electronics_tray),
    "elevator-bearing-bracket": Recipe(plates.elevator_bearing_bracket),
    "elevator-carriage-plate": Recipe(plates.carriage_plate),
    "encoder-mount": Recipe(printed.encoder_mount),
    "frame-tube-2x1": Recipe(milled.frame_tube, "INCH"),
    "gearbox": Recipe(gearbox.gearbox),
    "gearbox-plate-inner": Recipe(gearbox.inner_plate),
    "gearbox-plate-outer": Recipe(gearbox.outer_plate),
    "hex-shaft": Recipe(milled.hex_shaft, "INCH"),
    "hex-spacer": Recipe(milled.hex_spacer, "INCH"),
    "hopper-side-panel": Recipe(plates.hopper_panel),
    "intake-ramp": Recipe(plates.intake_ramp),
    "intake-roller-mount": Recipe(milled.roller_mount),
    "intake-roller-tube": Recipe(milled.roller_tube, "INCH"),
    "intake-side-plate": Recipe(plates.intake_side_plate),
    "motor-mount-plate": Recipe(plates.motor_mount_plate),
    "roller-end-plug": Recipe(printed.roller_plug),
    "sprocket-22t": Recipe(toothed.sprocket, "INCH"),
    "standoff-m4": Recipe(milled.standoff),
    "tee-gusset": Recipe(plates.tee_gusset, "INCH"),
    "winch-drum": Recipe(milled.winch_drum),
}
