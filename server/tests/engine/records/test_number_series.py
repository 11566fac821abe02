"""Number series: counted anew each period, without gaps where asked, told by the day's year and month."""

from typing import Any

import pytest

from tests.support.clients import Client


@pytest.fixture
def admin(database: None) -> Client:
    return Client.signed_in_as("administrator")


def series(admin: Client, **settings: Any) -> str:
    changes = [
        {"op": "object.create", "key": "slip", "values": {"label": {"zh-CN": "单据", "en": "Slip"}}},
        {"op": "field.create", "object": "slip", "kind": "text", "key": "name", "values": {"label": "名称"}},
        {"op": "field.create", "object": "slip", "kind": "auto_number", "key": "no",
         "values": {"label": "编号", "settings": settings}},
    ]  # fmt: skip
    answer = admin.post("actions/design/apply", {"params": {"changes": changes}})
    assert answer.status_code == 200, answer.content
    return "slip"


def numbers(admin: Client, how_many: int) -> list[str]:
    return [admin.get(f"records/slip/{admin.make('slip', name='x')['id']}").json()["no"] for _ in range(how_many)]


def test_a_series_tells_year_and_month_and_loses_no_number(admin: Client) -> None:
    series(admin, prefix="Q{year}{month}-", digits=3, restart="month", gapless=True)
    first, second = numbers(admin, 2)
    assert (first[0], first[-4:], second[-4:], len(first)) == ("Q", "-001", "-002", 11)

    lost = {"values": {"name": "x", "owner": "00000000-0000-7000-8000-000000000000"}}
    assert admin.post("records/slip", lost).status_code >= 400
    assert numbers(admin, 1)[0].endswith("-003")


def test_a_series_that_becomes_gapless_goes_on_where_it_was(admin: Client) -> None:
    series(admin, prefix="S", digits=2)
    assert numbers(admin, 2) == ["S01", "S02"]
    change = {
        "op": "field.update",
        "id": "slip.no",
        "values": {"settings": {"prefix": "S", "digits": 2, "gapless": True}},
    }
    assert admin.post("actions/design/apply", {"params": {"changes": [change]}}).status_code == 200
    assert numbers(admin, 2) == ["S03", "S04"]
