"""Builds the browser client into the server's package, when its sources changed since the last build."""

import gzip
import hashlib
import subprocess
import sys

from console import ROOT, SCRIPTS, WEB, environment

OUTPUT = ROOT / "server" / "guanxi" / "app" / "static"
STAMP = OUTPUT / ".sources"
SOURCES = (
    "src/**/*",
    "public/**/*",
    "index.html",
    "package-lock.json",
    "*.config.*",
    "scripts/bundles.ts",
    "tsconfig.json",
)
PACKED = {".js", ".css", ".html", ".svg", ".json"}
WORTH_PACKING_BYTES = 1024


def main() -> int:
    """Build if need be; 1 when the build fails."""
    fingerprint = _fingerprint()
    if STAMP.is_file() and STAMP.read_text() == fingerprint:
        return 0
    print("building the screens", flush=True)
    npm = SCRIPTS / "npm"
    built = subprocess.run(
        [npm, "run", "--silent", "build"], cwd=WEB, env=environment(), check=False, capture_output=True, text=True
    )
    if built.returncode:
        print(built.stdout + built.stderr, file=sys.stderr)
        print("\nThe screens could not be built; the reason stands above.", file=sys.stderr)
        return 1
    for file in OUTPUT.rglob("*"):
        if file.suffix in PACKED and file.stat().st_size > WORTH_PACKING_BYTES:
            file.with_name(file.name + ".gz").write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))
    STAMP.write_text(fingerprint)
    return 0


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in WEB.glob(pattern) if path.is_file()}):
        digest.update(str(path.relative_to(WEB)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


if __name__ == "__main__":
    raise SystemExit(main())
