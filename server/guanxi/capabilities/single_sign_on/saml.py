"""SAML 2.0 as a service provider: a request by redirect, and an answer by form that is believed only when all of it holds.

python3-saml reads, verifies the signature and takes only what was signed; what it leaves to its user is asked for here.
The library is loaded when somebody needs it: it brings a lot, and most workspaces sign in without it.
"""

from __future__ import annotations

import binascii
import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from guanxi.capabilities.single_sign_on.assertion import Assertion, read
from guanxi.capabilities.single_sign_on.errors import NotSignedOn
from guanxi.capabilities.single_sign_on.models import Provider
from guanxi.infra.http.outbound import NotReached, check_address, fetch

log = logging.getLogger("guanxi.single_sign_on")

LARGEST = 512_000
"""Characters of an answer; real ones have a few thousand."""
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
MAIL_FORMAT = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
SUBJECT = "urn:oasis:names:tc:SAML:attribute:subject-id"
_CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims"
ALIASES: Mapping[str, tuple[str, ...]] = {
    "email": ("mail", "emailAddress", "urn:oid:0.9.2342.19200300.100.1.3", f"{_CLAIMS}/emailaddress"),
    "name": (
        "displayName", "urn:oid:2.16.840.1.113730.3.1.241", "cn", "urn:oid:2.5.4.3",
        "http://schemas.microsoft.com/identity/claims/displayname",
    ),
    "given_name": ("givenName", "urn:oid:2.5.4.42", f"{_CLAIMS}/givenname"),
    "family_name": ("sn", "surname", "urn:oid:2.5.4.4", f"{_CLAIMS}/surname"),
    "groups": ("memberOf", "urn:oid:1.3.6.1.4.1.5923.1.5.1.1", "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups"),
}  # fmt: skip
"""What the common providers call what we call by the words of OpenID Connect."""


def entity_id(provider: Provider) -> str:
    """The name under which the provider knows this workspace; also where its metadata are."""
    return f"{settings.PUBLIC_URL}/sso/{provider.pk}/metadata"


def consumer(provider: Provider) -> str:
    """Where the provider's answer is sent to."""
    return f"{settings.PUBLIC_URL}/sso/{provider.pk}/acs"


def metadata(provider: Provider) -> bytes:
    """What the provider has to know of us, as XML."""
    from onelogin.saml2.settings import OneLogin_Saml2_Settings

    made = OneLogin_Saml2_Settings(_settings(provider), sp_validation_only=True).get_sp_metadata()
    return made if isinstance(made, bytes) else str(made).encode()


def read_metadata(text: str) -> dict[str, Any]:
    """{issuer, sign_in_url, certificates} of a provider's metadata; NotReached when they cannot be understood."""
    from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser

    try:
        found = OneLogin_Saml2_IdPMetadataParser.parse(text.encode()).get("idp", {})
    except Exception as error:  # whatever the parser stumbles over, the text is not what was asked for
        raise NotReached("single_sign_on.metadata_not_understood") from error
    several = found.get("x509certMulti", {}).get("signing") or []
    certificates = [found["x509cert"]] if found.get("x509cert") else several
    address = found.get("singleSignOnService", {}).get("url", "")
    if not found.get("entityId") or not address or not certificates:
        raise NotReached("single_sign_on.metadata_incomplete")
    check_address(address)
    return {"issuer": found["entityId"], "sign_in_url": address, "certificates": list(certificates)}


def fetch_metadata(address: str) -> dict[str, Any]:
    """The same of metadata at an address."""
    answer = fetch(address, headers={"Accept": "application/samlmetadata+xml, application/xml, text/xml"})
    if answer.status != 200:
        raise NotReached("outbound.not_understood", {"address": address[:200], "status": answer.status})
    return read_metadata(answer.body.decode("utf-8", "replace"))


