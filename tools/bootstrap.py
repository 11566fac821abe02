"""Makes the environment of a clone with nothing but Python's standard library: .venv, packages, Node, npm packages.

Runs in a second when nothing changed: each step leaves a stamp of what it was made from.
Usage: python3 tools/bootstrap.py [--without-web] [--run-only]
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
WEB = ROOT / "web"
MINIMUM = (3, 11)
MINIMUM_FREE_BYTES = 2_000_000_000
INDEX_OPTIONS = {"index-url": "UV_DEFAULT_INDEX", "extra-index-url": "UV_INDEX", "find-links": "UV_FIND_LINKS"}
"""pip's options that say where packages come from, and the names under which uv knows them."""


def main() -> int:
    """Bring the environment up to date; 0 when it is, else a sentence and 1."""
    parser = argparse.ArgumentParser(description="Make the environment of this clone.")
    parser.add_argument("--without-web", action="store_true", help="leave Node and the npm packages out")
    parser.add_argument("--run-only", action="store_true", help="only what the product needs, not what its makers need")
    wanted = parser.parse_args()
    try:
        check_machine()
        make_venv()
        install_packages(ROOT / "requirements" / ("run.txt" if wanted.run_only else "dev.txt"))
        write_command()
        if not (wanted.without_web or wanted.run_only):
            install_web_packages()
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as failure:
        print(f"\nThis step failed (exit {failure.returncode}): {' '.join(map(str, failure.cmd))}", file=sys.stderr)
        return 1
    return 0


class Stop(Exception):
    """A reason to stop that is a sentence for the person at the terminal."""


def check_machine() -> None:
    """Refuse an old Python or a full disk before anything is half made."""
    if sys.version_info < MINIMUM:
        raise Stop(
            f"Guanxi needs Python {MINIMUM[0]}.{MINIMUM[1]} or newer; {sys.executable} is {sys.version.split()[0]}. "
            "Name a newer one with: make PYTHON=/path/to/python3 ..."
        )
    free = shutil.disk_usage(ROOT).free
    if free < MINIMUM_FREE_BYTES and not VENV.exists():
        raise Stop(f"The disk of {ROOT} has {free // 1_000_000} MB free; Guanxi's environment needs about 2,000 MB.")


def make_venv() -> None:
    """Create .venv, or make it anew when it belongs to a Python that is gone."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], check=False, capture_output=True).returncode == 0:
        return
    say("making .venv")
    try:
        venv.create(VENV, with_pip=True, clear=VENV.exists())
    except subprocess.CalledProcessError:
        raise Stop("Python cannot make an environment; on Debian and Ubuntu: apt install python3-venv") from None


def install_packages(lock: Path) -> None:
    """Install exactly what `lock` names, by hash, from the package index this machine is set to."""
    stamp = digest(lock, Path(__file__))
    if is_done("packages", stamp):
        return
    say(f"installing Python packages ({lock.name})")
    if not (SCRIPTS / "uv").exists() and not (SCRIPTS / "uv.exe").exists():
        run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv>=0.9"])
    run([SCRIPTS / "uv", "pip", "sync", "--quiet", "--require-hashes", "--python", PYTHON, lock], env=uv_environment())
    site = subprocess.check_output(
        [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True
    ).strip()
    (Path(site) / "guanxi-checkout.pth").write_text(f"{ROOT / 'server'}\n")
    done("packages", stamp)


def uv_environment(*, only_main_index: bool = False) -> dict[str, str]:
    """The environment for uv with the package sources that pip on this machine is configured to use.

    `only_main_index` leaves local extras out, which may hold fewer builds of a version than the index itself.
    """
    env = dict(os.environ, VIRTUAL_ENV=str(VENV), UV_NO_CONFIG="1", UV_INDEX_STRATEGY="unsafe-best-match")
    command = [PYTHON, "-m", "pip", "config", "list"]
    listing = subprocess.run(command, check=False, capture_output=True, text=True)
    for line in listing.stdout.splitlines():
        name, _, value = line.partition("=")
        target = INDEX_OPTIONS.get(name.rpartition(".")[2])
        sources = [source for source in value.strip("'\"").split() if is_usable(source)]
        if only_main_index and target != "UV_DEFAULT_INDEX":
            continue
        if target and sources and target not in env:
            env[target] = " ".join(sources)
    return env


def is_usable(source: str) -> bool:
    """Whether a package source exists, as far as a look at the disk can tell."""
    path = source.removeprefix("file://")
    is_remote = path == source and "://" in source
    return is_remote or Path(path).exists()


def install_web_packages() -> None:
    """Install the browser client's packages with the Node of the environment."""
    lock = WEB / "package-lock.json"
    if not lock.exists():
        return
    stamp = digest(lock, WEB / "package.json")
    if is_done("web", stamp) and (WEB / "node_modules").is_dir():
        return
    say("installing browser packages")
    before = lock.read_bytes()
    env = dict(os.environ, PATH=f"{SCRIPTS}{os.pathsep}{os.environ.get('PATH', '')}")
    # `npm ci` refuses a lock whose optional packages of other platforms lag behind in a mirror; install keeps the lock.
    run([SCRIPTS / "npm", "install", "--no-audit", "--no-fund", "--loglevel=error"], cwd=WEB, env=env)
    if lock.read_bytes() != before:
        lock.write_bytes(before)
        raise Stop("web/package-lock.json does not agree with web/package.json: run npm install in web/ and commit it.")
    done("web", stamp)


def write_command() -> None:
    """Make .venv/bin/guanxi, the command that an installed release has too, run this clone."""
    command = SCRIPTS / "guanxi"
    text = '#!/bin/sh\nexec "$(dirname "$0")/python" -m guanxi.app "$@"\n'
    if os.name != "nt" and not (command.exists() and command.read_text() == text):
        command.write_text(text)
        command.chmod(0o755)


def run(command: list[str | Path], **options: object) -> None:
    """Run a program and show what it says; raises CalledProcessError when it fails."""
    subprocess.run(command, check=True, **options)  # type: ignore[call-overload]


def digest(*files: Path) -> str:
    """A short fingerprint of the contents of files and of the interpreter."""
    content = b"".join(path.read_bytes() for path in files) + sys.version.encode()
    return hashlib.sha256(content).hexdigest()


def is_done(step: str, stamp: str) -> bool:
    """Whether the step was finished for the same inputs."""
    path = VENV / f".{step}-stamp"
    return path.exists() and path.read_text() == stamp


def done(step: str, stamp: str) -> None:
    """Remember that the step is finished for these inputs."""
    (VENV / f".{step}-stamp").write_text(stamp)


STARTED = time.monotonic()


def say(text: str) -> None:
    """One line of progress with the seconds since the start."""
    print(f"[{time.monotonic() - STARTED:5.1f}s] {text}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
