"""The one table of words: what each means to the grammar, and which are passed over. All in lower case."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Any, Literal

from utils.questions.materials import BY_NAME
from utils.questions.tokens import Token

Kind = Literal[
    "subject", "surface", "field", "compare", "between", "to", "and", "or", "not", "through", "trait", "use",
    "fit", "best", "count", "material", "inches", "filler", "fastener", "number", "screw", "plusminus", "fewer",
    "limit", "too_large", "unknown",
]  # fmt: skip


@dataclass(frozen=True)
class Term:
    """What a run of tokens means: `value` depends on the kind, `text` is how it was written."""

    kind: Kind
    text: str
    value: Any = None
    fraction: bool = False
    comma: bool = False  # a comma or semicolon stands before it


# (what it means, its value): the phrases that mean it, parted by " | ".
# fmt: off
_TABLE: dict[tuple[Kind, Any], str] = {
    ("subject", "volume"): "volume | volumes | cubic volume",
    ("subject", "area"): "surface area | total area | total surface area | surface areas",
    ("subject", "bbox"):
        "bbox | bounding box | bounds | envelope | overall size | overall dimensions | extents | extent | "
        "outer dimensions | stock size | length | width | height | how long | how wide | how tall | how high",
    ("subject", "size"): "size | sizes | dimensions | dimension | how big | how large",
    ("subject", "mass"): "how much does it weigh | mass | weight | weigh | weighs | how heavy | masses | weights",
    ("subject", "centre"):
        "centre of mass | center of mass | centre of gravity | center of gravity | centroid | com | cog | "
        "mass centre | mass center",
    ("subject", "holes"):
        "holes | hole | bores | bore | drillings | drilled holes | drill holes | round holes",
    ("subject", "fillets"):
        "fillets | fillet | rounds | roundings | rounding | radii | corner radii | corner radius | fillet "
        "radius | fillet radii | rounded edges",
    ("subject", "thickness"):
        "thickness | thicknesses | how thick | plate thickness | sheet thickness | material thickness | thick "
        "| thickness of the plate | thickness of plate | thickness of the sheet | thickness of sheet | how "
        "thick is the plate | how thick is the sheet | is it a plate",
    ("subject", "faces"): "faces | face | surfaces | surface",
    ("subject", "distance"): "distance | how far | gap | how far apart | far | apart",
    ("subject", "angle"): "angle",
    ("subject", "spacing"):
        "spacing | pitch | hole spacing | hole pitch | spaced | how far apart are the holes | distance "
        "between holes | distance between the holes | hole distance | hole distances | centre distance | "
        "center distance | centre to centre | center to center",
    ("subject", "parts"): "parts | components | part count | different parts | bill of materials | bom",
    ("subject", "solids"): "solids | bodies | solid bodies",
    ("subject", "help"):
        "help | what can i ask | what can you answer | what can i ask you | what can you do | what do you "
        "know | what questions can i ask | examples",
    ("surface", "plane"): "planar | plane | planes | flat | flats",
    ("surface", "cylinder"): "cylinder | cylinders | cylindrical | cylindric",
    ("surface", "cone"): "cone | cones | conical | conic",
    ("surface", "sphere"): "sphere | spheres | spherical",
    ("surface", "torus"): "torus | tori | toruses | toroidal",
    ("surface", "spline"): "spline | splines | freeform | free form | b spline | nurbs",
    ("field", "diameter"): "diameter | diameters | dia | diam | ø",
    ("field", "radius"): "radius",
    ("field", "depth"): "depth | depths | deep | how deep",
    ("field", "area"): "area | areas",
    ("field", "counterbore diameter"):
        "counterbore diameter | counterbore dia | cbore diameter | cbore dia | counter bore diameter",
    ("field", "counterbore depth"): "counterbore depth | cbore depth | counter bore depth",
    ("field", "countersink diameter"):
        "countersink diameter | countersink dia | csk diameter | csk dia | counter sink diameter",
    ("field", "countersink angle"): "countersink angle | csk angle | counter sink angle",
    ("compare", ("<", None)): "< | less than | smaller than | under | below | lt",
    ("compare", ("<=", None)):
        "<= | =< | ≤ | at most | up to | less than or equal to | smaller than or equal to | maximum of | max "
        "of | no larger than | no bigger than",
    ("compare", (">", None)):
        "> | greater than | larger than | bigger than | more than | over | above | exceeding | gt",
    ("compare", (">=", None)):
        ">= | => | ≥ | at least | greater than or equal to | larger than or equal to | bigger than or equal "
        "to | more than or equal to | minimum of | min of",
    ("compare", ("=", None)): "= | == | equal to | equals | equal | exactly",
    ("compare", ("!=", None)): "!= | <> | ≠ | other than | different from",
    ("fewer", None): "fewer than | fewer",
    ("limit", "<="): "or less | or smaller | or below | or under",
    ("limit", ">="): "or more | or larger | or bigger | or greater | or above | or over",
    ("compare", (">", "depth")): "deeper than",
    ("compare", ("<", "depth")): "shallower than",
    ("compare", (">", "diameter")): "wider than",
    ("compare", ("<", "diameter")): "narrower than",
    ("between", None): "between | in between | ranging from",
    ("to", None): "to | - | .. | ... | till | until",
    ("and", None): "and | & | as well as",
    ("or", None): "or | nor | either | neither",
    ("not", None):
        "not | non | no | without | isn't | aren't | don't | doesn't | except | excluding | but not | except "
        "for | not a | never | lacking",
    ("through", "through"):
        "through | thru | throughs | through all | thru all | go through | goes through | going through | all "
        "the way through",
    ("through", "blind"): "blind | blinds",
    ("trait", ("counterbored", True)):
        "counterbored | counterbore | counterbores | cbore | cbored | counter bored | counter bore | counter "
        "bores | cbores",
    ("trait", ("countersunk", True)):
        "countersunk | countersink | countersinks | csk | csink | counter sunk | counter sink | counter sinks "
        "| countersinked",
    ("trait", ("plain", True)): "plain | simple",
    ("trait", ("inside", True)): "inside | internal | inner | concave | interior",
    ("trait", ("inside", False)): "outside | external | outer | convex | exterior",
    ("use", "clearance"): "clearance | clear",
    ("use", "tap"):
        "tap | tapped | tapping | tap drill | tapping drill | tap drilled | tap drills | threaded | thread | "
        "taps",
    ("fit", "close"): "close | close fit",
    ("fit", "medium"): "medium | normal | medium fit | normal fit | standard fit",
    ("fit", "free"): "free | loose | free fit | loose fit",
    ("fit", "coarse"): "coarse | unc | coarse fit | coarse thread",
    ("fit", "fine"): "fine | unf | fine fit | fine thread",
    ("best", ("max", None)): "largest | biggest | greatest | max | maximum | widest",
    ("best", ("min", None)): "smallest | tiniest | min | minimum | narrowest",
    ("best", ("max", "depth")): "deepest",
    ("best", ("min", "depth")): "shallowest",
    ("count", None): "how many | number of | count | count of | amount of | no of | quantity of",
    ("inches", True):
        "in inches | in inch | in imperial | imperial | in cubic inches | in in2 | in in3 | in square inches | "
        "in pounds | in lb | in lbs | in ounces | in oz",
    ("inches", False):
        "in mm | in millimetres | in millimeters | in metric | metric | in cubic millimetres | in mm2 | in "
        "mm3 | in grams | in g | in kg | in cm | in cm2 | in cm3 | in square millimetres | in square centimetres",
    ("too_large", None):
        "in m | in metres | in meters | in m2 | in m3 | in square metres | in square meters | in cubic metres | "
        "in cubic meters | in feet | in ft | in foot | in square feet | in cubic feet",
    ("plusminus", None): "± | +/- | plus minus | plus or minus",
    ("filler", None):
        "the | a | an | of | in | on | at | for | from | by | is | are | was | be | do | does | did | it | "
        "its | it's | this | that | these | those | there | here | what | what's | whats | which | how | "
        "please | show | me | list | find | give | tell | get | see | all | any | every | each | have | has | "
        "had | having | with | i | we | my | our | you | your | can | could | would | will | if | made | make "
        "| makes | out | part | part's | model | model's | piece | thing | object | assembly | whole | file | "
        "value | contain | contains | only | just | want | know | need | i'd | like to | so | then | hi | "
        "hello | where | whose | who | when | calculate | compute | measure | say | return | total | "
        "altogether | them | they | one another | each other | sized | "
        "being | as | let | us",
    ("fastener", None): "screw | screws | bolt | bolts | machine screw | machine screws",
    ("field", "density"): "density",
}
# fmt: on
_BY_PHRASE: dict[tuple[str, ...], tuple[Kind, Any]] = {
    tuple(phrase.split()): meaning
    for meaning, phrases in _TABLE.items()
    for phrase in (part.strip() for part in phrases.split("|"))
    if phrase
}
_MATERIALS: dict[tuple[str, ...], str] = {
    tuple(name.split()): material.name for name, material in BY_NAME.items()
}
_LONGEST = max(map(len, (*_BY_PHRASE, *_MATERIALS)))
_ALONE = sorted(
    {
        phrase[0]
        for phrase in (*_BY_PHRASE, *_MATERIALS)
        if len(phrase) == 1 and len(phrase[0]) > 2 and _BY_PHRASE.get(phrase, ("",))[0] != "fastener"
    }
)
VOCABULARY = sorted({word for phrase in (*_BY_PHRASE, *_MATERIALS) for word in phrase if len(word) > 2})


def terms(read: list[Token]) -> list[Term]:
    """Each run of tokens under the longest phrase that it is; what is no phrase comes out as unknown."""
    found: list[Term] = []
    at = 0
    while at < len(read):
        term, length = _term(read, at)
        found.append(term)
        at += length
    return found


def _term(read: list[Token], at: int) -> tuple[Term, int]:
    for length in range(min(_LONGEST, len(read) - at), 0, -1):
        run = read[at : at + length]
        phrase = tuple(token.text for token in run)
        if phrase in _BY_PHRASE:
            kind, value = _BY_PHRASE[phrase]
            if kind == "field" and any(token.comma for token in run[1:]):
                continue  # a counterbore, depth 3
            return Term(kind, " ".join(phrase), value, comma=run[0].comma), length
        # A bare number is a material only where one is asked for: "304" alone may be an area.
        if phrase in _MATERIALS and not (length == 1 and run[0].kind == "number"):
            return Term("material", " ".join(phrase), _MATERIALS[phrase], comma=run[0].comma), length
    return _single(read[at]), 1


def _single(token: Token) -> Term:
    if token.kind == "number":
        return Term("number", token.text, token.number, token.fraction, token.comma)
    if token.kind == "screw":
        return Term("screw", token.text, token.screw, comma=token.comma)
    return Term("unknown", token.text, comma=token.comma)


def alike(word: str) -> list[str]:
    """Words of the table that somebody may have meant."""
    return difflib.get_close_matches(word[:30], _ALONE, n=2, cutoff=0.75)
