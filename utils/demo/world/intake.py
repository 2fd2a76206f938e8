"""Intake: arms, rollers, panels, pulleys."""

from utils.demo.world.records import (
    DELRIN_BLACK,
    HEX_SHAFT,
    NYLON,
    PETG,
    POLYCARBONATE,
    TUBE_2X1,
    DemoPart,
    Stock,
    approved,
    claimed,
    made,
    rejected,
    said,
)

PARTS = (
    DemoPart(
        28, "Intake side plate", "Intake", POLYCARBONATE, "cnc", "completed", 13.2, "Router",
        (approved(12.1), claimed("Priya", 8.2), made("Priya", 5.3, storage="Flat shelf, film still on")),
        amount=4, model="intake-side-plate",
        notes="Never on the laser: polycarbonate burns and its fumes are bad. Router, single flute, plenty of air.",
    ),
    DemoPart(
        29, "Intake roller mount", "Intake", DELRIN_BLACK, "cnc", "cnc", 12.1, "Mill",
        (approved(11.2), claimed("Ana", 1.1)), amount=4, model="intake-roller-mount", due=2,
    ),
    DemoPart(
        30, "Intake roller tube, 14 in", "Intake", Stock("Polycarbonate tube, 2″", "1/8″"), "hand", "completed",
        12.0, "Bandsaw + drill press", (approved(11.2), claimed("Youssef", 6.4), made("Youssef", 4.4)),
        amount=3, model="intake-roller-tube", notes="Drill at low speed with a step bit, or it cracks.",
    ),
    DemoPart(
        31, "Roller end plug", "Intake", NYLON, "cnc", "cnc", 11.3, "Printer",
        (approved(10.1), claimed("Leilani", 2.2), made("Leilani", 1.3, 2), made("Leilani", 0.2, 2)),
        amount=6, model="roller-end-plug", designer="Leilani", due=1,
    ),
    DemoPart(
        32, "Belt pulley 18T, HTD 5 mm", "Intake", NYLON, "cnc", "completed", 11.2, "Printer",
        (approved(10.1), claimed("Haruki", 7.4), made("Haruki", 6.1, storage="Drawer 3")),
        amount=4, model="belt-pulley-18t", notes="0.12 mm layers; the teeth are the part.",
    ),
    DemoPart(
        33, "Hopper side panel", "Intake", POLYCARBONATE, "cnc", "cnc", 8.3, "Router", (approved(6.2),),
        amount=2, model="hopper-side-panel", due=2, notes="Clear sheet from the second rack, not the tinted one.",
    ),
    DemoPart(
        34, "Intake ramp", "Intake", POLYCARBONATE, "cnc", "review", 8.2, "Router",
        (
            approved(6.2), claimed("Noor", 5.3),
            rejected(4.1, "The finger cut-outs hit the second roller in the down position. Move them 15 mm out."),
            said("Ravi", 2.2, "Moved and widened, new file tomorrow."),
        ),
        model="intake-ramp", due=4,
    ),
    DemoPart(
        35, "Intake pivot shaft, 15 in", "Intake", HEX_SHAFT, "hand", "hand", 9.2, "Lathe",
        (approved(8.3), claimed("Ingrid", 0.6)), due=2,
    ),
    DemoPart(
        36, "Roller shaft, 14.5 in", "Intake", HEX_SHAFT, "hand", "completed", 9.3, "Lathe",
        (approved(8.3), claimed("Ingrid", 3.1), made("Ingrid", 0.7)), amount=3,
    ),
    DemoPart(
        37, "Intake cross tube", "Intake", TUBE_2X1, "hand", "hand", 7.2, "Bandsaw + drill press", (approved(5.4),),
        due=3,
    ),
    DemoPart(
        38, "Compliant wheel spacer", "Intake", PETG, "cnc", "completed", 8.1, "Printer",
        (approved(7.2), claimed("Kwame", 4.3), made("Kwame", 2.2, 6), made("Kwame", 1.4)), amount=12,
    ),
    DemoPart(
        39, "Beam break bracket", "Intake", PETG, "cnc", "review", 0.8, "Printer", amount=2, designer="Haruki",
        notes="Sensor must see across the whole hopper. Printed a draft, it fits.",
    ),
)  # fmt: skip
