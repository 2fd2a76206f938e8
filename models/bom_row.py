"""One line of a model's bill of materials: a product under its parent, and how often it is there."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import db


class BomRow(db.Model):  # type: ignore[name-defined]
    """`quantity` is how often it is in its parent, `total_quantity` in the whole file; lengths mm, volume mm³."""

    __tablename__ = "bom_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    model_id: Mapped[int] = mapped_column(ForeignKey("cad_model.id"))
    position: Mapped[int]  # its place in the list, from 0
    path: Mapped[str] = mapped_column(String(500))  # its place in the tree: 1.3.2
    product: Mapped[int | None]  # the number of its PRODUCT in the file
    part_number: Mapped[str] = mapped_column(String(500))
    part_description: Mapped[str] = mapped_column(Text)
    quantity: Mapped[int]
    total_quantity: Mapped[int]
    level: Mapped[int]
    parent: Mapped[str] = mapped_column(String(500))
    bbox_x_mm: Mapped[float | None]
    bbox_y_mm: Mapped[float | None]
    bbox_z_mm: Mapped[float | None]
    volume_mm3: Mapped[float | None]
    colour: Mapped[str | None] = mapped_column(String(7))
    notes: Mapped[str] = mapped_column(Text)
    source_name: Mapped[str] = mapped_column(Text)
    part_id: Mapped[int | None] = mapped_column(ForeignKey("part.id"), index=True)

    __table_args__ = (UniqueConstraint("model_id", "position"), {"sqlite_autoincrement": True})
