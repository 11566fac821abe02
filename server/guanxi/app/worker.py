"""Starts a worker for background jobs and automation: `python -m guanxi.app.worker`."""

import gc
import os

from guanxi.app.tether import hold


def main() -> None:
    """Run jobs until SIGTERM."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guanxi.infra.settings")
    hold()

    import django
    from django.db import connection

    django.setup()

    from guanxi.app.areas import registry
    from guanxi.app.automation import Automation
    from guanxi.infra.database.address import conninfo
    from guanxi.infra.jobs import nightly, regular
    from guanxi.infra.jobs.worker import run_worker

    registry()
    nightly.expect()
    regular.expect()
    # Imports make a hundred objects per row that die young; looking for cycles among them took a quarter of the time.
    gc.set_threshold(50_000, 20, 50)
    automation = Automation(conninfo(connection.settings_dict))
    automation.start()
    try:
        run_worker(conninfo(connection.settings_dict))
    finally:
        automation.stop()


if __name__ == "__main__":
    main()
