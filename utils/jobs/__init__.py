"""Durable jobs: a row that is the truth, a lease that survives any death, a worker, and what a body sees."""

from utils.jobs.context import Canceled, JobContext, JobFailed, LeaseLost
from utils.jobs.expiry import sweep
from utils.jobs.ledger import Lease, submit
from utils.jobs.queue import DatabaseQueue, Queue
from utils.jobs.registry import body
from utils.jobs.worker import Worker

__all__ = [
    "Canceled",
    "DatabaseQueue",
    "JobContext",
    "JobFailed",
    "Lease",
    "LeaseLost",
    "Queue",
    "Worker",
    "body",
    "submit",
    "sweep",
]
