"""Writes docs/api/openapi.json: the HTTP interface of a new workspace as its administrator sees it.

`--check` writes nothing and fails when the file is not what the code says.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

from console import ROOT

TARGET = ROOT / "docs" / "api" / "openapi.json"


def main() -> int:
    """Write the document, or compare with it."""
    document = json.dumps(_document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if "--check" not in sys.argv:
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        TARGET.write_text(document, encoding="utf-8")
        return 0
    if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == document:
        return 0
    print(f"{TARGET.relative_to(ROOT)} is older than the code: run make api and commit it.", file=sys.stderr)
    return 1


def _document() -> dict[str, object]:
    with tempfile.TemporaryDirectory(prefix="guanxi-api-") as folder:
        Path(folder).chmod(0o711)
        os.environ.update(GUANXI_DATA=folder, DJANGO_SETTINGS_MODULE="guanxi.infra.settings")
        os.environ.pop("DATABASE_URL", None)

        import django

        django.setup()

        from guanxi.app.archive import with_database

        with with_database():
            from django.db import connection

            document = _describe_new_workspace()
            connection.close()
            return document


def _describe_new_workspace() -> dict[str, object]:
    from guanxi.app.installation import definitions
    from guanxi.capabilities.identity.models import Membership
    from guanxi.capabilities.identity.organisation import organisation_of
    from guanxi.capabilities.identity.workspaces import NewMember, create_workspace
    from guanxi.engine.context import work
    from guanxi.engine.http.openapi import describe
    from guanxi.infra.database import control_plane

    control_plane.migrate()
    first = NewMember("administrator@example.com", "Administrator", "not used by anybody")
    workspace = create_workspace(slug="example", name="Example", definitions=definitions(), administrator=first)
    row = Membership.objects.select_related("workspace").get()
    actor = organisation_of(row.workspace).actor(row.member_id)
    if actor is None:
        raise RuntimeError("the first member is not in the organisation")
    with work(workspace, actor, via="cli", language="en") as ctx:
        return describe(ctx)


if __name__ == "__main__":
    raise SystemExit(main())
