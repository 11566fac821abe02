"""Several units of work at the same time, each in a thread and a transaction of its own."""

import threading
from collections.abc import Callable, Sequence

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, Workspace, work


def side_by_side(workspace: Workspace, jobs: Sequence[Callable[[Context], object]]) -> list[BaseException]:
    """Run each job in a transaction of its own, all at the same time; what went wrong."""
    from django.db import connection

    barrier, wrong = threading.Barrier(len(jobs)), []

    def run(job: Callable[[Context], None]) -> None:
        try:
            barrier.wait()
            with work(workspace, SYSTEM, via="system") as ctx:
                job(ctx)
        except BaseException as error:  # noqa: BLE001 - told by the caller
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong
