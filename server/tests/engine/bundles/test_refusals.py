"""Files that somebody wrote by hand, damaged, or brought from elsewhere: refused with file and place, nothing applied."""

import base64
from typing import Any

import pytest

from tests.engine.bundles.carrying import files_of
from tests.engine.design.designer import Designer
from tests.support import world

MOTTO = "objects/company/fields/motto.toml"
FIELD = """
id = "01a20000-0000-7000-8000-000000000001"
key = "motto"
kind = "text"
position = 50

[label]
zh-CN = "口号"
en = "Motto"
"""


def refused(there: Designer, given: dict[str, str], **more: Any) -> list[tuple[str, str]]:
    """Places and codes of a refusal; nothing may have changed."""
    before = files_of(world.OTHER_WORKSPACE)
    answer = there.client.post("actions/configuration/apply", {"params": {"files": given, **more}})
    assert answer.status_code in {400, 409, 422}, answer.content.decode()
    assert files_of(world.OTHER_WORKSPACE) == before
    problem = answer.json()
    assert "bundles." not in problem["detail"]
    assert all(one["code"] not in one["message"] for one in problem.get("fields", []))
    return [(one["field"], one["code"]) for one in problem.get("fields", [])] or [("", problem["code"])]


def test_a_field_written_by_hand_is_taken(there: Designer) -> None:
    given = {**files_of(world.OTHER_WORKSPACE), MOTTO: FIELD}

    answer = there.client.post("actions/configuration/apply", {"params": {"files": given}})

    assert answer.status_code == 200, answer.content.decode()
    assert there.fields("company")["motto"]["label"]["en"] == "Motto"


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (None, "bundles.head_missing"),
        ("format = 2\n", "bundles.newer_format"),
        ("format = true\n", "bundles.bad_format"),
        ("", "bundles.bad_format"),
        ("format = = 1\n", "bundles.bad_toml"),
    ],
)
def test_without_a_format_that_is_known_nothing_is_read(there: Designer, head: str | None, code: str) -> None:
    given = {**files_of(), "guanxi.toml": head}
    if head is None:
        del given["guanxi.toml"]

    assert [one for _, one in refused(there, given)] == [code]


@pytest.mark.parametrize(
    ("path", "text", "place", "code"),
    [
        (MOTTO, FIELD.replace('"motto"', '"moto"'), f"{MOTTO}: key", "bundles.key_is_not_the_name"),
        (MOTTO, FIELD.replace('"motto"', '"Motto!"'), f"{MOTTO}: key", "design.key_shape"),
        (MOTTO, FIELD.replace("01a2", "zz"), f"{MOTTO}: id", "bundles.bad_id"),
        (MOTTO, FIELD.replace("position = 50", ""), f"{MOTTO}: position", "bundles.attribute_missing"),
        (MOTTO, FIELD.replace('key = "motto"', ""), f"{MOTTO}: key", "bundles.attribute_missing"),
        (MOTTO, FIELD.replace("id =", "#"), f"{MOTTO}: id", "bundles.attribute_missing"),
        (MOTTO, FIELD.replace("position = 50", "positon = 50"), f"{MOTTO}: positon", "bundles.unknown_attribute"),
        (MOTTO, FIELD.replace("[label]", "[label"), MOTTO, "bundles.bad_toml"),
        (MOTTO, FIELD.replace("kind =", "default = 2026-01-01\nkind ="), MOTTO, "bundles.bare_date"),
        (MOTTO, FIELD.replace('kind = "text"', ""), f"{MOTTO}: kind", "bundles.kind_missing"),
        (MOTTO, FIELD.replace('kind = "text"', 'kind = "poem"'), f"{MOTTO}: kind", "design.unknown_kind"),
        (MOTTO, FIELD.replace("kind =", 'required = "yes"\nkind ='), f"{MOTTO}: required", "design.not_flag"),
        (MOTTO, FIELD.replace("kind =", "unique = true\nkind =").replace('"text"', '"tags"'), f"{MOTTO}: unique", "design.not_unique_kind"),
        (MOTTO, FIELD.replace("[label]", "[labels]"), f"{MOTTO}: labels", "bundles.unknown_attribute"),
        ("objects/nowhere/fields/motto.toml", FIELD, "objects/nowhere/fields/motto.toml", "bundles.object_missing"),
        ("objects/company/poems/motto.toml", FIELD, "objects/company/poems/motto.toml", "bundles.unknown_place"),
        ("views/company/x.toml", 'id = "01a20000-0000-7000-8000-000000000001"\nname = "x"\nobject = "company"\n',
         "views/company/x.toml: id", "bundles.not_its_place"),
        ("roles/boss.toml", 'key = "boss"\nname = "Boss"\n[permissions]\nsystem = ["everything"]\n',
         "roles/boss.toml: permissions", "identity.permissions_wrong_value"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_file_and_place(there: Designer, path: str, text: str, place: str, code: str) -> None:
    given = {**files_of(world.OTHER_WORKSPACE), path: text}

    assert refused(there, given) == [(place, code)]


def test_an_id_that_stands_twice_names_both_files(there: Designer) -> None:
    other = "objects/company/fields/slogan.toml"
    given = {**files_of(world.OTHER_WORKSPACE), MOTTO: FIELD, other: FIELD.replace('"motto"', '"slogan"')}

    assert refused(there, given) == [(f"{other}: id", "bundles.id_twice")]


def test_a_key_that_something_else_has_is_refused(designer: Designer, there: Designer) -> None:
    designer.project()
    there.act("create_object", label="项目", key="project")

    places = refused(there, files_of())

    assert ("objects/project/object.toml: key", "bundles.key_clash") in places


def test_what_was_dropped_for_good_does_not_come_back(there: Designer) -> None:
    there.act("create_field", object="company", kind="text", key="motto", label="口号")
    given = files_of(world.OTHER_WORKSPACE)
    there.act("archive_field", field="company.motto", confirm=True)
    there.act("drop_field", field="company.motto", confirm=True)

    assert refused(there, given) == [(f"{MOTTO}: id", "bundles.was_dropped")]


def test_all_mistakes_are_told_at_once(there: Designer) -> None:
    given = {**files_of(), MOTTO: "x", "objects/company/fields/other.toml": "id = 3"}

    assert len(refused(there, given)) == 2


def test_what_is_no_zip_is_refused(there: Designer) -> None:
    for content in (b"", b"PK\x03\x04 broken", b"hello"):
        params = {"archive": base64.b64encode(content).decode()}
        answer = there.client.post("actions/configuration/apply", {"params": params})
        assert (answer.status_code, answer.json()["fields"][0]["code"]) == (422, "bundles.not_a_zip")


def test_exactly_one_source_is_needed(there: Designer) -> None:
    for params in ({}, {"files": {}, "workspace": "acme"}):
        answer = there.client.post("actions/configuration/apply", {"params": params})
        assert (answer.status_code, answer.json()["code"]) == (400, "bundles.one_source")
