"""Job bodies by name, one file a family; importing this package registers them."""

from utils.tasks import step

__all__ = ["step"]
