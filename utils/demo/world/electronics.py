"""Electronics: tray, camera, covers, brackets."""

from utils.demo.world.records import (
    BRASS,
    PETG,
    PLYWOOD,
    POLYCARBONATE,
    DemoPart,
    Stock,
    approved,
    claimed,
    made,
    said,
)

PARTS = (
    DemoPart(
        57, "Electronics tray", "Electronics", PLYWOOD, "cnc", "completed", 7.4, "Laser",
        (approved(6.2), claimed("Priya", 4.1), made("Priya", 2.3, storage="On the practice robot")),
        model="electronics-tray", designer="Noor", notes="Two passes at half power chars less than one at full.",
    ),
    DemoPart(
        58, "Camera mount", "Electronics", PETG, "cnc", "cnc", 6.1, "Printer",
        (
            approved(5.2), claimed("Mei", 0.7), made("Mei", 0.2, 1),
            said("Mei", 0.2, "The left one printed well. The right one starts after the pulleys."),
        ),
        amount=2, model="camera-mount", designer="Noor", due=2,
        notes="25° up. Print on its back so that the layers do not split at the cheeks.",
    ),
    DemoPart(
        59, "Controller cover", "Electronics", PETG, "cnc", "review", 1.2, "Printer", model="controller-cover",
        designer="Noor", due=11, notes="The ears clear the tray's screws by 2 mm. Enough?",
    ),
    DemoPart(
        60, "M4 standoff, 30 mm", "Electronics", BRASS, "hand", "completed", 6.4, "Lathe",
        (approved(5.3), claimed("Tomasz", 2.1), made("Tomasz", 0.4, storage="Drawer 1")),
        amount=16, model="standoff-m4", designer="Noor",
    ),
    DemoPart(
        61, "Battery strap plate", "Electronics", POLYCARBONATE, "cnc", "cnc", 3.4, "Router", (approved(2.1),),
        amount=2, due=6,
    ),
    DemoPart(
        62, "Main breaker bracket", "Electronics", PETG, "cnc", "review", 0.5, "Printer", designer="Noor",
        priority="high", due=3, notes="Inspection wants the breaker reachable from outside the bumpers.",
    ),
    DemoPart(
        63, "LED strip channel", "Electronics", Stock("Acrylic, opal", "3 mm"), "cnc", "review", 3.5, "Laser", amount=4,
        designer="Haruki", priority="low",
    ),
)  # fmt: skip
