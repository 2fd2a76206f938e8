"""The next free part number of a project: `26-P-0042`."""

from __future__ import annotations

import re

from sqlalchemy import func, select

from models import Part, Project, db


def next_number(project: Project) -> str | None:
    """One more than the highest number given out, deleted parts counted; None without a prefix."""
    if not project.prefix:
        return None
    opening = f"{project.prefix}-P-"
    # Compared as text within a range, so that the index on part_id serves it.
    highest = db.session.scalars(
        select(Part.part_id)
        .where(Part.part_id >= opening, Part.part_id < opening + "\uffff", Part.project_id == project.id)
        .order_by(func.length(Part.part_id).desc(), Part.part_id.desc())
        .limit(20)
    )
    counted = [
        int(m.group(1)) for n in highest if n and (m := re.fullmatch(re.escape(opening) + r"(\d{1,9})", n))
    ]
    return f"{opening}{max(counted, default=0) + 1:04d}"
