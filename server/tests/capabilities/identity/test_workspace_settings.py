"""Changing the name, the currency and the time zone of a workspace."""

import pytest

pytestmark = pytest.mark.usefixtures("database")


def _workspace(client):
    return client.get("me").json()["workspace"]


def test_those_who_configure_change_it_and_everybody_is_told(client):
    given = {"name": " 瑞恒科技 ", "currency": "USD", "time_zone": "Europe/Berlin"}

    answer = client("administrator").patch("workspace", given)

    assert answer.status_code == 200
    told = _workspace(client("salesperson"))
    assert (told["name"], told["currency"], told["time_zone"]) == ("瑞恒科技", "USD", "Europe/Berlin")
    assert answer.json() == told


def test_others_may_not(client):
    before = _workspace(client("manager"))

    answer = client("manager").patch("workspace", {"name": "x"})

    assert answer.status_code == 403
    assert _workspace(client("manager")) == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("name", "x" * 101),
        ("name", 3),
        ("currency", "cny"),
        ("currency", None),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../etc/passwd"),
        ("slug", "other"),
        ("is_sample", False),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_changes_nothing(client, field, value):
    administrator = client("administrator")
    before = _workspace(administrator)

    answer = administrator.patch("workspace", {"name": "新名字", field: value})

    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["fields"]] == [field]
    assert all(one["message"] != one["code"] for one in answer.json()["fields"])
    assert _workspace(administrator) == before
