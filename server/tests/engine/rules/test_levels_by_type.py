"""Levels of fields by record type: told, masked and hidden values stand side by side, and no question finds one out."""

import random
from typing import Any

import pytest

from guanxi.engine.objects.levels import LEVELS
from tests.support.clients import Client
from tests.support.designer import apply, component

PHONES = {"direct": "13812345678", "partner": "13987654321"}
OPEN = {"create": True, "read": "all", "edit": "all", "export": True}
MASKED = "139****4321"


def give(**company: Any) -> None:
    """Let the reader reach everything, and the fields of companies as said."""
    admin = Client.signed_in_as("administrator")
    (role,) = admin.post(
        "records/role/query", {"where": {"field": "key", "op": "eq", "value": "read_only"}, "select": ["key"]}
    ).json()["rows"]
    rights = {"objects": {"*": OPEN, "company": {**OPEN, **company}}, "system": []}
    answer = admin.patch(f"records/role/{role['id']}", {"values": {"permissions": rights}})
    assert answer.status_code == 200, answer.content.decode()


@pytest.fixture
def companies(database: None) -> dict[str, str]:
    """A company of each type with a phone and an amount, and a partner without any; ids by name."""
    apply(component("company", "record_type", "direct"), component("company", "record_type", "partner"))
    admin = Client.signed_in_as("administrator")
    made = {
        type_: admin.make(
            name=type_, record_type=type_, phone=phone, annual_revenue={"amount": "700", "currency": "CNY"}
        )
        for type_, phone in PHONES.items()
    }
    made["empty"] = admin.make(name="empty", record_type="partner")
    admin.make("contact", name="王芳", company=made["partner"]["id"])
    return {name: one["id"] for name, one in made.items()}


@pytest.fixture
def reader(companies: dict[str, str]) -> Client:
    """Somebody to whom phones and revenues of partners are told as masks."""
    give(types={"partner": {"phone": "masked", "annual_revenue": "reveal"}})
    return Client.signed_in_as("read_only")


def told(client: Client, field: str) -> dict[str, Any]:
    """A field of every company, by name."""
    answer = client.post("records/company/query", {"select": ["name", field]})
    assert answer.status_code == 200, answer.content.decode()
    return {row["name"]: row[field] for row in answer.json()["rows"]}


def test_a_mask_stands_where_the_type_asks_for_one(reader, companies):
    assert told(reader, "phone") == {"direct": f"+86{PHONES['direct']}", "partner": MASKED, "empty": None}
    assert told(reader, "annual_revenue")["partner"] == "••••"
    assert told(reader, "annual_revenue")["empty"] is None
    assert reader.get(f"records/company/{companies['partner']}").json()["phone"] == MASKED
    (contact,) = reader.post("records/contact/query", {"select": ["company.phone"]}).json()["rows"]
    assert contact["company.phone"] == MASKED


@pytest.mark.parametrize(
    "where",
    [
        {"field": "phone", "op": "eq", "value": PHONES["partner"]},
        {"not": {"field": "phone", "op": "is_empty"}},
        {"field": "annual_revenue", "op": "gt", "value": "1"},
    ],
)
def test_what_is_masked_is_not_found_by_asking(reader, where):
    rows = reader.post("records/company/query", {"select": ["name"], "where": where}).json()["rows"]
    count = reader.post("records/company/count", {"where": where}).json()["count"]

    assert "partner" not in {row["name"] for row in rows}
    assert count == len(rows)


@pytest.mark.parametrize("path", ["phone__masked", "annual_revenue__masked"])
def test_what_stands_aside_has_no_name(reader, path):
    for asked in ({"select": [path]}, {"where": {"field": path, "op": "is_empty"}}, {"sort": [{"field": path}]}):
        answer = reader.post("records/company/query", asked)
        assert (answer.status_code, answer.json()["code"]) == (400, "query.unknown_field")


def test_a_file_holds_the_masks(reader):
    asked = {"format": "csv", "select": ["name", "phone", "annual_revenue"]}
    answer = reader.post("records/company/export", asked)
    text = b"".join(answer.streaming_content).decode("utf-8-sig") if answer.streaming else answer.content.decode()

    assert MASKED in text
    assert PHONES["partner"] not in text.replace(" ", "")
    assert "138" in text


