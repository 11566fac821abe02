"""A passkey in software: answers the challenges of the product as a telephone or a security key does."""

import hashlib
import json
import os
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text(data: bytes) -> str:
    """Bytes as the messages carry them."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def data(text: str) -> bytes:
    """What such a text stands for."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Passkey:
    """One passkey; `verifies` says whether it asks its owner for a finger or a PIN."""

    def __init__(self, origin: str, *, verifies: bool = True) -> None:
        self.origin = origin
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(32)
        self.flags = PRESENT | (VERIFIED if verifies else 0)
        self.owner = b""
        self.uses = 0

    def registered(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to the options of making a passkey."""
        asked = options["publicKey"]
        self.owner = data(asked["user"]["id"])
        client = self._client("webauthn.create", asked["challenge"])
        credential = bytes(16) + struct.pack(">H", len(self.id)) + self.id
        credential += cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        made = self._authenticator(asked["rp"]["id"], self.flags | ATTESTED) + credential
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": made})
        return self._message(
            client, {"attestationObject": text(attestation)}, {"credProps": {"rk": True}}
        )  # fmt: skip

    def answered(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to the options of signing in."""
        asked = options["publicKey"]
        client = self._client("webauthn.get", asked["challenge"])
        shown = self._authenticator(asked["rpId"], self.flags)
        signature = self.key.sign(shown + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        more = {"authenticatorData": text(shown), "signature": text(signature), "userHandle": text(self.owner)}
        return self._message(client, more, {})

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _authenticator(self, rp: str, flags: int) -> bytes:
        self.uses += 1
        return hashlib.sha256(rp.encode()).digest() + bytes([flags]) + struct.pack(">I", self.uses)

    def _message(self, client: bytes, more: dict[str, str], extensions: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": text(self.id),
            "rawId": text(self.id),
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": extensions,
            "response": {"clientDataJSON": text(client), **more},
        }
