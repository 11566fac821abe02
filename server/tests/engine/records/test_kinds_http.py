"""The gallery of kinds, classifications, pictures and buttons, from outside."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.support.clients import Client
from tests.support.objects import field, forget_objects, install_objects, new_object

VISIT = "visit"


@pytest.fixture(autouse=True)
def visits(database: None) -> Iterator[None]:
    """An object with kinds that ask for more than a form."""
    invite = {"action": "identity.invite_member", "params": {"name": "x", "email": "x@example.com"}}
    fields = [
        field("name", "text"),
        field("region", "region", settings={"level": "street"}),
        field("industry", "industry"),
        field("place", "geo_point"),
        field("phones", "phones", searchable=True),
        field("photo", "image"),
        field("finish", "button", settings={"action": "activities.complete_task", "params": {"task": "@record"}}),
        field("invite", "button", settings=invite),
    ]
    install_objects(new_object(VISIT, fields))
    yield
    forget_objects()


def names(client: Client, field_key: str, op: str, value: Any) -> list[str]:
    """Names of the visits that a filter keeps."""
    where = {"field": field_key, "op": op, "value": value}
    answer = client.post(f"records/{VISIT}/query", {"where": where, "sort": [{"field": "name"}]})
    assert answer.status_code == 200, answer.content
    return [row["name"] for row in answer.json()["rows"]]


def test_the_gallery_has_every_kind_in_both_languages(client: Any) -> None:
    gallery = client("read_only").get("design/kinds").json()
    kinds = {one["key"]: one for one in gallery["kinds"]}

    assert len(kinds) >= 42
    assert {one["group"] for one in kinds.values()} <= {one["key"] for one in gallery["groups"]}
    assert [one["name"] for one in kinds["sub_table"]["settings"]] == ["object", "field", "columns", "totals", "priced"]
    assert kinds["sub_table"]["settings"][1]["of"] == "object"
    assert kinds["region"]["label"] == {"zh-CN": "行政区划", "en": "Region"}


def test_regions_are_told_level_by_level(sales: Client) -> None:
    provinces = sales.get("trees/region").json()["nodes"]
    beijing = sales.get("trees/region?under=11&depth=2").json()["nodes"]
    streets = sales.get("trees/region?under=440305").json()["nodes"]
    (own,) = sales.get("trees/region?code=440305007").json()["nodes"]

    assert len(provinces) == 34
    assert beijing[0] == {
        "code": "110101", "name": "东城区", "full_name": "北京市东城区", "leaf": True, "path": ["11", "110101"],
    }  # fmt: skip
    assert "粤海街道" in [one["name"] for one in streets]
    assert own["path"] == ["44", "4403", "440305", "440305007"]


def test_provinces_are_told_and_found_in_english(sales: Client) -> None:
    nodes = sales.get("trees/region", Accept_Language="en")
    (guangdong,) = sales.get("trees/region?text=guangd", Accept_Language="en").json()["nodes"]
    (nanshan,) = sales.get("trees/region?code=440305", Accept_Language="en").json()["nodes"]
    made = sales.make(VISIT, name="a", region="Guangdong 深圳")

    assert nodes["Vary"] == "Accept-Language, Cookie"
    assert [one["name"] for one in nodes.json()["nodes"][:3]] == ["Beijing", "Tianjin", "Hebei"]
    assert (guangdong["code"], guangdong["full_name"]) == ("44", "Guangdong")
    assert (nanshan["name"], nanshan["full_name"]) == ("南山区", "Guangdong 深圳市南山区")
    assert sales.get(f"records/{VISIT}/{made['id']}").json()["region"] == {
        "code": "4403", "name": "广东省深圳市", "name_en": "Guangdong 深圳市",
    }  # fmt: skip


def test_classes_are_found_by_a_part_of_their_name(sales: Client) -> None:
    nodes = sales.get("trees/industry?text=软件开发").json()["nodes"]

    assert nodes[0]["code"] == "651"
    assert nodes[0]["full_name"] == "信息传输、软件和信息技术服务业 / 软件和信息技术服务业 / 软件开发"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("trees/planets", 404),
        ("trees/region?under=99", 404),
        ("trees/region?depth=7", 400),
        ("trees/region?code=x", 404),
    ],
)
def test_questions_about_no_classification_are_refused(path: str, status: int, sales: Client) -> None:
    assert sales.get(path).status_code == status


def test_what_lies_within_a_region_or_a_class_is_found(sales: Client) -> None:
    sales.make(VISIT, name="a", region="广东省深圳市南山区粤海街道", industry="2710")
    sales.make(VISIT, name="b", region={"code": "4401"}, industry="软件开发")
    sales.make(VISIT, name="c")

    assert names(sales, "region", "in_tree", "广东省") == ["a", "b"]
    assert names(sales, "region", "in_tree", {"code": "440305"}) == ["a"]
    assert names(sales, "region", "in_tree", ["440305", "4401"]) == ["a", "b"]
    assert names(sales, "region", "not_in_tree", "4403") == ["b", "c"]
    assert names(sales, "industry", "in_tree", "C") == ["a"]


def test_a_region_below_the_fields_level_and_an_unclear_one_are_refused(sales: Client) -> None:
    answer = sales.post(f"records/{VISIT}", {"values": {"name": "x", "region": "朝阳区"}}, Accept_Language="zh-CN")

    (problem,) = answer.json()["fields"]
    assert problem["code"] == "fields.tree_ambiguous"
    assert "北京市朝阳区" in problem["message"]


def test_places_are_found_by_distance_and_on_a_piece_of_a_map(sales: Client) -> None:
    sales.make(VISIT, name="深圳", place="22.5431, 113.9532")
    sales.make(VISIT, name="北京", place={"lat": 39.904989, "lng": 116.405285})

    near = {"lat": 22.54, "lng": 114.05, "km": 12}
    assert names(sales, "place", "near", near) == ["深圳"]
    assert names(sales, "place", "near", {**near, "km": 2000}) == ["北京", "深圳"]
    assert names(sales, "place", "in_box", {"south": 30, "west": 110, "north": 45, "east": 120}) == ["北京"]
    refused = sales.post(
        f"records/{VISIT}/count", {"where": {"field": "place", "op": "near", "value": {"lat": 1, "lng": 2}}}
    )
    assert (refused.status_code, refused.json()["code"]) == (400, "query.bad_value")


def test_any_of_several_numbers_finds_the_record(sales: Client) -> None:
    made = sales.make(VISIT, name="a", phones="工作：010-62345678；个人：138 0013 8000")
    sales.make(VISIT, name="b", phones=["13900139000"])

    assert [one["label"] for one in made["phones"]] == ["work", "personal"]
    assert names(sales, "phones", "has_any", ["138 0013 8000", "13700137000"]) == ["a"]
    assert names(sales, "phones", "contains", "0013 9") == ["b"]
    assert [hit["title"] for hit in sales.get("search?q=13800138000").json()["hits"]] == ["a"]


@pytest.mark.parametrize(("media", "status"), [("image/png", 201), ("application/pdf", 422)])
def test_a_picture_is_what_was_uploaded_whatever_the_writer_says(media: str, status: int, sales: Client) -> None:
    sent = SimpleUploadedFile("x.png", b"content", media)
    file = sales.django.post(f"{sales.base}/files", {"file": sent}).json()

    answer = sales.post(f"records/{VISIT}", {"values": {"name": "x", "photo": [{**file, "type": "image/png"}]}})

    assert answer.status_code == status
    if status == 422:
        assert [one["code"] for one in answer.json()["fields"]] == ["fields.not_an_image"]


@pytest.mark.parametrize(
    ("name", "seen"),
    [("administrator", {"finish", "invite"}), ("salesperson", {"finish"}), ("read_only", set())],
)
def test_buttons_are_shown_to_those_who_may_run_their_actions(name: str, seen: set[str], client: Any) -> None:
    objects = client(name).get("catalog").json()["objects"]
    fields = next(one for one in objects if one["key"] == VISIT)["fields"]

    assert {one["key"] for one in fields if one["kind"] == "button"} == seen


def test_a_button_takes_no_value_and_is_in_no_answer(sales: Client) -> None:
    refused = sales.post(f"records/{VISIT}", {"values": {"name": "x", "finish": "now"}})
    record = sales.make(VISIT, name="x")

    assert [one["code"] for one in refused.json()["fields"]] == ["fields.holds_no_value"]
    assert "finish" not in record
