"""The wheel alone serves the same: no clone, no Node."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.support.product import Product

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[3]
BUILT = ROOT / "server" / "guanxi" / "app" / "static" / "index.html"


def test_the_wheel_serves_the_screens_without_the_clone_and_without_node(tmp_path):
    assert BUILT.is_file(), "make build comes first"
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    place = tmp_path / "installed"
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        "--target",
        str(place),
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True)

    product = Product()
    try:
        product.start(PYTHONPATH=str(place), PATH="/usr/sbin:/sbin")
        where = subprocess.run(
            [sys.executable, "-c", "import guanxi; print(guanxi.__file__)"],
            env=os.environ | {"PYTHONPATH": str(place)}, cwd=tmp_path, capture_output=True, text=True, check=True,
        )  # fmt: skip

        assert where.stdout.strip() == str(place / "guanxi" / "__init__.py")
        assert httpx.get(product.address).text == BUILT.read_text()
        assert shutil.which("node", path="/usr/sbin:/sbin") is None
    finally:
        product.remove()
