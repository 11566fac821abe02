"""Rules of departments: a tree without cycles and without namesakes side by side, in the hands of those who manage
members. A department's path follows its name and place, and a path that is given decides both.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from guanxi.capabilities.identity import paths
from guanxi.capabilities.identity.hooks.cycles import rows_in_cycle
from guanxi.capabilities.identity.organisation import organisation_changed
from guanxi.capabilities.identity.paths import Node
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import Conflict, FieldError, Invalid, NotAllowed

_PLACE = ("name", "parent", "path")


@hook("department", "before")
def only_who_manages_members(ctx: Context, batch: list[Write]) -> None:
    """Departments are written by those who manage members."""
    if not ctx.actor.may("members"):
        raise NotAllowed("identity.members_right_needed")


@hook("department", "before", ops=("delete",))
def only_empty_ones_go(ctx: Context, batch: list[Write]) -> None:
    """Conflict says what a department still has: people, those who left too, departments below it, further positions."""
    system, going = ctx.as_system(), {write.id for write in batch}
    for write in batch:
        here = {"op": "eq", "value": str(write.id)}
        people = reads.ids(system, "member", {"field": "department", **here})
        below = set(reads.ids(system, "department", {"field": "parent", **here})) - going
        positions = reads.ids(system, "position", {"field": "department", **here})
        if people or below or positions:
            found = {"members": len(people), "departments": len(below), "positions": len(positions)}
            raise Conflict("identity.department_in_use", {"name": write.value("name"), **found})


@hook("department", "before", fields=_PLACE, ops=("create", "update"))
def names_and_paths_agree(ctx: Context, batch: list[Write]) -> None:
    """A path gives the name, its last step; without one the path is that of name and place."""
    errors, tree = [], _tree(ctx)
    for write in batch:
        given = paths.steps(write.new.get("path") or "")
        if not given or not _is_given(write):
            name, parent = write.value("name"), write.value("parent")
            if name and not _waits(write):
                write.new["path"] = paths.below(tree, parent, name)
                if paths.find(tree, parent, name) not in (None, write.id):
                    errors.append(FieldError("name", "identity.department_twice", {"name": name}, write.row))
            continue
        path, named = paths.joined(given), write.new.get("name")
        if named and paths.step(named) not in (given[-1], paths.step(write.new["path"])):
            errors.append(FieldError("path", "identity.department_path_name", {"name": named}, write.row))
        write.new["path"] = path
        if paths.step(write.value("name") or "") != given[-1]:
            write.new["name"] = given[-1]
        if write.op == "create":
            write.new["parent"] = None
    if errors:
        raise Invalid(errors)


@hook("department", "after")
def rights_are_read_anew(ctx: Context, batch: list[Write]) -> None:
    """Who lies below whom decides what managers reach. Two changes of the tree wait for each other here."""
    organisation_changed(ctx)


@hook("department", "after", fields={"path"}, ops=("create", "update"))
def paths_place_departments(ctx: Context, batch: list[Write]) -> None:
    """A department stands below the one its path names; what is missing on the way down is made."""
    tree = _tree(ctx)
    asked = {write.id: write.new["path"] for write in batch if _is_given(write) and write.new.get("path")}
    astray = [one for one in asked if one in tree and paths.path_of(tree, one) != asked[one]]
    moved = []
    for one in sorted(astray, key=lambda id_: len(paths.steps(asked[id_]))):
        parent = _placed(ctx, tree, paths.steps(asked[one])[:-1])
        tree[one] = replace(tree[one], parent=parent, path=None)
        moved.append(writes.Change(one, {"parent": parent}))
    if moved:
        writes.update(ctx.as_system(), "department", moved)


@hook("department", "after", fields={"parent"})
def departments_form_a_tree(ctx: Context, batch: list[Write]) -> None:
    """A department never lies below itself."""
    rows = rows_in_cycle(ctx, batch, "department", "parent")
    if rows:
        raise Invalid([FieldError("parent", "identity.department_cycle", row=row) for row in rows])


@hook("department", "after", fields={"name", "parent"}, ops=("create", "update", "restore"))
def no_namesakes_side_by_side(ctx: Context, batch: list[Write]) -> None:
    """Two departments below the same one are not called the same: their paths could not tell them apart."""
    tree = _tree(ctx)
    places: dict[tuple[UUID | None, str], list[UUID]] = {}
    for id_, one in tree.items():
        if not one.waits:
            places.setdefault((one.parent, paths.step(one.name).casefold()), []).append(id_)
    errors = []
    for write in batch:
        one = tree.get(write.id)
        if one and not one.waits and len(places[one.parent, paths.step(one.name).casefold()]) > 1:
            errors.append(FieldError("name", "identity.department_twice", {"name": one.name}, write.row))
    if errors:
        raise Invalid(errors)


@hook("department", "after", fields={"name", "parent"}, ops=("create", "update"))
def paths_below_follow(ctx: Context, batch: list[Write]) -> None:
    """What lies below a department that was moved or is called otherwise has another path."""
    write_paths(ctx)


def write_paths(ctx: Context) -> None:
    """Give every department the path of its place where it has another one, or none yet.

    Of namesakes from before there were paths one has it alone.
    """
    tree = _tree(ctx)
    wanted = {id_: paths.path_of(tree, id_) for id_, one in tree.items() if not one.waits}
    settled = {path: id_ for id_, path in wanted.items() if tree[id_].path == path}
    for id_, path in wanted.items():
        settled.setdefault(path, id_)
    changes = [writes.Change(id_, {"path": path}) for path, id_ in settled.items() if tree[id_].path != path]
    if changes:
        writes.update(ctx.as_system(), "department", changes)


def _is_given(write: Write) -> bool:
    """Whether the writer names the path, which an update that moves or renames a department only follows."""
    return write.op == "create" or "path" in write.asked


def _waits(write: Write) -> bool:
    """Whether the department is just about to be put where its path says."""
    old = write.old
    return bool(old) and Node(old["name"], old["parent"], old["path"]).waits


def _placed(ctx: Context, tree: dict[UUID, Node], names: list[str]) -> UUID | None:
    """The department at the end of these steps, made with all that is missing above it."""
    parent = None
    for name in names:
        found = paths.find(tree, parent, name)
        if found is None:
            (found,) = writes.create(ctx, "department", [{"name": name, "parent": parent}])
            tree[found] = Node(name, parent)
        parent = found
    return parent


def _tree(ctx: Context) -> dict[UUID, Node]:
    system = ctx.as_system()
    rows = reads.native(system, "department", reads.ids(system, "department", None), _PLACE)
    return {id_: Node(row["name"], row["parent"], row["path"]) for id_, row in rows.items()}