def begin(provider: Provider) -> tuple[str, str]:
    """The address to go to, and the number of the request that the answer has to name."""
    auth = _auth(provider, "")
    address = auth.login(return_to="")
    return str(address), str(auth.get_last_request_id())


def request_number(response: str) -> str | None:
    """The request that an answer says it belongs to, before anything of it is believed."""
    from onelogin.saml2.utils import OneLogin_Saml2_Utils
    from onelogin.saml2.xml_utils import OneLogin_Saml2_XML

    if len(response) > LARGEST:
        return None
    try:
        document = OneLogin_Saml2_XML.to_etree(OneLogin_Saml2_Utils.b64decode(response))
    except Exception:  # noqa: BLE001 - what no parser understands belongs to no request
        return None
    return document.get("InResponseTo")


def finish(provider: Provider, response: str, request: str) -> Assertion:
    """Who the provider says it is, in answer to this request; NotSignedOn when anything of the answer does not hold."""
    from onelogin.saml2.errors import OneLogin_Saml2_Error

    auth = _auth(provider, response)
    try:
        auth.process_response(request_id=request)
    except (OneLogin_Saml2_Error, binascii.Error, ValueError, SyntaxError) as error:
        raise NotSignedOn("answer_not_valid") from error
    if auth.get_errors() or not auth.is_authenticated():
        reason = str(auth.get_last_error_reason())
        log.info("an answer of %s is not believed: %s", provider.pk, reason)
        if "timestamp" in reason or "clock" in reason.lower():
            raise NotSignedOn("clock_differs")
        raise NotSignedOn("answer_not_valid")
    claims = _claims(auth)
    return read(provider, _subject(auth, claims), claims)


def _claims(auth: Any) -> dict[str, Any]:
    claims: dict[str, Any] = {**auth.get_friendlyname_attributes(), **auth.get_attributes()}
    for name, others in ALIASES.items():
        if name not in claims:
            found = next((claims[other] for other in others if claims.get(other)), None)
            claims.update({} if found is None else {name: found})
    if "email" not in claims and auth.get_nameid_format() == MAIL_FORMAT:
        claims["email"] = [auth.get_nameid()]
    return claims


def _subject(auth: Any, claims: Mapping[str, Any]) -> str:
    """What the person is called there for good. A name that changes with every sign-in recognises nobody."""
    lasting = claims.get(SUBJECT)
    if lasting:
        return str(lasting[0])
    name = auth.get_nameid()
    if not name or auth.get_nameid_format() == TRANSIENT:
        raise NotSignedOn("subject_changes")
    return str(name)


def _auth(provider: Provider, response: str) -> Any:
    from onelogin.saml2.auth import OneLogin_Saml2_Auth

    from guanxi.capabilities.single_sign_on.saml_response import StrictResponse

    place = urlsplit(consumer(provider))
    request = {
        "https": "on" if place.scheme == "https" else "off",
        "http_host": place.netloc,
        "script_name": place.path,
        "get_data": {},
        "post_data": {"SAMLResponse": response} if response else {},
    }
    auth = OneLogin_Saml2_Auth(request, _settings(provider))
    auth.response_class = StrictResponse
    return auth


def _settings(provider: Provider) -> dict[str, Any]:
    return {
        "strict": True,
        "debug": False,
        "sp": {
            "entityId": entity_id(provider),
            "assertionConsumerService": {
                "url": consumer(provider),
                "binding": "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
            },
            "NameIDFormat": "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
        },
        "idp": {
            "entityId": provider.issuer,
            "singleSignOnService": {
                "url": provider.sign_in_url,
                "binding": "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
            },
            "x509certMulti": {"signing": list(provider.certificates), "encryption": []},
        },
        "security": {
            "authnRequestsSigned": False,
            "wantAttributeStatement": False,
            "requestedAuthnContext": False,
            "rejectDeprecatedAlgorithm": True,
            "allowRepeatAttributeName": True,
            "allowSingleLabelDomains": True,
            "wantNameId": False,
        },
    }
