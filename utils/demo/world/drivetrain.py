"""Drivetrain: side plates, frame, bearing blocks, shafts."""

from utils.demo.world.records import (
    BAR,
    DELRIN_WHITE,
    HEX_SHAFT,
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
        1, "Drive side plate, outer", "Drivetrain", PLATE_1_4, "cnc", "completed", 24.4, "Router",
        (approved(23.2), claimed("Mateo", 21.3), made("Mateo", 20.1, storage="Rack A, shelf 2")),
        amount=2, model="drive-side-plate", priority="high",
        notes="Bearing bores first, then the pockets. Leave 0.2 mm for a finishing pass: they are a press fit.",
    ),
    DemoPart(
        2, "Drive side plate, inner", "Drivetrain", PLATE_1_4, "cnc", "cnc", 24.3, "Router",
        (
            approved(23.2), claimed("Priya", 2.3), made("Priya", 0.9, 1),
            said("Priya", 0.8, "First one is on the bench. The second waits for a new 1/8″ cutter."),
        ),
        amount=2, model="drive-side-plate", priority="high", due=1,
        notes="Same outline as the outer plate.",
    ),
    DemoPart(
        3, "Corner gusset", "Drivetrain", PLATE_3_16, "cnc", "completed", 23.5, "Router",
        (
            approved(22.1), claimed("Kwame", 18.3), made("Kwame", 16.4, 3), gave_back("Kwame", 15.2),
            said("Kwame", 15.2, "Away for a week. Three are in the bin, the program is saved as GUSSET-90."),
            claimed("Ana", 13.3), made("Ana", 12.1, storage="Bin 14"),
        ),
        amount=8, model="corner-gusset",
    ),
    DemoPart(
        4, "Tee gusset", "Drivetrain", PLATE_3_16, "cnc", "cnc", 20.2, "Router", (approved(18.4),),
        amount=6, model="tee-gusset", priority="high", due=-2,
        notes="Nest with the corner gussets if there is an offcut left.",
    ),
    DemoPart(
        5, "Frame tube, 12 in", "Drivetrain", TUBE_2X1, "hand", "completed", 23.4, "Bandsaw + drill press",
        (approved(22.1), claimed("Tomasz", 20.4), made("Tomasz", 18.2, 2), made("Tomasz", 17.3)),
        amount=4, model="frame-tube-2x1",
        notes="Drill with the jig, both walls in one go. Deburr inside.",
    ),
    DemoPart(
        6, "Frame cross rail, 26 in", "Drivetrain", TUBE_2X1, "hand", "hand", 15.2, "Bandsaw + drill press",
        (approved(13.1), claimed("Noor", 1.2)), amount=2, due=3,
        notes="Cut 0.5 mm long, then face both ends on the mill so that the pair matches.",
    ),
    DemoPart(
        7, "Drive bearing block", "Drivetrain", BAR, "cnc", "cnc", 21.2, "Mill",
        (approved(20.3), claimed("Haruki", 6.3), made("Haruki", 4.2, 2), made("Haruki", 2.4, 2)),
        amount=6, model="drive-bearing-block", due=2,
        notes="3/4″ bar. Bore to 1.1245″; try a bearing before taking the part out of the vise.",
    ),
    DemoPart(
        8, "Drive hex shaft, 6.5 in", "Drivetrain", HEX_SHAFT, "hand", "completed", 19.2, "Lathe",
        (approved(18.1), claimed("Ingrid", 14.3), made("Ingrid", 10.2, storage="Shaft tube, blue cap")),
        amount=6, model="hex-shaft", notes="Tap 10-32 on one end only. Ring grooves 0.042″ wide.",
    ),
    DemoPart(
        9, "Hex spacer, 1/2 in", "Drivetrain", DELRIN_WHITE, "hand", "hand", 17.3, "Lathe",
        (approved(16.4), claimed("Tomasz", 5.1), made("Tomasz", 3.2, 10)), amount=24, model="hex-spacer",
        notes="Broach the rod first, then part off. ±0.1 mm on length.",
    ),
    DemoPart(
        10, "Bumper bracket", "Drivetrain", Stock("6061-T6 angle", "1/8″"), "cnc", "review", 2.3, "Mill",
        amount=8, model="bumper-bracket", designer="Ana", due=9,
        notes="Are slots both ways enough, or do we want the quick-release pins from last year?",
    ),
    DemoPart(
        11, "Wheel hub adapter", "Drivetrain", BAR, "hand", "completed", 18.3, "Lathe",
        (approved(17.1), claimed("Zola", 11.2), made("Zola", 8.1)), amount=6,
    ),
    DemoPart(
        12, "Belly pan", "Drivetrain", Stock("5052 sheet", "1/16″"), "cnc", "completed", 16.2, "Router",
        (
            approved(15.1), claimed("Mateo", 3.2),
            said("Mateo", 2.1, "Tape down with the blue film on; it scratches as soon as you look at it."),
            made("Mateo", 0.3, storage="Leaning behind the router"),
        ),
        due=1,
    ),
    DemoPart(
        13, "Drive motor mount plate", "Drivetrain", PLATE_1_4, "cnc", "completed", 19.1, "Router",
        (approved(18.2), claimed("Leilani", 9.3), made("Leilani", 7.2, storage="Bin 9")),
        amount=4, model="motor-mount-plate",
    ),
)  # fmt: skip
