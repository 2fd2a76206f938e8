"""What carries a job's id to a worker. An engine only delivers; the row decides who works."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod


class Queue(ABC):
    @abstractmethod
    def deliver(self, job_id: str) -> None:
        """Tell some worker that this job waits. Called after the commit; telling twice does no harm."""


class DatabaseQueue(Queue):
    """Workers look into the table themselves; delivering only wakes those of this process early."""

    def __init__(self) -> None:
        self._news = threading.Condition()

    def deliver(self, job_id: str) -> None:
        with self._news:
            self._news.notify()

    def wait(self, seconds: float) -> None:
        """Sleep until something was delivered here, `seconds` at most."""
        with self._news:
            self._news.wait(seconds)

    def wake_all(self) -> None:
        with self._news:
            self._news.notify_all()
