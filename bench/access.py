"""Measures of access: readers of very different reach, with ten roles, masked fields and many departments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from bench import build
from bench.cases import LIST
from bench.measure import Floor, Result, Session, result, timed
from bench.world import Size

ROLES, DEPARTMENTS, SHARES = 10, 50, 400
MASKED = {
    "company": {"phone": "masked", "mail": "hidden", "annual_revenue": "masked"},
    "contact": {"mobile": "masked", "wechat": "hidden"},
    "opportunity": {"next_step": "masked", "loss_reason": "hidden"},
}
TERRITORY = {
    "and": [{"field": "status", "op": "eq", "value": "open"}, {"field": "amount", "op": "gte", "value": 200000}]
}
PEOPLE = {
    "newcomer@bench.test": ("400 shares", "own"),
    "masked.sales@bench.test": ("0.5 %", "own"),
    "masked.manager@bench.test": ("25 %", "tree"),
    "director@bench.test": ("filter scope", "filter"),
}
"""Who is measured: what they are called in the table, and the reach of the last of their ten roles."""
WIDE = "wide@bench.test"


def cases() -> Iterator[tuple[str, str, Any]]:
    """Names, people and cases."""
    for email, (called, _) in PEOPLE.items():
        yield f"access list, {called}", email, visible_list
        yield f"access count, {called}", email, visible_count
    yield "access, 10 roles and 50 departments", WIDE, cost_of_many
    yield "access, simulation of a role change", build.ADMINISTRATOR, simulation


def ensure() -> None:
    """Have the people, roles and shares in the measured workspace, once."""
    from guanxi.capabilities.identity.models import Account, Workspace
    from guanxi.capabilities.identity.organisation import engine_workspace, organisation_changed
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work

    if Account.objects.filter(email=WIDE).exists():
        return
    workspace = engine_workspace(Workspace.objects.get(slug=build.SLUG))
    with work(workspace, SYSTEM, via="import", label={"key": "bench"}) as ctx:
        _roles(ctx)
        made = _people(ctx)
        _hand_some(ctx, made["masked.sales@bench.test"])
        ctx.run(
            "INSERT INTO sys_share (object, record, member, level) SELECT 'company', id, $1, 'read' FROM rec_company"
            f" WHERE deleted_at IS NULL ORDER BY id LIMIT {SHARES}",
            [made["newcomer@bench.test"]],
        )
        organisation_changed(ctx)


def _roles(ctx: Any) -> None:
    """Nine roles that open nothing but say much of fields, and one for each reach."""
    from guanxi.engine.records import writes

    shared = {key: {"read": "all"} for key in ("member", "department", "role", "pipeline", "stage", "product")}
    rows = [_role(f"bench_{n}", {**shared, **_of_fields("own")}) for n in range(ROLES - 1)]
    for name, reach in (("own", "own"), ("tree", "tree"), ("filter", {"where": TERRITORY})):
        rows.append(_role(f"bench_{name}", {**shared, **_of_fields("own"), "opportunity": _of("opportunity", reach)}))
    writes.create(ctx, "role", rows)


def _role(key: str, objects: dict[str, Any]) -> dict[str, Any]:
    return {"key": key, "name": key, "permissions": {"objects": {"*": {"read": "own"}, **objects}, "system": []}}


def _of_fields(reach: Any) -> dict[str, Any]:
    return {key: _of(key, reach) for key in MASKED}


def _of(key: str, reach: Any) -> dict[str, Any]:
    return {"create": True, "read": reach, "edit": "own", "fields": MASKED[key]}


def _people(ctx: Any) -> dict[str, UUID]:
    """Each with ten roles; the widest stands in fifty departments."""
    from guanxi.capabilities.identity.workspaces import NewMember, add_member
    from guanxi.engine.records import reads, writes

    regions = reads.native(ctx, "department", reads.ids(ctx, "department", None), ("name", "parent"))
    area = next(id_ for id_, row in regions.items() if row["name"] == "大区1")
    team = next(id_ for id_, row in regions.items() if row["parent"] == area)
    many = tuple(f"bench_{n}" for n in range(ROLES - 1))
    made = {}
    for email, (called, reach) in PEOPLE.items():
        person = NewMember(email, called, build.PASSWORD, (*many, f"bench_{reach}"))
        made[email] = add_member(ctx, person, department=area if reach == "tree" else team)
    wide = add_member(ctx, NewMember(WIDE, "多岗位", build.PASSWORD, (*many, "bench_own")), department=team)
    extra = writes.create(ctx, "department", [{"name": f"项目组{n}", "parent": area} for n in range(DEPARTMENTS)])
    writes.create(ctx, "position", [{"member": wide, "department": one} for one in extra])
    return made


def _hand_some(ctx: Any, member: UUID) -> None:
    """Half a percent of the opportunities, as somebody has them who was handed another's."""
    ctx.run(
        "UPDATE rec_opportunity SET owner = $1 WHERE id IN (SELECT id FROM rec_opportunity WHERE deleted_at IS NULL"
        " AND owner = (SELECT owner FROM rec_opportunity WHERE owner IS NOT NULL AND deleted_at IS NULL"
        " ORDER BY id DESC LIMIT 1) LIMIT 5000)",
        [member],
    )