def test_a_field_masked_on_every_type_stays_so_beside_one_that_differs(companies):
    give(fields={"phone": "masked"}, types={"partner": {"annual_revenue": "hidden"}})

    assert told(Client.signed_in_as("read_only"), "phone") == {
        "direct": "138****5678", "partner": MASKED, "empty": None,
    }  # fmt: skip


def test_masked_for_all_but_one_type_and_hidden_for_another(companies):
    give(fields={"phone": "masked"}, types={"direct": {"phone": "read"}})
    assert told(Client.signed_in_as("read_only"), "phone")["partner"] == MASKED
    assert told(Client.signed_in_as("read_only"), "phone")["direct"] == f"+86{PHONES['direct']}"

    give(fields={"phone": "masked"}, types={"direct": {"phone": "hidden"}})
    assert told(Client.signed_in_as("read_only"), "phone") == {"direct": None, "partner": MASKED, "empty": None}


def test_a_masked_reference_names_nobody(companies):
    admin = Client.signed_in_as("administrator")
    admin.patch(f"records/company/{companies['partner']}", {"values": {"parent": companies["direct"]}})
    give(types={"partner": {"parent": "masked"}})

    assert told(Client.signed_in_as("read_only"), "parent")["partner"] == "••••"


def test_it_is_written_by_nobody_who_sees_the_mask_and_told_where_the_role_says_so(reader, companies):
    address = f"records/company/{companies['partner']}"
    refused = reader.patch(address, {"values": {"phone": "13900000000"}})
    params = {"object": "company", "record": companies["partner"], "reason": "回电"}
    shown = reader.post("actions/records/reveal-value", {"params": {**params, "field": "annual_revenue"}})
    kept = reader.post("actions/records/reveal-value", {"params": {**params, "field": "phone"}})

    assert (refused.status_code, refused.json()["fields"][0]["code"]) == (422, "fields.not_yours")
    assert "700" in shown.json()["result"]["value"]
    assert (kept.status_code, kept.json()["code"]) == (403, "records.masked_by_role")


@pytest.mark.parametrize(
    ("number", "mask"),
    [("13812345678", "138****5678"), ("021-60000212", "021****0212"), ("+1 202 555 0123", "120****0123"),
     ("62345678", "****78")],
)  # fmt: skip
def test_a_number_is_masked_as_it_is_dialled(companies, number, mask):
    Client.signed_in_as("administrator").patch(f"records/company/{companies['direct']}", {"values": {"phone": number}})
    give(fields={"phone": "masked"})

    assert told(Client.signed_in_as("read_only"), "phone")["direct"] == mask


@pytest.mark.parametrize("seed", range(10))
def test_every_mixture_of_levels_tells_what_the_most_permissive_role_says_of_the_type(companies, seed):
    chance = random.Random(seed)  # noqa: S311 - the same mixtures again
    admin = Client.signed_in_as("administrator")
    mixtures = [
        {"fields": {"phone": chance.choice(LEVELS)}, "types": {"partner": {"phone": chance.choice(LEVELS)}}},
        {"fields": {"phone": chance.choice(LEVELS[:3])}, "types": {"direct": {"phone": chance.choice(LEVELS)}}},
    ]
    give(**mixtures[0])
    rights = {"objects": {"*": OPEN, "company": {**OPEN, **mixtures[1]}}, "system": []}
    admin.make("role", key="second", name="第二角色", baseline=True, permissions=rights)

    def level(type_: str) -> str:
        said = [one["types"].get(type_, {}).get("phone", one["fields"]["phone"]) for one in mixtures]
        return max(said, key=LEVELS.index)

    reader = Client.signed_in_as("read_only")
    best = max((level(one) for one in (*PHONES, "none")), key=LEVELS.index)
    for type_, phone in PHONES.items():
        told_ = reader.get(f"records/company/{companies[type_]}").json().get("phone")
        masked = f"{phone[:3]}****{phone[-4:]}"
        expected = {"hidden": None, "masked": masked, "reveal": masked}.get(level(type_), f"+86{phone}")
        assert told_ == expected, (mixtures, type_)
        found = reader.post("records/company/query", {"where": {"field": "phone", "op": "eq", "value": phone}})
        if best in ("read", "edit"):
            assert bool(found.json()["rows"]) == (level(type_) in ("read", "edit")), (mixtures, type_)
        else:
            assert found.status_code == 400, (mixtures, type_)
