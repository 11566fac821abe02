"""Ports that the operator chooses."""

from collections.abc import Mapping

from guanxi.infra.errors import Invalid

HIGHEST = 65_535


def port_of(environ: Mapping[str, str], setting: str, default: int) -> int:
    """The port that a setting names; Invalid says what a port is and which setting has to change."""
    said = environ.get(setting, "").strip() or str(default)
    if not (said.isascii() and said.isdigit() and 1 <= int(said) <= HIGHEST):
        raise Invalid([], "settings.bad_port", {"setting": setting, "value": said[:40], "highest": HIGHEST})
    return int(said)


def apart(port: int, setting: str, other: int, other_setting: str) -> None:
    """Two servers cannot listen at one port; Invalid names both settings."""
    if port == other:
        raise Invalid([], "settings.same_port", {"setting": setting, "other": other_setting, "port": port})
