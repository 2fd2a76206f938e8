"""What can be asked, as people and language models are told it: the grammar and an example of each kind."""

from __future__ import annotations

GRAMMAR = """\
question   = whole | mass | features | face | pair | count | "help"
whole      = "volume" | "area" | "bbox" | "thickness" | "centre of mass"
mass       = "mass of" MATERIAL | "mass with density" NUMBER "g/cm3"
features   = ["spacing of"] [rank] [["not"] surface | bore] noun {part}
rank       = [COUNT] ("largest" | "smallest" | "deepest" | "shallowest")
surface    = "plane" | "cylinder" | "cone" | "sphere" | "torus" | "spline"          (faces only)
bore       = "counterbored" | "countersunk"                                          (holes only)
noun       = "holes" | "fillets" | "faces"
part       = "through" | "blind"                                                     (holes only)
           | "not counterbored" | "not countersunk" | ["not"] "plain"                (holes only)
           | "inside" | "outside"                                                    (fillets and faces)
           | SCREW [fit] ("clearance" | "tap")                                       (holes only)
           | field comparison
fit        = "close" | "medium" | "free" | "coarse" | "fine"
field      = "diameter" | "radius" | "depth" | "area"
           | "counterbore diameter" | "counterbore depth" | "countersink diameter" | "countersink angle"
comparison = ("<" | "<=" | ">" | ">=" | "=" | "!=") QUANTITY | "between" QUANTITY "and" QUANTITY
face       = "face" NUMBER
pair       = ("distance" | "angle") "between face" NUMBER "and face" NUMBER
count      = "how many parts" | "how many solids"
QUANTITY   = NUMBER ["mm" | "in" | "mm2" | "in2" | "deg"]       e.g. 6 mm, 0.25 in, 1/4 in, 100 mm2
SCREW      = "M5" | "M6x1" | "#10" | "#10-32" | "1/4" | "1/4-20" …
Every question may end in "in inches" or "in mm", a mass in "in pounds". A number is a size and never a count of
features, but in a rank. All conditions of a question hold at once; there is no "or".\
"""

# The question as a maker writes it, its canonical form, and what the answer says.
EXAMPLES: tuple[tuple[str, str, str], ...] = (
    ("volume", "volume", "of the whole, and of each part"),
    ("surface area in square inches", "area in inches", "the outside and the walls of holes"),
    ("bbox", "bbox", "the box along the designer's axes"),
    ("mass of 6061", "mass of 6061", "volume × density, which the answer names"),
    ("what does it weigh in stainless steel?", "mass of stainless steel", "any material of the table"),
    ("mass with density 1.24 g/cm3", "mass with density 1.24 g/cm3", "any density"),
    ("centre of mass", "centre of mass", "for one density throughout"),
    (
        "how thick is it",
        "thickness",
        "between the two largest parallel faces, or of a tube's wall; whether it is a plate",
    ),
    ("holes", "holes", "every kind with its count, diameter, depth and the screws that it suits"),
    ("holes diameter < 6 through", "holes through diameter < 6 mm", "conditions in any order"),
    ("blind holes deeper than 10 mm", "holes blind depth > 10 mm", "depth is without the drill's tip"),
    ("holes between 3 and 6 mm", "holes diameter between 3 mm and 6 mm", "both ends belong to it"),
    (
        'how many holes of 0.25"',
        "holes diameter = 0.25 in",
        "equal is within 0.01 mm; inches answer in inches",
    ),
    ("Ø5,5 thru", "holes through diameter = 5.5 mm", "signs and commas as on drawings"),
    ("counterbored holes", "counterbored holes", "with the counterbore's diameter and depth"),
    ("through holes without countersink", "holes through not countersunk", "what is not wanted"),
    ("how many M5 clearance holes", "holes M5 clearance through", "by ISO 273, close, medium or free"),
    (
        "#10 close clearance",
        "holes #10 close clearance through",
        "inch screws: ASME B18.2.8 and the shop chart",
    ),
    ("M6 tap holes", "holes M6 tap", "by the tap drill's diameter"),
    ("1/4-20 tapped holes", "holes 1/4-20 tap", "with the thread named"),
    ("smallest hole", "smallest holes", "and all that are equal to it"),
    ("hole spacing", "spacing of holes", "from each hole to its nearest equal neighbour, axis to axis"),
    ("fillets radius <= 1", "fillets radius <= 1 mm", "roundings between faces"),
    ("smallest inside radius", "smallest fillets inside", "what the cutter has to reach"),
    ("largest face", "largest faces", "its number, kind, area and size"),
    ("planar faces area > 100", "plane faces area > 100 mm2", "mm² unless a unit is given"),
    ("how many cylinders", "cylinder faces", "faces by their kind of surface"),
    ("face 3", "face 3", "the number that the viewer shows"),
    ("distance between face 3 and face 7", "distance between face 3 and face 7", "the shortest, and where"),
    ("angle between faces 3 and 7", "angle between face 3 and face 7", "of planes and axes, 0–90°"),
    ("how many parts", "how many parts", "different ones, and all of them"),
    ("how many solids", "how many solids", "bodies in all parts"),
    ("what can I ask", "help", "these examples"),
)
ASKABLE: tuple[str, ...] = tuple(asked for asked, _, _ in EXAMPLES)
SHORT: tuple[str, ...] = (
    "volume", "mass of 6061", "holes diameter < 6 through", "how many M5 clearance holes", "smallest inside radius",
    "largest face", "distance between face 3 and face 7", "what can I ask",
)  # fmt: skip
