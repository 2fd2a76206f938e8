"""Finding parts by words and by letters inside them, and going on in long lists."""

from utils.search.matching import matching

__all__ = ["matching"]
