"""Elevator: the gearbox, the carriage, tubes and chain."""

from utils.demo.world.records import (
    BAR,
    NYLON,
    PETG,
    PLATE_1_4,
    PLATE_3_16,
    TUBE_2X1,
    DemoPart,
    Stock,
    approved,
    claimed,
    gave_back,
    made,
    said,
)

PARTS = (
    DemoPart(
        14, "Two-stage gearbox", "Elevator", Stock(None), "hand", "review", 3.2, "Assembly bench",
        (said("Ravi", 3.1, "For reference: plates, standoffs and shafts are ours, the rest is bought."),),
        amount=2, model="gearbox", due=8, notes="12:46, then 20:46. Grease the second stage before closing.",
    ),
    DemoPart(
        15, "Gearbox plate, inner", "Elevator", PLATE_1_4, "cnc", "cnc", 9.2, "Router", (approved(7.1),),
        amount=2, model="gearbox-plate-inner", priority="high", due=1,
        notes="Cut inner and outer plates from the same sheet so that the bores line up.",
    ),
    DemoPart(
        16, "Gearbox plate, outer", "Elevator", PLATE_1_4, "cnc", "cnc", 9.1, "Router", (approved(7.1),),
        amount=2, model="gearbox-plate-outer", priority="high", due=1,
    ),
    DemoPart(
        17, "Gearbox standoff, 1.75 in", "Elevator", Stock("6061-T6 rod, 1/2″"), "hand", "hand", 9.0, "Lathe",
        (approved(7.1), claimed("Youssef", 3.3), made("Youssef", 1.2, 8)), amount=12, due=2,
        notes="Length matters more than looks: all twelve within 0.05 mm of each other. Tap 10-32, 5/8″ deep.",
    ),
    DemoPart(
        18, "Elevator carriage plate", "Elevator", PLATE_3_16, "cnc", "cnc", 14.2, "Router",
        (approved(12.3), claimed("Mei", 4.2)), amount=2, model="elevator-carriage-plate", priority="high", due=-1,
        notes="The corner slots set the preload of the guide bearings: keep them parallel.",
    ),
    DemoPart(
        19, "Elevator bearing bracket", "Elevator", PLATE_3_16, "cnc", "completed", 14.1, "Router",
        (approved(12.3), claimed("Mei", 9.2), made("Mei", 6.3, storage="Bin 11")),
        amount=8, model="elevator-bearing-bracket",
    ),
    DemoPart(
        20, "Carriage cross tube", "Elevator", TUBE_2X1, "hand", "hand", 10.2, "Bandsaw + drill press",
        (approved(9.1),), amount=2, due=4,
    ),
    DemoPart(
        21, "Cable chain clip", "Elevator", PETG, "cnc", "completed", 11.3, "Printer",
        (approved(10.2), claimed("Leilani", 6.2), made("Leilani", 5.1, storage="Drawer 3")),
        amount=6, model="cable-chain-clip", designer="Leilani", notes="Lying on its side, no supports, 4 walls.",
    ),
    DemoPart(
        22, "Elevator top plate", "Elevator", PLATE_1_4, "cnc", "review", 1.3, "Router", designer="Mei", due=10,
        notes="Waits for the pulley choice. Please check the cable exit.",
    ),
    DemoPart(
        23, "Stage 1 upright, 38 in", "Elevator", TUBE_2X1, "hand", "completed", 15.1, "Bandsaw + drill press",
        (approved(13.2), claimed("Noor", 8.3), made("Noor", 3.4, storage="Along the wall")), amount=2,
    ),
    DemoPart(
        24, "Elevator encoder mount", "Elevator", PETG, "cnc", "cnc", 6.2, "Printer", (approved(5.1),),
        amount=2, model="encoder-mount", designer="Leilani", due=5,
    ),
    DemoPart(
        25, "Chain sprocket #25, 22T", "Elevator", Stock("7075-T6 plate", "3/16″"), "cnc", "cnc", 12.2, "Mill",
        (
            approved(11.1), claimed("Zola", 7.3), gave_back("Zola", 5.2),
            said("Zola", 5.2, "Blank is turned and bored, teeth are not cut. I have exams until Friday."),
        ),
        amount=4, model="sprocket-22t", due=-1, notes="Thin the plate to 0.16″ in the lathe before cutting teeth.",
    ),
    DemoPart(
        26, "Chain tensioner block", "Elevator", BAR, "cnc", "review", 4.3, "Mill", amount=2, designer="Zola",
        priority="low",
    ),
    DemoPart(
        27, "Cable drum half", "Elevator", NYLON, "cnc", "cnc", 5.2, "Printer",
        (approved(4.1), claimed("Kwame", 0.4)), amount=4, due=3, notes="100 % infill around the screw bosses.",
    ),
)  # fmt: skip
