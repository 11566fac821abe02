"""Signing in through a real SAML identity provider, and setting it up by its metadata."""

import pytest

from guanxi.capabilities.single_sign_on.models import Identity
from tests.capabilities.single_sign_on.conftest import ANN, arrives, begins, member, posts, role, save
from tests.support.clients import Client
from tests.support.saml_provider import SAML, request_of

pytestmark = pytest.mark.usefixtures("database")


def test_somebody_new_becomes_a_member_and_is_signed_in(set_up_saml):
    made, provider = set_up_saml()

    browser, answer = arrives(made, provider, claims={"mail": [ANN], "displayName": ["安娜"]})

    assert answer["Location"] == "/w/acme"
    me = browser.get("me").json()
    assert (me["member"]["name"], me["account"]["email"], me["roles"]) == ("安娜", ANN, ["salesperson"])


def test_the_same_person_is_recognised_by_the_lasting_name(set_up_saml):
    made, provider = set_up_saml()
    arrives(made, provider, subject="u-7")

    browser, _ = arrives(made, provider, subject="u-7", claims={"mail": ["other@corp.example"]})

    assert browser.get("me").json()["account"]["email"] == ANN
    assert Identity.objects.count() == 1


def test_roles_come_from_an_attribute(set_up_saml):
    made, provider = set_up_saml(roles_claim="groups", role_map=[{"value": "crm-managers", "role": role("manager")}])

    browser, _ = arrives(made, provider, claims={"mail": [ANN], "memberOf": ["crm-managers", "others"]})

    assert browser.get("me").json()["roles"] == ["manager"]


@pytest.mark.parametrize("signed", [{"sign_response": False}, {"sign_assertion": False}])
def test_one_signature_is_enough_whichever_it_is(signed, set_up_saml):
    made, provider = set_up_saml()

    _, answer = arrives(made, provider, **signed)

    assert answer["Location"] == "/w/acme"


def test_the_request_names_the_service_and_the_address_of_the_answer(set_up_saml):
    made, _ = set_up_saml()

    request = request_of(begins(Client(), made))

    assert request.get("AssertionConsumerServiceURL") == made["callback_url"]
    assert request.findtext(f"{SAML}Issuer") == made["entity_id"]
    assert request.get("Destination") == "https://idp.corp.example/sso"


def test_signing_in_leads_back_to_the_address_one_came_for(set_up_saml):
    made, provider = set_up_saml()
    browser = Client()
    address = begins(browser, made, next="/w/acme/o/company")

    assert posts(browser, made, provider.answers(address))["Location"] == "/w/acme/o/company"


def test_a_trial_shows_what_is_said_and_makes_nobody(set_up_saml):
    made, provider = set_up_saml(is_active=False)
    administrator = Client.signed_in_as("administrator")
    address = administrator.post(f"single-sign-on/{made['id']}/try").json()["redirect"]

    answer = posts(administrator, made, provider.answers(address))

    assert answer["Location"].endswith(f"?tried={made['id']}")
    assert administrator.get("single-sign-on/tried").json()["tried"]["email"] == ANN
    assert member(ANN) is None


def test_metadata_are_read_and_nonsense_is_refused(set_up_saml):
    _, provider = set_up_saml()
    administrator = Client.signed_in_as("administrator")

    def read(text: str):
        return administrator.post("actions/single-sign-on/read-provider-metadata", {"params": {"metadata": text}})

    good = read(provider.metadata).json()["result"]
    assert good == {
        "issuer": "https://idp.corp.example/metadata",
        "sign_in_url": "https://idp.corp.example/sso",
        "certificates": [provider.certificate],
    }
    assert read("<nonsense/>").json()["code"] == "single_sign_on.metadata_incomplete"
    assert read("<nonsense").json()["code"] == "single_sign_on.metadata_not_understood"
    entity = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    assert read(entity).json()["code"] == "single_sign_on.metadata_not_understood"
    assert read("https://10.0.0.1/metadata").json()["code"] == "outbound.internal"
    assert read("file:///etc/passwd").json()["code"] == "outbound.not_secure"
    refused = Client.signed_in_as("manager").post(
        "actions/single-sign-on/read-provider-metadata", {"params": {"metadata": provider.metadata}}
    )
    assert refused.status_code == 403


def test_a_provider_without_a_certificate_is_not_set_up():
    salesperson = role("salesperson")
    for certificates, code in (
        ([], "certificate_needed"),
        (["nonsense"], "certificate_unreadable"),
        (["bm9uc2Vuc2U="], "certificate_unreadable"),
    ):
        answer = save(
            name="x", protocol="saml", issuer="https://idp.corp.example", sign_in_url="https://idp.corp.example/sso",
            certificates=certificates, default_role=salesperson,
        )  # fmt: skip

        assert answer.status_code == 422
        said = [(one["field"], one["code"]) for one in answer.json()["fields"]]
        assert said == [("certificates", f"single_sign_on.{code}")], certificates
