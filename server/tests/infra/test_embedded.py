"""The embedded server: full disks and long paths; starting and falling are in tests/app."""

import shutil
from typing import NamedTuple

import pytest

from guanxi.infra.database import embedded, location
from guanxi.infra.database.address import connection_settings, conninfo
from guanxi.infra.database.location import SOCKET_PATH_LIMIT, socket_dir
from guanxi.infra.errors import Unavailable


class Usage(NamedTuple):
    """What shutil.disk_usage answers."""

    total: int
    used: int
    free: int


@pytest.fixture(autouse=True)
def _ordinary_user(monkeypatch):
    """Root's detour around closed folders has a test of its own."""
    monkeypatch.setattr(location, "runs_as_root", lambda: False)


def test_a_full_disk_is_refused_before_anything_is_made(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9, 5_000_000))

    with pytest.raises(Unavailable) as refused:
        embedded.EmbeddedServer(tmp_path).start()

    assert refused.value.code == "database.disk_full"
    assert refused.value.params["free_mb"] == 5
    assert not list(tmp_path.rglob("postgres-18*"))


def test_a_long_path_gets_a_short_socket(tmp_path):
    deep = tmp_path / ("a" * 60) / ("b" * 60)

    assert len(str(socket_dir(deep))) < SOCKET_PATH_LIMIT
    assert socket_dir(deep) == socket_dir(deep)
    assert socket_dir(deep) != socket_dir(deep.parent / ("c" * 60))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://me:s%40cret@db.example:6432/crm?sslmode=require",
            {"NAME": "crm", "USER": "me", "PASSWORD": "s@cret", "HOST": "db.example", "PORT": "6432",
             "OPTIONS": {"sslmode": "require"}},
        ),
        (
            "postgres:///crm?host=/run/postgresql",
            {"NAME": "crm", "USER": "", "PASSWORD": "", "HOST": "/run/postgresql", "PORT": "", "OPTIONS": {}},
        ),
    ],
)  # fmt: skip
def test_an_address_is_read(tmp_path, url, expected):
    assert connection_settings(tmp_path, url) == expected


def test_another_database_is_refused(tmp_path):
    with pytest.raises(ValueError, match="must begin with postgresql://"):
        connection_settings(tmp_path, "mysql://root@localhost/crm")


def test_the_connection_string_takes_what_libpq_knows(tmp_path):
    settings = connection_settings(tmp_path, "postgresql://me@db.example/crm?sslmode=require&prepare_threshold=3")

    assert conninfo(settings, dbname="other") == "dbname=other user=me host=db.example sslmode=require"


def test_roots_server_lives_where_its_user_can_reach_it(tmp_path, monkeypatch):
    monkeypatch.setattr(location, "runs_as_root", lambda: True)
    monkeypatch.setattr(location, "is_open_to_all", lambda path: path == tmp_path / "open")

    assert location.cluster_home(tmp_path / "open") == tmp_path / "open"
    assert location.cluster_home(tmp_path / "closed").parent == location.SYSTEM_HOME / "clusters"
