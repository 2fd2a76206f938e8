"""`python -m utils.demo.modelling [key …]` writes all STEP files, or the named ones, and says their sizes."""

import argparse
from pathlib import Path

from .catalogue import FILES
from .product import solids
from .writer import write

STEP_FOLDER = Path(__file__).resolve().parent.parent / "step"


def main() -> None:
    """Write the chosen files."""
    parser = argparse.ArgumentParser(prog="python -m utils.demo.modelling", description=__doc__)
    parser.add_argument("keys", nargs="*", metavar="key", help=f"of: {', '.join(FILES)}")
    parser.add_argument("--out", type=Path, default=STEP_FOLDER, help="folder to write to")
    options = parser.parse_args()
    if unknown := set(options.keys) - set(FILES):
        parser.error(f"no such file: {', '.join(sorted(unknown))}")
    options.out.mkdir(parents=True, exist_ok=True)
    for key in options.keys or FILES:
        recipe = FILES[key]
        thing = recipe.make()
        path = options.out / f"{key}.step"
        write(thing, path, unit=recipe.unit)
        size = path.stat().st_size / 1000
        print(f"{path.name:32} {size:7.1f} kB  {len(solids(thing)):3} solids  {thing.name}")


if __name__ == "__main__":
    main()
