"""Which functions may run as jobs, by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Handler = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Job:
    """One kind of job.

    `attempts` is how often it is tried before it is kept as failed, tries that killed their worker included; `at_once`
    limits how many run at the same time over all workers, 0 is no limit.
    """

    name: str
    handler: Handler
    attempts: int
    at_once: int


_jobs: dict[str, Job] = {}


def job(name: str, *, attempts: int = 5, at_once: int = 0) -> Callable[[Handler], Handler]:
    """Register the decorated function as the job `name`.

    It is called with the payload in a thread of a worker, may be called again after a crash, and must therefore be
    safe to repeat. It commits its own units of work; an exception makes it try again later.
    """

    def register(handler: Handler) -> Handler:
        known = _jobs.get(name)
        if known is not None and known.handler is not handler:
            raise ValueError(f"the job {name!r} is registered twice")
        _jobs[name] = Job(name, handler, attempts, at_once)
        return handler

    return register


def jobs() -> Mapping[str, Job]:
    """Every registered job by its name."""
    return _jobs
