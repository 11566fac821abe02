"""What people try against the answers of a SAML identity provider."""

import copy
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from guanxi.capabilities.identity.models import Account
from guanxi.capabilities.single_sign_on.models import Identity
from tests.capabilities.single_sign_on.conftest import ANN, arrives, begins, posts, problem, role, save
from tests.support.clients import Client
from tests.support.saml_provider import DS, SAML, SAMLP, SHA1, SamlProvider, changed, request_of

pytestmark = pytest.mark.usefixtures("database")


def nobody(browser: Client) -> bool:
    """Whether nobody is signed in and nobody was made."""
    return (
        browser.get("/api/v1/session").json()["authenticated"] is False
        and not Identity.objects.exists()
        and not Account.objects.filter(email=ANN).exists()
    )


def test_nobody_asked_for_it(set_up_saml):
    """An answer that the provider sends by itself, or that belongs to another browser, signs nobody in."""
    made, provider = set_up_saml()
    attacker, victim = Client(), Client()
    answer = provider.answers(begins(attacker, made))
    unasked = changed(answer, lambda document: document.attrib.pop("InResponseTo") and None)

    assert problem(posts(victim, made, answer)) == "single_sign_on.not_asked"
    assert problem(posts(attacker, made, unasked)) == "single_sign_on.not_asked"
    assert nobody(victim)
    assert nobody(attacker)


def test_an_answer_is_worth_something_once(set_up_saml):
    made, provider = set_up_saml()
    browser = Client()
    answer = provider.answers(begins(browser, made))
    assert posts(browser, made, answer)["Location"] == "/w/acme"
    browser.request("DELETE", "/_allauth/browser/v1/auth/session")

    assert problem(posts(browser, made, answer)) == "single_sign_on.not_asked"


def test_an_old_assertion_is_not_taken_with_a_new_request(set_up_saml):
    """The outer element is put right; the assertion within, which is what was signed, names the request it was for."""
    made, provider = set_up_saml()
    browser = Client()
    old = provider.answers(begins(Client(), made), sign_response=False)
    fresh = request_of(begins(browser, made)).get("ID")

    answer = posts(browser, made, changed(old, lambda document: document.set("InResponseTo", fresh)))

    assert problem(answer) == "single_sign_on.answer_not_valid"
    assert nobody(browser)


def _without_signatures(document):
    for node in list(document.iter(f"{DS}Signature")):
        node.getparent().remove(node)


def _another_address(document):
    document.find(f".//{SAML}AttributeValue").text = "boss@corp.example"


def _another_subject(document):
    document.find(f".//{SAML}NameID").text = "u-2"


def _a_comment_in_the_address(document):
    value = document.find(f".//{SAML}AttributeValue")
    value.text = "ann@corp.example"
    value.append(etree.Comment("x"))
    value[0].tail = ".evil.example"


def _assertion(document):
    return document.find(f"{SAML}Assertion")


def _second_assertion(document):
    """The forged one first, the signed one after it."""
    forged = copy.deepcopy(_assertion(document))
    _without_signatures(forged)
    forged.set("ID", "forged")
    forged.find(f".//{SAML}NameID").text = "u-2"
    document.insert(list(document).index(_assertion(document)), forged)


def _signed_one_within_the_forged_ones_signature(document):
    """Signature wrapping: the signed assertion is moved into an object of the signature of a forged one."""
    real = _assertion(document)
    forged = copy.deepcopy(real)
    forged.set("ID", "forged")
    forged.find(f".//{SAML}NameID").text = "u-2"
    signature = forged.find(f"{DS}Signature")
    if signature is None:  # the answer as a whole is signed, and its assertion is not
        signature = document.find(f"{DS}Signature")
    holder = etree.SubElement(signature, f"{DS}Object")
    document.replace(real, forged)
    _without_signature_of(real)
    holder.append(real)


def _without_signature_of(node):
    signature = node.find(f"{DS}Signature")
    if signature is not None:
        node.remove(signature)


