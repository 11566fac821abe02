"""Regions of China as people write them."""

import pytest

from guanxi.kit import divisions


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("广东省深圳市南山区", "广东省深圳市南山区"),
        ("广东 / 深圳 / 南山", "广东省深圳市南山区"),
        ("深圳南山", "广东省深圳市南山区"),
        ("广东省南山区", "广东省深圳市南山区"),
        ("440305", "广东省深圳市南山区"),
        ("440305000000", "广东省深圳市南山区"),
        ("中国浙江省杭州市西湖区文新街道", "浙江省杭州市西湖区文新街道"),
        ("北京东城", "北京市东城区"),
        ("1101", "北京市"),
        ("重庆 渝北", "重庆市渝北区"),
        ("新疆", "新疆维吾尔自治区"),
        ("吉林", "吉林省"),
        ("吉林市", "吉林省吉林市"),
        ("东莞市东城街道", "广东省东莞市东城街道"),
        ("湖北省仙桃市", "湖北省仙桃市"),
        ("香港特别行政区", "香港特别行政区"),
        ("台北市大安区", "台湾省台北市大安区"),
        ("Guangdong 深圳市南山区", "广东省深圳市南山区"),
        ("inner mongolia", "内蒙古自治区"),
        ("Hong Kong", "香港特别行政区"),
        ("Shaanxi 西安", "陕西省西安市"),
        ("Shanxi", "山西省"),
    ],
)
def test_a_region_is_found_by_its_names_or_code(text: str, name: str) -> None:
    key = divisions.find(text)

    assert key is not None
    assert divisions.tree_of(key).full_name(key) == name


@pytest.mark.parametrize("text", ["", "火星", "广东省火星区", "999999", "1", "深" * 200])
def test_what_is_none_is_not_found(text: str) -> None:
    assert divisions.find(text) is None


@pytest.mark.parametrize("text", ["朝阳区", "鼓楼区"])
def test_a_name_of_several_is_told_as_such(text: str) -> None:
    with pytest.raises(divisions.Ambiguous) as several:
        divisions.find(text)

    assert len(several.value.keys) > 1


def test_every_region_down_to_districts_is_read_back_from_its_full_name() -> None:
    tree = divisions.tree()
    shown = [key for key in tree.names if not tree.is_skipped(key)]

    assert len(shown) > 3300
    assert [key for key in shown if divisions.find(tree.full_name(key)) != key] == []
    assert [key for key in shown if divisions.find(divisions.full_name(key, "en")) != key] == []


def test_every_province_has_an_english_name_of_its_own() -> None:
    provinces = divisions.tree().children()

    assert set(divisions.ENGLISH) == set(provinces)
    assert len(set(divisions.ENGLISH.values())) == len(provinces) == 34
    assert divisions.full_name("440305", "en") == "Guangdong 深圳市南山区"
    assert divisions.full_name("110101", "en") == "Beijing 东城区"
    assert divisions.full_name("440305") == "广东省深圳市南山区"


def test_streets_are_read_back_too() -> None:
    tree = divisions.tree_with_streets()
    streets = [key for key in tree.names if tree.level(key) == 3]

    assert len(streets) == 41_352
    assert [key for key in streets[::97] if divisions.find(tree.full_name(key)) != key] == []


def test_levels_that_exist_in_codes_alone_are_never_shown() -> None:
    tree = divisions.tree()

    assert tree.names["1101"] == "市辖区"
    assert "110101" in tree.children("11")
    assert tree.children("4419") == []
    assert len(tree.children()) == 34
