"""Climber: hooks, winch, guides."""

from utils.demo.world.records import (
    BAR,
    DELRIN_BLACK,
    PLATE_1_4,
    TUBE_2X1,
    DemoPart,
    Stock,
    approved,
    claimed,
    made,
    said,
)

PARTS = (
    DemoPart(
        50, "Climber hook", "Climber", PLATE_1_4, "cnc", "cnc", 10.1, "Router",
        (
            approved(8.2), claimed("Mateo", 6.3),
            said("Ana", 1.2, "Mateo, do you need help with these? The climber team waits for them."),
        ),
        amount=4, model="climber-hook", priority="high", due=-2,
        notes="Break the throat's edges by hand, 0.5 mm. Goes to the anodiser with the winch drum.",
    ),
    DemoPart(
        51, "Climber winch drum", "Climber", Stock("6061-T6 rod, 2 1/2″"), "hand", "hand", 8.0, "Lathe",
        (approved(6.4), claimed("Tomasz", 1.3)), amount=2, model="winch-drum", due=4,
        notes="Turn the waist last. Broach the hex from the flange with the knot hole.",
    ),
    DemoPart(
        52, "Winch side plate", "Climber", PLATE_1_4, "cnc", "review", 2.2, "Router", amount=2, designer="Kwame", due=8,
    ),
    DemoPart(
        53, "Ratchet pawl", "Climber", Stock("Tool steel, O1", "1/4″"), "cnc", "review", 6.1, "Mill", amount=2,
        designer="Kwame", priority="low", notes="Soft for now; harden after the first test.",
    ),
    DemoPart(
        54, "Climber upright, 30 in", "Climber", TUBE_2X1, "hand", "hand", 5.1, "Bandsaw + drill press",
        (approved(3.2),), amount=2, due=6,
    ),
    DemoPart(
        55, "Rope guide", "Climber", DELRIN_BLACK, "hand", "completed", 7.1, "Lathe",
        (approved(6.3), claimed("Noor", 2.4), made("Noor", 1.1, storage="Bin 16")), amount=2,
    ),
    DemoPart(
        56, "Winch bearing cap", "Climber", BAR, "hand", "hand", 4.4, "Lathe", (approved(2.4),), amount=4, due=5,
    ),
)  # fmt: skip
