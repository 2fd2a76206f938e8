"""Densities of what makers use, in g/cm³, with where each figure comes from.

Metals: Aluminum Association, *Aluminum Standards and Data*; ASM, *Metals Handbook* vol. 1 and 2 (typical, 20 °C).
Plastics: the middle of what makers' data sheets state by ISO 1183, unfilled. Woods: USDA Forest Products Laboratory,
*Wood Handbook* (FPL-GTR-282), table 5-3: specific gravity at 12 % moisture × 1.12 for the water in it. Boards: the
middle of the range that their product standards allow (EN 316, EN 622-5, EN 636).
"""

from __future__ import annotations

from dataclasses import dataclass

ALUMINIUM = "Aluminum Standards and Data"
ASM = "ASM Metals Handbook"
SHEET = "data sheets by ISO 1183"
WOOD = "Wood Handbook, table 5-3, at 12 % moisture"
BOARD = "product standards, middle of the range"


@dataclass(frozen=True)
class Material:
    """`name` is how answers call it; `aliases` are other ways to ask for it, in lower case."""

    name: str
    density: float  # g/cm³
    source: str
    aliases: tuple[str, ...] = ()

    @property
    def varies(self) -> bool:
        return self.source in (WOOD, BOARD)


def _aluminium(alloy: str, density: float, *more: str) -> Material:
    names = [f"{alloy} {metal}" for metal in ("aluminium", "aluminum", "alu", "al")]
    names += [f"{metal} {alloy}" for metal in ("aluminium", "aluminum", "alu", "al")]
    return Material(alloy, density, ALUMINIUM, (*names, *more))


MATERIALS: tuple[Material, ...] = (
    _aluminium("6061", 2.70, "aluminium", "aluminum", "alu"),
    _aluminium("6063", 2.70),
    _aluminium("6082", 2.70),
    _aluminium("5052", 2.68),
    _aluminium("5083", 2.66),
    _aluminium("2024", 2.78),
    _aluminium("7075", 2.81),
    Material(
        "steel",
        7.85,
        ASM,
        ("mild steel", "carbon steel", "a36", "1018", "1018 steel", "4140", "4130", "s235"),
    ),
    Material(
        "stainless steel",
        8.00,
        ASM,
        (
            "stainless",
            "inox",
            "304",
            "316",
            "304 stainless",
            "316 stainless",
            "304 stainless steel",
            "316 stainless steel",
            "stainless steel 304",
            "stainless steel 316",
            "stainless 304",
            "stainless 316",
        ),
    ),
    Material("cast iron", 7.20, ASM, ("grey cast iron", "gray cast iron", "iron")),
    Material("brass", 8.49, ASM, ("c360", "360 brass", "brass 360")),
    Material("bronze", 8.93, ASM, ("c932", "bearing bronze")),
    Material("copper", 8.94, ASM, ("c110", "cu")),
    Material("titanium", 4.51, ASM, ("grade 2 titanium", "titanium grade 2")),
    Material("grade 5 titanium", 4.43, ASM, ("titanium grade 5", "ti64", "ti 6al 4v", "ti - 6al - 4v")),
    Material("magnesium", 1.77, ASM, ("az31",)),
    Material("lead", 11.34, ASM),
    Material("pom", 1.41, SHEET, ("acetal", "delrin", "polyoxymethylene")),
    Material("polycarbonate", 1.20, SHEET, ("pc", "lexan", "makrolon")),
    Material("abs", 1.05, SHEET),
    Material("asa", 1.07, SHEET),
    Material("pla", 1.24, SHEET),
    Material("petg", 1.27, SHEET),
    Material("tpu", 1.21, SHEET),
    Material("nylon", 1.14, SHEET, ("pa6", "pa66", "polyamide", "nylon 6", "nylon 66")),
    Material("hdpe", 0.95, SHEET, ("polyethylene", "starboard")),
    Material("uhmw", 0.93, SHEET, ("uhmwpe", "uhmw pe")),
    Material("polypropylene", 0.91, SHEET, ("pp",)),
    Material("acrylic", 1.19, SHEET, ("pmma", "plexiglass", "plexiglas", "perspex")),
    Material("pvc", 1.40, SHEET),
    Material("ptfe", 2.17, SHEET, ("teflon",)),
    Material("peek", 1.31, SHEET),
    Material("g10", 1.85, SHEET, ("fr4", "garolite")),
    Material("carbon fibre", 1.55, SHEET, ("carbon fiber", "cfrp")),
    Material("birch plywood", 0.68, BOARD, ("baltic birch",)),
    Material("plywood", 0.55, BOARD, ("softwood plywood", "ply")),
    Material("mdf", 0.75, BOARD),
    Material("particle board", 0.65, BOARD, ("particleboard", "chipboard")),
    Material("white oak", 0.76, WOOD, ("oak",)),
    Material("red oak", 0.71, WOOD),
    Material("hard maple", 0.71, WOOD, ("maple", "sugar maple")),
    Material("soft maple", 0.60, WOOD, ("red maple",)),
    Material("walnut", 0.62, WOOD, ("black walnut",)),
    Material("cherry", 0.56, WOOD, ("black cherry",)),
    Material("ash", 0.67, WOOD, ("white ash",)),
    Material("birch", 0.69, WOOD, ("yellow birch",)),
    Material("beech", 0.72, WOOD),
    Material("poplar", 0.47, WOOD, ("yellow poplar", "tulipwood")),
    Material("basswood", 0.41, WOOD, ("lime wood", "linden")),
    Material("pine", 0.39, WOOD, ("white pine",)),
    Material("douglas fir", 0.54, WOOD),
    Material("spruce", 0.45, WOOD, ("sitka spruce",)),
    Material("red cedar", 0.36, WOOD, ("cedar", "western red cedar")),
    Material("balsa", 0.18, WOOD),
)

BY_NAME: dict[str, Material] = {name: m for m in MATERIALS for name in (m.name, *m.aliases)}
