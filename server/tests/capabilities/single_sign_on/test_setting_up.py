"""What helps to set a provider up: its addresses beforehand, what an issuer says of itself, where new people sit."""

import pytest
from django.core import signing

from guanxi.capabilities.identity.models import Workspace
from guanxi.capabilities.single_sign_on import reserving
from guanxi.capabilities.single_sign_on.models import Provider
from tests.capabilities.single_sign_on.conftest import ANN, member, role, save
from tests.support import world
from tests.support.clients import Client
from tests.support.oidc_provider import CLIENT

pytestmark = pytest.mark.usefixtures("database")


def department(name: str) -> str:
    """The id of a department."""
    where = {"field": "name", "op": "eq", "value": name}
    (row,) = Client.signed_in_as("administrator").post("records/department/query", {"where": where}).json()["rows"]
    return row["id"]


def whole(provider, **params):
    """A provider that can be kept."""
    return {
        "name": "公司账号", "protocol": "oidc", "issuer": provider.issuer, "client_id": CLIENT,
        "default_role": role("salesperson"), **params,
    }  # fmt: skip


def test_a_provider_is_where_its_addresses_were_told_before(provider):
    place = Client.signed_in_as("administrator").get("single-sign-on").json()["next"]

    made = save(**whole(provider, reservation=place["reservation"])).json()["result"]

    assert made["callback_url"] == place["callback_url"]
    spent = save(**whole(provider, reservation=place["reservation"]))
    assert (spent.status_code, spent.json()["code"]) == (409, "single_sign_on.reservation_over")
    assert Provider.objects.count() == 1


def test_nobody_chooses_the_place_of_a_provider(provider):
    other = Client.signed_in_as(world.STRANGER, world.OTHER_WORKSPACE).get("single-sign-on").json()["next"]
    forged = signing.dumps([world.workspace().id, other["entity_id"].split("/")[-2]], salt="another")

    for reservation in (other["reservation"], forged, "nonsense", "", other["reservation"][:-2]):
        answer = save(**whole(provider, reservation=reservation))

        assert (answer.status_code, answer.json()["code"]) == (409, "single_sign_on.reservation_over"), reservation
    assert not Provider.objects.exists()


def test_an_old_reservation_is_over(provider, monkeypatch):
    place = Client.signed_in_as("administrator").get("single-sign-on").json()["next"]
    monkeypatch.setattr(reserving, "DAYS", -1)

    assert save(**whole(provider, reservation=place["reservation"])).json()["code"] == "single_sign_on.reservation_over"


def read_issuer(issuer: str, person: str = "administrator"):
    """The answer to asking an issuer who it is."""
    return Client.signed_in_as(person).post("actions/single-sign-on/read-issuer", {"params": {"issuer": issuer}})


@pytest.mark.parametrize("tail", ["", "/", "/.well-known/openid-configuration"])
def test_an_issuer_says_what_it_is(provider, tail):
    told = read_issuer(provider.issuer + tail).json()["result"]

    assert told["issuer"] == provider.issuer
    assert told["sign_in_url"].startswith(provider.issuer)
    assert "openid" in told["scopes"]


def test_an_issuer_that_is_none_is_refused_in_words(provider):
    answers = [read_issuer(one) for one in (f"{provider.issuer}/nothing", "http://127.0.0.1:1", "nonsense", "")]

    assert [one.status_code for one in answers] == [422] * 4
    assert [one.json()["code"] for one in answers] == [
        "outbound.not_understood", "outbound.no_answer", "outbound.not_secure", "outbound.not_secure",
    ]  # fmt: skip


@pytest.mark.parametrize("person", ["manager", "salesperson", "read_only"])
def test_only_administrators_have_an_issuer_asked(provider, person):
    assert read_issuer(provider.issuer, person).status_code == 403


def test_new_people_sit_where_the_provider_puts_them(set_up, signs_in, provider):
    provider.knows(ANN)
    made = set_up(default_department=department("east"))

    signs_in(made)

    assert made["default_department"] == department("east")
    assert member(ANN, "department")["department"]["id"] == department("east")


def test_a_department_that_is_gone_keeps_nobody_out(set_up, signs_in, provider):
    provider.knows(ANN)
    administrator = Client.signed_in_as("administrator")
    gone = administrator.make("department", name="gone")["id"]
    made = set_up(default_department=gone)
    assert administrator.delete(f"records/department/{gone}").status_code < 300

    signs_in(made)

    assert member(ANN, "department")["department"] is None


def test_an_unknown_department_is_refused(provider):
    answer = save(**whole(provider, default_department="01900000-0000-7000-8000-000000000001"))

    assert [(one["field"], one["code"]) for one in answer.json()["fields"]] == [
        ("default_department", "single_sign_on.department_unknown")
    ]
    assert not Provider.objects.exists()


def test_the_only_workspace_offers_its_providers_to_everybody(set_up):
    made = set_up()
    hidden = Client().get("/api/v1/sign-in/providers").json()
    Workspace.objects.exclude(slug=world.WORKSPACE).delete()

    assert hidden == {"providers": [], "others": True}
    assert Client().get("/api/v1/sign-in/providers").json()["providers"] == [{"id": made["id"], "name": made["name"]}]


def test_where_nobody_has_a_provider_none_is_looked_for():
    assert Client().get("/api/v1/sign-in/providers").json() == {"providers": [], "others": False}
