"""Running programs for the tools: where things are, one line a step, the output of what failed."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(sys.executable).parent
WEB = ROOT / "web"


def environment(**more: str) -> dict[str, str]:
    """The environment with the programs of .venv first: its Python, its Node, its npm.

    Python keeps what it has compiled in .venv, whatever the machine says of it: the suite starts hundreds of processes,
    each of which would else compile the same thousand files.
    """
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    own = {
        "PATH": f"{SCRIPTS}{os.pathsep}{os.environ.get('PATH', '')}",
        "PYTHONPYCACHEPREFIX": str(SCRIPTS.parent / "pycache"),
    }
    return inherited | own | more


@dataclass(frozen=True)
class Step:
    """One program to run, and the name people know it by."""

    name: str
    command: tuple[str, ...]
    folder: Path = ROOT


def run_quietly(step: Step) -> bool:
    """Run a step, print one line, and everything it said when it failed."""
    begin = time.monotonic()
    done = subprocess.run(step.command, cwd=step.folder, env=environment(), capture_output=True, text=True, check=False)
    failed = done.returncode != 0
    report = f"{'FAILED' if failed else 'ok    '} {step.name} ({time.monotonic() - begin:.1f} s)"
    print(report if not failed else f"{report}\n{done.stdout}{done.stderr}", flush=True)
    return not failed


def run(step: Step, seconds: float | None = None, **more: str) -> bool:
    """Run a step with its output shown as it comes; it failed when it is not done after so many seconds."""
    print(f"== {step.name}", flush=True)
    try:
        done = subprocess.run(step.command, cwd=step.folder, env=environment(**more), check=False, timeout=seconds)
    except subprocess.TimeoutExpired:
        print(f"== {step.name}: ended, it was not done after {seconds:.0f} s", flush=True)
        return False
    return done.returncode == 0
