"""`python -m bench`: build (once), start the product, measure, write docs/benchmarks.* (or benchmarks-100k.*)."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "server"))


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full size (default 1)")
    parser.add_argument("--peers", action="store_true", help="100,000 rows, beside the figures of other products")
    parser.add_argument("--rounds", type=int, default=60, help="requests per measure (default 60)")
    parser.add_argument("--only", default="", help="measure only names that contain this")
    wanted = parser.parse_args()
    if wanted.peers:
        from bench.peers import SCALE

        wanted.scale = SCALE

    data = Path(os.environ.get("GUANXI_BENCH_DATA", ROOT / ".bench" / f"{wanted.scale:g}"))
    data.mkdir(parents=True, exist_ok=True)
    os.environ["GUANXI_DATA"] = str(data)
    os.environ.setdefault("GUANXI_PORT", "8790")
    os.environ["DJANGO_SETTINGS_MODULE"] = "guanxi.infra.settings"
    import django

    django.setup()
    from django.db import connection

    from bench import access, build, measure, peers, report
    from bench.world import Size
    from guanxi.app.archive import with_database
    from guanxi.infra.database import control_plane

    size = Size().scaled(wanted.scale)
    with with_database():
        control_plane.migrate()
        build.ensure(data, size)
        access.ensure()
    connection.close()
    if wanted.peers:
        load = peers.busy()
        beside = measure.run_peers(size, rounds=wanted.rounds, only=wanted.only)
        print(peers.table(beside))
        if not wanted.only:
            peers.write(beside, size, ROOT / "docs", load)
        return
    results = measure.run(size, rounds=wanted.rounds, only=wanted.only)
    report.show(results, size)
    if wanted.scale == 1 and not wanted.only:
        report.write(results, size, ROOT / "docs")


if __name__ == "__main__":
    main()
