"""Builds the wheel that carries the built screens: installed, `guanxi up` needs no Node and no clone."""

import shutil
import subprocess
import sys
import zipfile

from console import ROOT, environment

DIST = ROOT / "dist"


def main() -> int:
    """Build dist/guanxi-*.whl and look into it; 1 when something is missing."""
    shutil.rmtree(DIST, ignore_errors=True)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(DIST)]
    if subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode:
        return 1
    (wheel,) = DIST.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    missing = [name for name in ("guanxi/app/static/index.html", "guanxi/infra/locale/zh-CN.json") if name not in names]
    if missing:
        print(f"{wheel.name} lacks {', '.join(missing)}: run make build first.", file=sys.stderr)
        return 1
    print(f"{wheel.relative_to(ROOT)} ({wheel.stat().st_size / 1e6:.1f} MB)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
