"""Draws inside kernel children: importing this package loads the CAD kernel, so no other process imports it."""

import utils.cad.exact.child  # noqa: F401 - loads the kernel as this system needs it
