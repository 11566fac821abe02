"""Background jobs: `@job` registers a function, `enqueue` queues a call of it in the caller's own transaction."""

from guanxi.infra.jobs.queue import enqueue
from guanxi.infra.jobs.registry import job

__all__ = ["enqueue", "job"]