def visible_list(session: Session, floor: Floor, called: str, rounds: int, size: Size) -> list[Result]:
    """The first page of the usual filtered list."""
    from guanxi.engine.http.queries import query_of
    from guanxi.engine.records import reads

    times = timed(rounds, lambda _: session.send("POST", "/records/opportunity/query", LIST))
    bare = floor.measure(rounds, lambda ctx: reads.page(ctx, "opportunity", query_of(LIST)))
    return [result("list page", called, size.opportunities, times, bare)]


def visible_count(session: Session, floor: Floor, called: str, rounds: int, size: Size) -> list[Result]:
    """How many opportunities the person sees at all."""
    import json

    last: dict[str, Any] = {}

    def call(_: int) -> None:
        last.update(json.loads(session.send("POST", "/records/opportunity/count", {}).content))

    found = result("count of visible rows", called, size.opportunities, timed(rounds, call))
    found.note = f"{called}: {last['count']:,} {'counted' if last['exact'] else 'estimated'}"
    return [found]


def cost_of_many(session: Session, floor: Floor, called: str, rounds: int, size: Size) -> list[Result]:
    """The same small request as somebody with ten roles in fifty departments, and as somebody with one of each."""
    plain = Session(build.SALESPERSON)
    ask = "/records/product?limit=1"
    many = timed(rounds, lambda _: session.send("GET", ask))
    one = timed(rounds, lambda _: plain.send("GET", ask))
    return [
        result("small request, 10 roles, 51 departments", called, size.opportunities, many),
        result("small request, 1 role, 1 department", called, size.opportunities, one),
    ]


def simulation(session: Session, floor: Floor, called: str, rounds: int, size: Size) -> list[Result]:
    """What it would do to let everybody with the salesperson's role read their whole department's opportunities."""
    from bench.measure import body

    asked = {"select": ["permissions"], "where": {"field": "key", "op": "eq", "value": "salesperson"}, "limit": 1}
    (role,) = body(session.send("POST", "/records/role/query", asked))["rows"]
    permissions = role["permissions"]
    shown = permissions["objects"].setdefault("opportunity", dict(permissions["objects"].get("*", {})))
    shown["read"] = "tree"
    shown["fields"] = {"amount": "masked"}
    change = {"changes": [{"object": "role", "id": role["id"], "values": {"permissions": permissions}}]}
    return [
        result(
            "simulation of a role change",
            "administrator",
            size.opportunities,
            timed(max(3, rounds // 20), lambda _: session.send("POST", "/access/simulate", change)),
        )
    ]
