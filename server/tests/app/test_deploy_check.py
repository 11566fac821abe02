"""Django's own checklist for a product that is open to the world."""

import os
import subprocess
import sys


def check(**settings: str) -> subprocess.CompletedProcess[str]:
    """`django check --deploy` with the settings of an installation."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GUANXI_")}
    environment |= {"DJANGO_SETTINGS_MODULE": "guanxi.infra.settings", "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env=environment | settings, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_finds_nothing_behind_a_proxy_that_ends_tls(tmp_path):
    found = check(GUANXI_URL="https://crm.example.com", GUANXI_BEHIND_PROXY="1", GUANXI_DATA=str(tmp_path))

    assert found.returncode == 0, found.stderr
    assert "no issues" in found.stdout + found.stderr


def test_finds_something_without_tls(tmp_path):
    """The test above cannot pass by looking at nothing."""
    found = check(GUANXI_URL="http://crm.example.com", GUANXI_DATA=str(tmp_path))

    assert found.returncode != 0
    assert "security.W012" in found.stderr


def test_leaves_out_only_what_there_is_a_reason_for():
    from django.conf import settings

    assert sorted(settings.SILENCED_SYSTEM_CHECKS) == ["security.W005", "security.W008", "security.W021"]
