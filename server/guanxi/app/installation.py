"""The whole installation: what every workspace ships with, bringing all of them up to date."""

from collections.abc import Callable
from functools import cache

from django.db import transaction
from psycopg import sql

from guanxi.app.areas import registry
from guanxi.capabilities.identity.models import Workspace
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.engine.context import Context
from guanxi.engine.design import steps
from guanxi.engine.objects import ready
from guanxi.engine.objects.definitions import ObjectDefinition, read_folder
from guanxi.engine.objects.install import install, rehearse, upgrade_system_tables
from guanxi.infra.database.cursor import RecordCursor, cursor
from guanxi.infra.errors import Invalid


@cache
def definitions() -> tuple[ObjectDefinition, ...]:
    """The objects that every workspace begins with, of all areas."""
    return tuple(
        definition for folder in registry().object_folders for definition in read_folder(folder, folder.parent.name)
    )


def seeds() -> tuple[Callable[[Context], None], ...]:
    """What gives a new workspace its first records, of all areas."""
    return tuple(registry().seeds)


def upgrade_workspaces() -> None:
    """Bring the schema of every workspace to this release, each in a transaction of its own.

    Invalid when one of them cannot be; then none is changed, and what is in the way is named.
    """
    every = list(Workspace.objects.order_by("pk"))
    changing = {workspace.pk for workspace in every if _rehearsed(workspace)}
    for workspace in every:
        with transaction.atomic():
            own = _cursor_in(workspace)
            upgrade_system_tables(own)
            if workspace.pk in changing:
                install(own, definitions())
            ready.refresh(own)
        finish_deferred(workspace.schema)


def _rehearsed(workspace: Workspace) -> bool:
    """Whether this release changes the workspace; everything done to find out is rolled back."""
    try:
        with transaction.atomic():
            own = _cursor_in(workspace)
            upgrade_system_tables(own)
            changes = rehearse(own, definitions())
            transaction.set_rollback(True)
    except Invalid as refusal:
        params = {"workspace": workspace.slug, **refusal.params}
        raise Invalid(refusal.fields, "app.cannot_upgrade", params) from None
    return changes


def _cursor_in(workspace: Workspace) -> RecordCursor:
    own = cursor()
    own.execute(sql.SQL("SET LOCAL search_path = {}, public").format(sql.Identifier(workspace.schema)))
    return own


def finish_deferred(schema: str) -> None:
    """Run the steps that a change of definitions left for later, on a connection without a transaction."""
    registry()
    number = int(schema.removeprefix("ws_"))
    steps.run(engine_workspace(Workspace.objects.get(pk=number)))


def create_sample_workspace() -> None:
    """The sample workspace, as `make run` shows it on a new machine."""
    from guanxi.packs.sample.workspace import create_sample

    workspace = create_sample(definitions(), seeds())
    finish_deferred(workspace.schema)


def sample_sign_ins() -> list[dict[str, str]]:
    """Role, e-mail and password of three people of the sample workspace; [] when there is none."""
    if not Workspace.objects.filter(is_sample=True).exists():
        return []
    from guanxi.packs.sample.sign_ins import SIGN_INS

    return list(SIGN_INS)
