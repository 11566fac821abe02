"""A release whose definitions cannot be reconciled with a workspace: refused with what to do, everything left as it was."""

from dataclasses import replace
from typing import Any

import pytest

from guanxi.app import installation
from guanxi.engine.objects.definitions import FieldDefinition, ObjectDefinition
from guanxi.infra.errors import Invalid
from guanxi.infra.i18n import LANGUAGES, sentence
from tests.engine.bundles.carrying import files_of
from tests.engine.design.designer import Designer
from tests.support import world
from tests.support.clients import Client

NEW = "01a30000-0000-7000-8000-000000000001"


@pytest.fixture
def designer(database: None) -> Designer:
    """The administrator, in a database that is rolled back."""
    return Designer(Client.signed_in_as("administrator"))


@pytest.fixture
def release(monkeypatch: pytest.MonkeyPatch):
    """Start a release that ships something else; deferred steps need a connection of their own and are left out."""
    shipped = installation.definitions()

    def start(change) -> None:
        monkeypatch.setattr(installation, "definitions", lambda: tuple(map(change, shipped)))
        monkeypatch.setattr(installation, "finish_deferred", lambda _: None)
        installation.upgrade_workspaces()

    return start


def company(change):
    """A change of the company's definition."""
    return lambda one: change(one) if one.key == "company" else one


def with_field(one: ObjectDefinition, key: str, **attributes: Any) -> ObjectDefinition:
    """A definition with one more text field."""
    (name,) = [field for field in one.fields if field.key == "name"]
    label = {"zh-CN": "新字段", "en": "New"}
    made = replace(
        name, id=NEW, key=key, attributes={**name.attributes, "label": label, "required": False, **attributes}
    )
    return replace(one, fields=(*one.fields, made))


def without(one: ObjectDefinition, key: str) -> ObjectDefinition:
    """A definition without a field."""
    layout = {"quick": ["name"], "sections": [], "list": ["name"], "highlights": [], "card": []}
    fields = tuple(field for field in one.fields if field.key != key)
    return replace(one, fields=fields, attributes={**one.attributes, "layout": layout})


def altered(one: ObjectDefinition, field_key: str, /, **values: Any) -> ObjectDefinition:
    """A definition with a field that is something else."""

    def change(field: FieldDefinition) -> FieldDefinition:
        return replace(field, **values) if field.key == field_key else field

    return replace(one, fields=tuple(map(change, one.fields)))


def refused(start, change) -> list[tuple[str, str]]:
    """Places and codes of a refusal in which no workspace was changed."""
    before = [(files_of(slug), _rows(slug)) for slug in (world.WORKSPACE, world.OTHER_WORKSPACE)]
    with pytest.raises(Invalid) as refusal:
        start(change)
    assert [(files_of(slug), _rows(slug)) for slug in (world.WORKSPACE, world.OTHER_WORKSPACE)] == before
    assert (refusal.value.code, refusal.value.params["workspace"]) == ("app.cannot_upgrade", world.WORKSPACE)
    for error in refusal.value.fields:
        for language in LANGUAGES:
            text = sentence(error.code, error.params, language)
            assert text != error.code
            assert "{" not in text
    return [(error.field, error.code) for error in refusal.value.fields]


def _rows(slug: str) -> Any:
    from tests.engine.bundles.carrying import system

    statement = "SELECT id, key, kind, shipped, state FROM sys_field ORDER BY id"
    columns = "SELECT attname FROM pg_attribute WHERE attrelid = 'rec_company'::regclass ORDER BY attnum"
    return system(slug, lambda ctx: (ctx.run(statement), ctx.run(columns), ctx.snapshot.version))


def test_a_new_field_is_there_after_the_upgrade(designer: Designer, release) -> None:
    release(company(lambda one: with_field(one, "motto")))

    assert designer.client.make(name="华信", motto="以人为本")["motto"] == "以人为本"


def test_what_the_workspace_named_itself_is_kept(designer: Designer, release) -> None:
    designer.act("update_field", field="company.level", values={"label": {"zh-CN": "星级", "en": "Stars"}})

    release(
        company(
            lambda one: altered(
                with_field(one, "motto"), "level", attributes={**_level(one), "help": {"zh-CN": "新", "en": "new"}}
            )
        )
    )

    level = designer.fields("company")["level"]
    assert (level["label"]["zh-CN"], level["help"]["zh-CN"]) == ("星级", "新")


def _level(one: ObjectDefinition) -> Any:
    return next(field.attributes for field in one.fields if field.key == "level")


def test_a_new_field_with_the_key_of_an_own_one_is_refused(designer: Designer, release) -> None:
    designer.act("create_field", object="company", kind="text", key="motto", label="口号")

    found = refused(release, company(lambda one: with_field(one, "motto")))

    assert found == [("company.motto", "install.field_clash")]


def test_a_key_whose_own_field_was_dropped_for_good_is_free_again(designer: Designer, release) -> None:
    from tests.engine.bundles.carrying import system

    designer.act("create_field", object="company", kind="text", key="motto", label="口号")
    designer.act("archive_field", field="company.motto", confirm=True)
    designer.act("drop_field", field="company.motto", confirm=True)
    drop = "ALTER TABLE rec_company DROP COLUMN motto"
    system(world.WORKSPACE, lambda ctx: ctx.run(drop))
    system(world.WORKSPACE, lambda ctx: ctx.run("UPDATE sys_field SET state = 'dropped' WHERE key = 'motto'"))

    release(company(lambda one: with_field(one, "motto")))

    assert designer.client.make(name="华信", motto="以人为本")["motto"] == "以人为本"


def test_a_new_object_with_the_key_of_an_own_one_is_refused(designer: Designer, release) -> None:
    designer.act("create_object", key="firm", label="企业")
    own = next(one for one in installation.definitions() if one.key == "tag")
    fields = tuple(replace(field, id=field.id[:-4] + "ffff") for field in own.fields)
    firm = replace(own, id=NEW, key="firm", fields=fields)

    found = refused(release, lambda one: firm if one.key == "tag" else one)

    assert found == [("firm", "install.object_clash")]


def test_another_kind_under_the_same_id_is_refused(designer: Designer, release) -> None:
    found = refused(release, company(lambda one: altered(one, "level", kind="text")))

    assert found == [("company.level", "install.kind_changed")]


def test_another_key_under_the_same_id_is_refused(designer: Designer, release) -> None:
    found = refused(release, company(lambda one: altered(one, "level", key="stars")))

    assert ("company.stars", "install.key_changed") in found


def test_a_removed_field_that_a_formula_uses_is_refused(designer: Designer, release) -> None:
    settings = {"expression": "employees * 2", "result": "number"}
    designer.act(
        "create_field", object="company", kind="formula", key="double", label="双倍", values={"settings": settings}
    )

    found = refused(release, company(lambda one: without(one, "employees")))

    assert found == [("company.employees", "install.field_removed")]


def test_a_removed_field_that_nothing_uses_goes_out_of_sight(designer: Designer, release) -> None:
    release(company(lambda one: without(one, "employees")))

    assert "employees" not in designer.fields("company")
