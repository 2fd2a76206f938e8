"""Live events: written to an outbox in the change's transaction, streamed to browsers after its commit."""

from utils.live.broadcast import Broadcaster
from utils.live.outbox import announce, prune, publish

__all__ = ["Broadcaster", "announce", "prune", "publish"]
