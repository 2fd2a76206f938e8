"""Where files lie: an adapter by settings, reached under keys that never contain a user's words."""

from utils.storage.base import Storage, Stored, hash_file
from utils.storage.local import LocalStorage

__all__ = ["LocalStorage", "Storage", "Stored", "hash_file"]
