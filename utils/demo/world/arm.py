"""Arm: pivot, links, wrist."""

from utils.demo.world.records import (
    BAR,
    DELRIN_WHITE,
    HEX_SHAFT,
    PETG,
    PLATE_1_4,
    PLATE_3_16,
    TUBE_2X1,
    DemoPart,
    Stock,
    approved,
    claimed,
    made,
    said,
    uploaded,
)

PARTS = (
    DemoPart(
        40, "Arm pivot plate", "Arm", PLATE_1_4, "cnc", "cnc", 11.1, "Router",
        (
            approved(9.2), claimed("Ingrid", 3.4), uploaded("Ravi", 1.1, "arm-pivot-plate-b"),
            said("Ravi", 1.0, "Revision B: wider bolt circle for the new sprocket. Plates already cut go to practice."),
        ),
        amount=2, model="arm-pivot-plate-a", priority="high", due=1,
    ),
    DemoPart(
        41, "Arm drive link", "Arm", PLATE_1_4, "cnc", "cnc", 10.3, "Router", (approved(9.2),),
        amount=2, model="arm-drive-link", priority="high", due=-3,
    ),
    DemoPart(
        42, "Arm hard stop", "Arm", DELRIN_WHITE, "cnc", "completed", 10.2, "Mill",
        (approved(9.1), claimed("Haruki", 5.4), made("Haruki", 3.3, storage="Bin 12")),
        amount=4, model="arm-hard-stop",
    ),
    DemoPart(
        43, "Arm tube, 24 in", "Arm", TUBE_2X1, "hand", "hand", 9.4, "Bandsaw + drill press",
        (approved(8.1), claimed("Youssef", 0.5)), amount=2, due=2,
    ),
    DemoPart(
        44, "Arm hex shaft, 6.5 in", "Arm", HEX_SHAFT, "hand", "hand", 8.4, "Lathe", (approved(7.3),),
        amount=2, model="hex-shaft", due=4, notes="Same drawing as the drive shaft.",
    ),
    DemoPart(
        45, "Arm tee gusset", "Arm", PLATE_3_16, "cnc", "review", 3.3, "Router", amount=4, model="tee-gusset",
        designer="Priya", due=7, notes="Same plate as in the drivetrain. Is 3/16″ enough here?",
    ),
    DemoPart(
        46, "Counterweight block", "Arm", Stock("Mild steel bar", "1″"), "cnc", "review", 5.3, "Mill", amount=2,
        designer="Youssef", priority="low", notes="About 1.1 kg each. Wait for the wrist's weight before cutting.",
    ),
    DemoPart(
        47, "Wrist plate", "Arm", PLATE_3_16, "cnc", "cnc", 4.2, "Router", (approved(2.3),), amount=2, due=5,
    ),
    DemoPart(
        48, "Wrist bearing block", "Arm", BAR, "cnc", "cnc", 7.3, "Mill", (approved(6.1), claimed("Zola", 4.4)),
        amount=2, model="drive-bearing-block", due=-1, notes="Same block as in the drivetrain.",
    ),
    DemoPart(
        49, "Arm encoder mount", "Arm", PETG, "cnc", "completed", 6.3, "Printer",
        (approved(5.1), claimed("Leilani", 1.2), made("Leilani", 0.1, storage="On the printer's tray")),
        model="encoder-mount", designer="Leilani",
    ),
)  # fmt: skip