def _signed_one_within_an_extension(document):
    """Signature wrapping: the signed assertion stands where nobody looks, the forged one where everybody does."""
    real = _assertion(document)
    forged = copy.deepcopy(real)
    forged.set("ID", "forged")
    _without_signature_of(forged)
    forged.find(f".//{SAML}NameID").text = "u-2"
    document.replace(real, forged)
    extensions = etree.Element(f"{SAMLP}Extensions")
    extensions.append(real)
    document.insert(1, extensions)


def _same_id_twice(document):
    """Signature wrapping: the forged assertion has the signed one's id."""
    real = _assertion(document)
    forged = copy.deepcopy(real)
    _without_signature_of(forged)
    forged.find(f".//{SAML}NameID").text = "u-2"
    document.insert(list(document).index(real), forged)


def _response_within_a_response(document):
    """Signature wrapping: the whole signed answer within a forged one."""
    forged = copy.deepcopy(document)
    _without_signatures(forged)
    forged.set("ID", "forged")
    forged.find(f".//{SAML}NameID").text = "u-2"
    extensions = etree.Element(f"{SAMLP}Extensions")
    extensions.append(copy.deepcopy(document))
    forged.insert(1, extensions)
    return forged


CHANGES = (
    _without_signatures, _another_address, _another_subject, _a_comment_in_the_address, _second_assertion,
    _signed_one_within_the_forged_ones_signature, _signed_one_within_an_extension, _same_id_twice,
    _response_within_a_response,
)  # fmt: skip


@pytest.mark.parametrize("signed", [{"sign_response": False}, {"sign_assertion": False}, {}])
def test_a_changed_answer_is_not_believed(signed, set_up_saml):
    made, provider = set_up_saml()
    for change in CHANGES:
        browser = Client()
        answer = changed(provider.answers(begins(browser, made), **signed), change)

        refused = posts(browser, made, answer)

        assert problem(refused) in {"single_sign_on.answer_not_valid", "single_sign_on.not_asked"}, change.__name__
        assert nobody(browser), change.__name__


def _set(path: str, name: str, value: str | None):
    def change(document):
        node = document if path == "." else document.find(path)
        if value is None:
            node.attrib.pop(name, None)
        else:
            node.set(name, value)

    return change


def _text(path: str, value: str):
    def change(document):
        document.find(path).text = value

    return change


def _drop(path: str):
    def change(document):
        node = document.find(path)
        node.getparent().remove(node)

    return change


