"""The world the tests live in: one company with a tree of departments and people of every role, and a stranger.

Head office ── Sales ─┬─ East   salesperson, colleague
                      └─ South  other_salesperson
administrator sits in Head office, manager and read_only in Sales; the stranger owns another workspace.
"""

from dataclasses import dataclass
from uuid import UUID

PASSWORD = "a long enough password"
WORKSPACE = "acme"
OTHER_WORKSPACE = "globex"
STRANGER = "stranger"
PEOPLE = {
    "administrator": ("administrator", "head"),
    "manager": ("manager", "sales"),
    "salesperson": ("salesperson", "east"),
    "colleague": ("salesperson", "east"),
    "other_salesperson": ("salesperson", "south"),
    "read_only": ("read_only", "sales"),
}
"""Name of the actor -> role and department."""
DEPARTMENTS = {"head": None, "sales": "head", "east": "sales", "south": "sales"}


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in."""

    name: str
    email: str
    password: str
    member_id: UUID


def email(name: str) -> str:
    """The address a person of the world signs in with."""
    return f"{name}@example.com"


def build() -> None:
    """Make both workspaces, committed, in the database Django is pointed at."""
    from guanxi.app.installation import definitions, finish_deferred, seeds
    from guanxi.capabilities.identity.workspaces import NewMember, add_member, create_workspace
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work
    from guanxi.engine.records import writes

    def new(name: str) -> NewMember:
        role = PEOPLE[name][0] if name in PEOPLE else "administrator"
        return NewMember(email(name), name, PASSWORD, (role,))

    shipped = {"definitions": definitions(), "seeds": seeds()}
    own = create_workspace(slug=WORKSPACE, name="Acme", administrator=new("administrator"), **shipped)
    other = create_workspace(slug=OTHER_WORKSPACE, name="Globex", administrator=new(STRANGER), **shipped)
    with work(own, SYSTEM, via="system") as ctx:
        made: dict[str, UUID] = {}
        for key, parent in DEPARTMENTS.items():
            values = {"name": key, "parent": made[parent] if parent else None}
            (made[key],) = writes.create(ctx, "department", [values])
        for name, (_, department) in PEOPLE.items():
            if name != "administrator":
                add_member(ctx, new(name), department=made[department])
        place_administrator(ctx, made["head"])
    for workspace in (own, other):
        finish_deferred(workspace.schema)


def place_administrator(ctx, department: UUID) -> None:
    """Give the first member, who is older than the departments, a seat in one."""
    from guanxi.engine.records import reads, writes

    (member,) = reads.ids(ctx, "member", {"field": "email", "op": "eq", "value": email("administrator")})
    writes.update(ctx, "member", [writes.Change(member, {"department": department})])


def membership(name: str):
    """The membership row of a person of the world."""
    from guanxi.capabilities.identity.models import Membership

    slug = OTHER_WORKSPACE if name == STRANGER else WORKSPACE
    return Membership.objects.select_related("workspace", "account").get(
        account__email=email(name), workspace__slug=slug
    )


def workspace(slug: str = WORKSPACE):
    """The engine's workspace."""
    from guanxi.capabilities.identity.models import Workspace
    from guanxi.capabilities.identity.organisation import engine_workspace

    return engine_workspace(Workspace.objects.get(slug=slug))


def actor(name: str):
    """The engine's actor for a person of the world."""
    from guanxi.capabilities.identity.organisation import organisation_of

    row = membership(name)
    return organisation_of(row.workspace).actor(row.member_id, row.account_id)
