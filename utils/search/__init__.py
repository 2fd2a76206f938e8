"""Finding parts by words and by letters inside them, through full-text indexes that triggers keep true."""

from utils.search.matching import matching

__all__ = ["matching"]