PAST = (datetime.now(UTC) - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
AHEAD = (datetime.now(UTC) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
CONFIRMATION = f".//{SAML}SubjectConfirmationData"


FOR_SOMEBODY_ELSE = (
    _set(CONFIRMATION, "NotOnOrAfter", PAST),
    _set(CONFIRMATION, "NotOnOrAfter", None),
    _set(CONFIRMATION, "Recipient", "https://other.example/acs"),
    _set(CONFIRMATION, "Recipient", None),
    _set(CONFIRMATION, "InResponseTo", "another-request"),
    _set(CONFIRMATION, "InResponseTo", None),
    _set(f".//{SAML}SubjectConfirmation", "Method", "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key"),
    _text(f".//{SAML}Audience", "https://other.example/metadata"),
    _drop(f".//{SAML}AudienceRestriction"),
    _text(f"{SAML}Assertion/{SAML}Issuer", "https://evil.example.com"),
    _drop(f".//{SAML}Conditions"),
    _drop(f".//{SAML}SubjectConfirmation"),
    _drop(f".//{SAML}NameID"),
)


OF_ANOTHER_TIME = (
    _set(f".//{SAML}Conditions", "NotOnOrAfter", PAST),
    _set(f".//{SAML}Conditions", "NotBefore", AHEAD),
)


def test_an_assertion_of_another_time_is_not_believed_and_the_clock_is_named(set_up_saml):
    made, provider = set_up_saml()
    for number, change in enumerate(OF_ANOTHER_TIME):
        browser = Client()

        answer = resigned(provider, provider.answers(begins(browser, made), sign_response=False), change)

        assert problem(posts(browser, made, answer)) == "single_sign_on.clock_differs", number
        assert nobody(browser), number


def test_an_assertion_for_somebody_else_is_not_believed(set_up_saml):
    """Signed by the provider itself, after the change: what it says is wrong, not how."""
    made, provider = set_up_saml()
    refusals = {"single_sign_on.answer_not_valid", "single_sign_on.subject_changes"}
    for number, change in enumerate(FOR_SOMEBODY_ELSE):
        browser = Client()

        answer = resigned(provider, provider.answers(begins(browser, made), sign_response=False), change)

        assert problem(posts(browser, made, answer)) in refusals, number
        assert nobody(browser), number


def test_signing_again_changes_nothing_by_itself(set_up_saml):
    """What the test above rests on."""
    made, provider = set_up_saml()
    browser = Client()

    answer = resigned(provider, provider.answers(begins(browser, made), sign_response=False), lambda _: None)

    assert posts(browser, made, answer)["Location"] == "/w/acme"


def resigned(provider: SamlProvider, answer: str, change) -> str:
    """The answer, changed, with a new signature of the provider over its assertion."""
    document = etree.fromstring(b64decode(answer))
    change(document)
    node = document.find(f"{SAML}Assertion")
    signature = node.find(f"{DS}Signature")
    for part in (f"{DS}SignatureValue", f"{DS}SignedInfo/{DS}Reference/{DS}DigestValue"):
        signature.find(part).text = None
    signed = provider.sign(etree.tostring(document).decode(), node.get("ID"))
    return b64encode(signed.encode()).decode()


def test_a_signature_of_yesterday_is_not_believed(set_up_saml):
    made, provider = set_up_saml()
    for signed in ({}, {"sign_response": False}, {"sign_assertion": False}):
        browser, answer = arrives(made, provider, **SHA1, **signed)

        assert problem(answer) == "single_sign_on.answer_not_valid", signed
        assert nobody(browser), signed


def test_a_signature_of_another_key_is_not_believed(set_up_saml, tmp_path_factory):
    made, _ = set_up_saml()
    service = Client().get(f"/sso/{made['id']}/metadata").content.decode()
    forger = SamlProvider(tmp_path_factory.mktemp("forger"), service, "a forger")
    browser = Client()

    answer = posts(browser, made, forger.answers(begins(browser, made)))

    assert problem(answer) == "single_sign_on.answer_not_valid"
    assert nobody(browser)


def test_an_answer_for_one_provider_is_not_taken_at_another(set_up_saml, tmp_path_factory):
    made, provider = set_up_saml()
    other = save(
        name="另一个", protocol="saml", issuer=made["issuer"], sign_in_url=made["sign_in_url"], is_active=True,
        certificates=made["certificates"], default_role=role("salesperson"),
    ).json()["result"]  # fmt: skip
    browser = Client()
    answer = provider.answers(begins(browser, made))

    assert problem(posts(browser, other, answer)) == "single_sign_on.not_asked"
    assert nobody(browser)


NO_ANSWERS = (
    "nonsense",
    b64encode(b"nonsense").decode(),
    b64encode(b"<a/>").decode(),
    b64encode(b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>').decode(),
    b64encode(b'<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;">]><a InResponseTo="y">&y;</a>').decode(),
    b64encode(b'<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" InResponseTo="x"/>').decode(),
    "A" * 600_000,
)


def test_what_is_no_answer_is_refused_in_good_order(set_up_saml):
    made, _ = set_up_saml()
    browser = Client()
    begins(browser, made)
    for answer in NO_ANSWERS:
        assert problem(posts(browser, made, answer)) == "single_sign_on.not_asked", answer[:80]
    assert nobody(browser)


def test_the_form_of_another_site_signs_nobody_in_by_itself(set_up_saml):
    """It comes without cookies, and leads to a page of ours that sends it again with them."""
    made, provider = set_up_saml()
    browser = Client()
    answer = provider.answers(begins(browser, made))

    page = Client().django.post(f"/sso/{made['id']}/acs", {"SAMLResponse": answer + '"><script>alert(1)</script>'})
    foreign = Client().django.post(f"/sso/{made['id']}/acs", {"SAMLResponse": answer, "again": "1"})

    assert "<script>alert" not in page.content.decode()
    assert problem(foreign) == "single_sign_on.not_asked"
    assert browser.get("/sso/again.js")["Content-Type"] == "text/javascript"
    assert Client().get(f"/sso/{made['id']}/acs").status_code == 400
