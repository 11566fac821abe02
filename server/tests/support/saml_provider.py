"""A real SAML 2.0 identity provider for tests: pysaml2's, which reads requests and signs answers of its own."""

from __future__ import annotations

import warnings
import zlib
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # pysaml2 imports what cryptography is about to move
    from saml2 import BINDING_HTTP_REDIRECT, config, server
    from saml2.metadata import create_metadata_string
    from saml2.saml import NAMEID_FORMAT_PERSISTENT, NameID
    from saml2.sigver import CryptoBackend

ENTITY = "https://idp.corp.example/metadata"
SIGN_IN = "https://idp.corp.example/sso"
SAML = "{urn:oasis:names:tc:SAML:2.0:assertion}"
SAMLP = "{urn:oasis:names:tc:SAML:2.0:protocol}"
SHA1 = {
    "sign_alg": "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
    "digest_alg": "http://www.w3.org/2000/09/xmldsig#sha1",
}
"""How nobody signs any more."""
SIGNED = {
    "sign_assertion": True,
    "sign_response": True,
    "sign_alg": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    "digest_alg": "http://www.w3.org/2001/04/xmlenc#sha256",
}
DS = "{http://www.w3.org/2000/09/xmldsig#}"


class Signer(CryptoBackend):
    """Signs with the xmlsec library instead of its command."""

    def sign_statement(self, statement: Any, node_name: str, key_file: str, node_id: str) -> str:
        """The statement with the signature that its template asks for."""
        document = etree.fromstring(statement if isinstance(statement, bytes) else str(statement).encode())
        for node in document.iter():
            if isinstance(node.tag, str) and node.get("ID"):
                xmlsec.tree.add_ids(node, ["ID"])
        (owner,) = [node for node in document.iter() if isinstance(node.tag, str) and node.get("ID") == node_id]
        context = xmlsec.SignatureContext()
        context.key = xmlsec.Key.from_file(key_file, xmlsec.constants.KeyDataFormatPem)
        context.sign(owner.find(f"{DS}Signature"))
        return etree.tostring(document).decode()

    def validate_signature(self, *_: Any) -> bool:
        """Requests of the product are not signed."""
        raise NotImplementedError


class SamlProvider:
    """A provider with a key of its own, which knows one service."""

    def __init__(self, folder: Path, service_metadata: str, whose: str = "the provider") -> None:
        self.key_file, self.certificate = key_in(folder, whose)
        (folder / "service.xml").write_text(service_metadata)
        self._server = server.Server(config=self._config(folder))
        self._server.sec.crypto = Signer()

    @property
    def metadata(self) -> str:
        """What a service has to know of the provider, as XML."""
        return create_metadata_string(None, config=self._server.config).decode()

    def answers(
        self, address: str, *, subject: str = "u-1", claims: dict[str, Any] | None = None, **signed: Any
    ) -> str:
        """The form value with which a person's browser comes back from the address that it was sent to."""
        (packed,) = parse_qs(urlsplit(address).query)["SAMLRequest"]
        request = self._server.parse_authn_request(packed, BINDING_HTTP_REDIRECT)
        arguments = self._server.response_args(request.message)
        answer = self._server.create_authn_response(
            identity=claims if claims is not None else {"mail": ["ann@corp.example"], "displayName": ["Ann"]},
            userid=subject,
            name_id=NameID(format=NAMEID_FORMAT_PERSISTENT, text=subject),
            authn={"class_ref": "urn:oasis:names:tc:SAML:2.0:ac:classes:Password", "authn_auth": ENTITY},
            **{**SIGNED, **arguments, **signed},
        )
        return b64encode(str(answer).encode()).decode()

    def sign(self, document: str, id_: str) -> str:
        """The document with the signature that its element of this id has a template for."""
        return Signer().sign_statement(document, "", str(self.key_file), id_)

    def _config(self, folder: Path) -> config.IdPConfig:
        return config.IdPConfig().load(
            {
                "entityid": ENTITY,
                "xmlsec_binary": str(_lists_algorithms(folder)),
                "key_file": str(self.key_file),
                "cert_file": str(folder / "provider.crt"),
                "metadata": {"local": [str(folder / "service.xml")]},
                "service": {
                    "idp": {
                        "endpoints": {"single_sign_on_service": [(SIGN_IN, BINDING_HTTP_REDIRECT)]},
                        "want_authn_requests_signed": False,
                        "policy": {
                            "default": {
                                "lifetime": {"minutes": 5},
                                "name_form": "urn:oasis:names:tc:SAML:2.0:attrname-format:basic",
                            }
                        },
                    }
                },
            }
        )


def request_of(address: str) -> etree._Element:
    """The request that stands in an address."""
    (packed,) = parse_qs(urlsplit(address).query)["SAMLRequest"]
    return etree.fromstring(zlib.decompress(b64decode(packed), -15))


def changed(answer: str, change: Any) -> str:
    """An answer after `change` was done to its XML."""
    document = etree.fromstring(b64decode(answer))
    made = change(document)
    return b64encode(etree.tostring(document if made is None else made)).decode()


def _lists_algorithms(folder: Path) -> Path:
    """Stands in for the command that pysaml2 asks what can be signed with; Signer signs."""
    script = folder / "algorithms"
    script.write_text("""#!/bin/sh\necho klasses:\necho '"sha256","rsa-sha256"'\n""")
    script.chmod(0o700)
    return script


def key_in(folder: Path, whose: str = "the provider") -> tuple[Path, str]:
    """The file of somebody's key, with the certificate beside it, and the certificate as metadata have it."""
    key, certificate = _key_of(whose)
    file = folder / "provider.key"
    file.write_bytes(key)
    (folder / "provider.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return file, b64encode(certificate.public_bytes(serialization.Encoding.DER)).decode()


@cache
def _key_of(whose: str) -> tuple[bytes, x509.Certificate]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, whose)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL
    return key.private_bytes(encoding, form, serialization.NoEncryption()), certificate
