"""Writes what is made of the code of the HTTP interface.

docs/api/openapi.json is the interface of a new workspace as its administrator sees it, and web/src/api/types.ts the
browser client's types, made of that document. `--check` writes nothing and fails when a file is not what the code says.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from console import ROOT, WEB, environment

DOCUMENT = ROOT / "docs" / "api" / "openapi.json"
TYPES = WEB / "src" / "api" / "types.ts"
GENERATOR = WEB / "node_modules" / "openapi-typescript" / "bin" / "cli.js"
OPTIONS = ("--root-types", "--root-types-no-schema-prefix", "--root-types-keep-casing", "--default-non-nullable=false")


def main() -> int:
    """Write both files, or compare with them."""
    document = _document()
    document["info"]["version"] = "1"  # the catalog's version tells when the workspace was made
    made = {
        DOCUMENT: json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n",
        TYPES: _types(_without_objects(document)),
    }
    if "--check" not in sys.argv:
        for path, text in made.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return 0
    old = [path for path, text in made.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    for path in old:
        print(f"{path.relative_to(ROOT)} is older than the code: run make api and commit it.", file=sys.stderr)
    return 1 if old else 0


def _without_objects(document: dict[str, Any]) -> dict[str, Any]:
    """The document without any workspace's own objects: the browser reads those from the catalog as it runs."""
    objects = {tag["name"] for tag in document["tags"]}
    own = objects | {f"{key}_values" for key in objects}
    schemas = {name: schema for name, schema in document["components"]["schemas"].items() if name not in own}
    paths = {path: one for path, one in document["paths"].items() if not path.startswith("/records/")}
    return {**document, "tags": [], "paths": paths, "components": {**document["components"], "schemas": schemas}}


def _types(document: dict[str, Any]) -> str:
    with tempfile.TemporaryDirectory(prefix="guanxi-api-") as folder:
        source, target = Path(folder) / "openapi.json", Path(folder) / "types.ts"
        source.write_text(json.dumps(document, ensure_ascii=False, sort_keys=True), encoding="utf-8")
        command = ["node", GENERATOR, source, "--output", target, *OPTIONS]
        made = subprocess.run(command, cwd=WEB, env=environment(), check=False, capture_output=True, text=True)
        if made.returncode:
            sys.exit(f"The browser client's types could not be made:\n{made.stdout}{made.stderr}")
        return target.read_text(encoding="utf-8")


def _document() -> dict[str, Any]:
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


def _describe_new_workspace() -> dict[str, Any]:
    import guanxi.app.urls
    from guanxi.app.installation import definitions
    from guanxi.capabilities.identity.models import Membership
    from guanxi.capabilities.identity.organisation import organisation_of
    from guanxi.capabilities.identity.workspaces import NewMember, create_workspace
    from guanxi.engine.context import work
    from guanxi.engine.http.openapi import describe
    from guanxi.infra.database import control_plane

    assert guanxi.app.urls.urlpatterns, "the table of addresses is filled by the patterns made of it"
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
