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
    from guanxi.packs.sample import sign_ins
    from guanxi.packs.sample.workspace import create_sample

    control_plane.migrate()
    installation.upgrade_workspaces()
    if sample and not Workspace.objects.exists():
        workspace = create_sample(installation.definitions(), installation.seeds())
        installation.finish_deferred(workspace.schema)
    has_sample = Workspace.objects.filter(is_sample=True).exists()
    return {"sign_ins": sign_ins.SIGN_INS if has_sample else []}


def main() -> int:
    """Prepare and print the facts as JSON; a refusal becomes a sentence on standard error."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guanxi.infra.settings")
    from guanxi.infra.errors import Refusal
    from guanxi.infra.i18n import sentence, terminal_language

    try:
        facts = prepare(sample="--no-sample" not in sys.argv)
    except Refusal as refusal:
        print(sentence(refusal.code, refusal.params, terminal_language()), file=sys.stderr)
        return 1
    sys.stdout.buffer.write(orjson.dumps(facts))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
