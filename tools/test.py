"""Everything that must hold before a change is published: checks, server, web, browser; `make test`."""

import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

from console import ROOT, SCRIPTS, WEB, Step, run

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_TESTS = ROOT / "server" / "tests" / "browser"
CJK_FONT = "Noto Sans CJK SC"
# A file stays with one process: what it sets up is set up once, and a test at its end may ask what the others met.
PYTEST = (sys.executable, "-m", "pytest", "-q", "--dist", "loadfile", "--no-loadscope-reorder",
          "--durations=40", "--durations-min=2")  # fmt: skip
# Of two cores: server tests wait for processes that they start and end, browsers are busy all the time.
SERVER_PROCESSES, BROWSER_PROCESSES = "4", "2"
STAGE_SECONDS = 2400
"""A stage that takes longer hangs: it is ended, and the others still say what they found."""


def main() -> int:
    """Run the stages in order of their cost; the number of failed ones."""
    begin = time.monotonic()
    browser = ensure_browser()
    stages = [
        Step("checks", (sys.executable, "tools/check.py")),
        Step("size of the screens", (str(SCRIPTS / "npm"), "run", "--silent", "budget"), WEB),
        Step("server tests", (*PYTEST, "-n", SERVER_PROCESSES, "-m", "not browser")),
        Step("web unit tests", (str(SCRIPTS / "npm"), "run", "--silent", "test"), WEB),
        Step("browser tests", (*PYTEST, "-n", BROWSER_PROCESSES, "-m", "browser")),
    ]
    failed = []
    for stage in stages:
        before, cpu = time.monotonic(), _cpu_seconds()
        if not run(stage, STAGE_SECONDS, GUANXI_BROWSER=browser):
            failed.append(stage.name)
        print(f"== {stage.name}: {time.monotonic() - before:.0f} s, {_cpu_seconds() - cpu:.0f} s of CPU", flush=True)
    print(f"== {'FAILED: ' + ', '.join(failed) if failed else 'all passed'} in {time.monotonic() - begin:.0f} s")
    return len(failed)


def _cpu_seconds() -> float:
    """What the programs that have ended took, without those that nobody waited for."""
    used = os.times()
    return used.children_user + used.children_system


def ensure_browser() -> str:
    """The path of a Chromium; on Debian and Ubuntu it is installed, with a Chinese font, when there is none."""
    named = os.environ.get("GUANXI_BROWSER")
    if named and Path(named).exists():
        return named
    if found := _browser():
        _ensure_font()
        return found
    _apt_install("chromium", "fonts-noto-cjk")
    found = _browser()
    if not found:
        sys.exit("No Chromium was found and none could be installed: install one, or name it in GUANXI_BROWSER.")
    return found


def _browser() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def _ensure_font() -> None:
    if platform.system() == "Linux" and shutil.which("fc-list"):
        fonts = subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, text=True, check=False).stdout
        if not fonts.strip():
            _apt_install("fonts-noto-cjk")


def _apt_install(*packages: str) -> None:
    if not shutil.which("apt-get"):
        return
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    subprocess.run([*prefix, "apt-get", "update", "-qq"], check=False, capture_output=True)
    print(f"== installing {', '.join(packages)}", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(
        [*prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
        check=False, env=environment, capture_output=True,
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
