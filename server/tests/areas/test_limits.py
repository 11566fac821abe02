"""What numbers of the business may be: chances, heads, years and prices have bounds that make sense."""

import pytest

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize(
    ("object_key", "field", "wrong", "right"),
    [
        ("opportunity", "probability", ["-1", "100.01", "500"], ["0", "100"]),
        ("opportunity", "amount", ["-1", {"amount": "-0.01", "currency": "USD"}], ["0", "12.5"]),
        ("company", "employees", [-1], [0, 150000]),
        ("company", "founded_year", [999, 2101, 20], [1000, 1998, 2100]),
        ("company", "annual_revenue", ["-5"], ["0"]),
        ("product", "price", ["-5"], ["0"]),
    ],
)
def test_a_number_out_of_its_bounds_is_refused_and_makes_nothing(client, object_key, field, wrong, right):
    someone = client("administrator")

    refused = [someone.post(f"records/{object_key}", {"values": {"name": "x", field: one}}) for one in wrong]
    made = [someone.post(f"records/{object_key}", {"values": {"name": "x", field: one}}) for one in right]

    assert [(answer.status_code, answer.json()["fields"][0]["field"]) for answer in refused] == [(422, field)] * len(
        wrong
    )
    assert [answer.status_code for answer in made] == [201] * len(right)
    count = someone.post(f"records/{object_key}/count", {"where": {"field": "name", "op": "eq", "value": "x"}})
    assert count.json()["count"] == len(right)
