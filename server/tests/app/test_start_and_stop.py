"""Starting, falling, ending: what an operator relies on."""

import os
import socket
from collections.abc import Iterator

import httpx
import psutil
import pytest

from tests.support.product import Product, free_port, until

pytestmark = pytest.mark.slow
MEMORY_BUDGET_BYTES = 500_000_000


@pytest.fixture
def product() -> Iterator[Product]:
    made = Product()
    yield made
    made.remove()


@pytest.fixture
def again(started_once: Product) -> Iterator[Product]:
    """A product that was started before."""
    made = Product.like(started_once)
    yield made
    made.remove()


def _gone(processes: list[psutil.Process]) -> bool:
    return all(not one.is_running() or one.status() == psutil.STATUS_ZOMBIE for one in processes)


def test_it_serves_survives_a_restart_and_ends_everything_it_started(product):
    product.start()
    health = httpx.get(f"{product.address}/healthz")
    unknown = httpx.get(f"{product.address}/api/v1/nowhere", headers={"Accept-Language": "en"})
    family = product.family()
    memory = sum(one.memory_full_info().pss for one in family if "python" in one.name())
    product.script(
        "from guanxi.capabilities.identity.models import Account\n"
        "Account.objects.create_user('a@example.com', 'password', name='A')"
    )
    printed = product.stop()

    assert health.json()["status"] == "ok"
    assert "frame-ancestors 'none'" in health.headers["Content-Security-Policy"]
    assert unknown.status_code == 404
    assert unknown.headers["Content-Type"] == "application/problem+json"
    assert unknown.json()["detail"] == "There is nothing at this address."
    assert memory < MEMORY_BUDGET_BYTES
    assert f"Guanxi is ready: {product.address}" in printed
    assert _gone(family)

    product.start()
    found = product.script("from guanxi.capabilities.identity.models import Account\nprint(Account.objects.count())")

    assert found.strip() == "1"


def test_the_second_start_prepares_nothing_unless_the_code_or_the_data_changed(again):
    stamp = again.data / "prepared"
    first = stamp.stat().st_mtime_ns
    again.start()
    again.stop()
    unchanged = stamp.stat().st_mtime_ns
    stamp.write_text("another release")
    again.start()

    assert unchanged == first
    assert stamp.read_text() != "another release"


def test_whatever_falls_is_started_again(again):
    again.start()
    for module in ("guanxi.app.worker", "guanxi.app.live", "guanxi.app.web", "postgres-18"):
        fallen = again.member(module)
        assert fallen is not None
        fallen.kill()
        until(lambda fallen=fallen: _gone([fallen]), 10)
        again.until_healthy(40)
        until(lambda module=module: again.member(module) is not None, 40)

    assert again.is_healthy()


def test_a_killed_supervisor_takes_everything_along_and_leaves_sound_data(again):
    again.start()
    family = again.family()
    again.process.kill()
    again.process.wait()
    until(lambda: _gone(family), 40)

    again.start()
    assert again.is_healthy()


def test_a_second_start_on_the_same_data_is_refused_with_the_first_one_named(again):
    again.start()
    second = again.command("up", GUANXI_PORT=str(free_port()), GUANXI_LIVE_PORT=str(free_port()))

    assert second.returncode == 1
    assert f"Guanxi is already running on {again.data} (process {again.process.pid})" in second.stderr
    assert again.is_healthy()


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"GUANXI_PORT": "99999"}, ["GUANXI_PORT", "99999", "65535"]),
        ({"GUANXI_PORT": "abc"}, ["GUANXI_PORT", "abc", "65535"]),
        ({"GUANXI_LIVE_PORT": "0"}, ["GUANXI_LIVE_PORT", "65535"]),
        ({"GUANXI_PORT": "8123", "GUANXI_LIVE_PORT": "8123"}, ["GUANXI_PORT", "GUANXI_LIVE_PORT", "8123"]),
    ],
)
def test_a_port_that_is_none_is_named_with_its_setting(product, settings, named):
    refused = product.command("up", "--no-sample", LANG="en", **settings)

    assert refused.returncode == 1
    assert [word for word in named if word not in refused.stderr] == []
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(("setting", "language"), [("GUANXI_PORT", "en"), ("GUANXI_LIVE_PORT", "zh_CN.UTF-8")])
def test_an_occupied_port_is_named_with_its_setting(product, setting, language):
    with socket.socket() as occupant:
        occupant.bind(("127.0.0.1", 0))
        occupant.listen()
        port = str(occupant.getsockname()[1])
        refused = product.command("up", "--no-sample", LANG=language, **{setting: port})

    assert refused.returncode == 1
    assert port in refused.stderr
    assert setting in refused.stderr
    assert ("占用" in refused.stderr) == (language != "en")
    assert "Traceback" not in refused.stderr


def test_data_of_another_major_version_is_refused_and_untouched(product):
    older = product.data / "postgres-16"
    older.mkdir()
    (older / "PG_VERSION").write_text("16\n")
    refused = product.command("up", "--no-sample")

    assert refused.returncode == 1
    assert "PostgreSQL 16" in refused.stderr
    assert str(older) in refused.stderr
    assert [path.name for path in product.data.glob("postgres-*")] == ["postgres-16"]


def test_a_first_start_killed_half_way_is_resumed(product):
    half = product.data / "postgres-18.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    os.truncate(half / "PG_VERSION", 0)

    product.start()
    assert product.is_healthy()


def test_a_wrong_setting_is_a_sentence(product):
    refused = product.command("up", DATABASE_URL="mysql://root@localhost/x")

    assert refused.returncode == 1
    assert "DATABASE_URL must begin with postgresql://" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_database_that_does_not_answer_is_a_sentence(product):
    refused = product.command("up", DATABASE_URL=f"postgresql://nobody@127.0.0.1:{free_port()}/nothing")

    assert refused.returncode == 1
    assert "does not answer" in refused.stderr
    assert "Traceback" not in refused.stderr
