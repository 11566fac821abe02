"""Brings the data of an installation up to this release: `python -m guanxi.app.prepare [--no-sample]`."""

import os
import sys
from typing import Any

import orjson


def prepare(*, sample: bool) -> dict[str, Any]:
    """Migrate the control plane and every workspace; make the sample workspace when there is none at all.

    The facts to announce: {"sign_ins": [{"role", "email", "password"}]}.
    """
    import django

    django.setup()

    from guanxi.app import installation
    from guanxi.capabilities.identity.models import Workspace
    from guanxi.infra.database import control_plane

    control_plane.migrate()
    installation.upgrade_workspaces()
    if sample and not Workspace.objects.exists():
        installation.create_sample_workspace()
    return {"sign_ins": installation.sample_sign_ins()}


def main() -> int:
    """Prepare and print the facts as JSON; a refusal becomes a sentence on standard error."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guanxi.infra.settings")
    from guanxi.app.refused import tell
    from guanxi.infra.errors import Refusal

    try:
        facts = prepare(sample="--no-sample" not in sys.argv)
    except Refusal as refusal:
        tell(refusal)
        return 1
    sys.stdout.buffer.write(orjson.dumps(facts))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
