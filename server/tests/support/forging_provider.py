"""An OpenID Connect provider that says whatever a test wants it to, rightly signed or not."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

CLIENT = "guanxi"
SUBJECT = "u-1"


class ForgingProvider:
    """Answers at an address of this machine. Tests change what it says by its attributes."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.other_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.elliptic = ec.generate_private_key(ec.SECP256R1())
        self.claims: dict[str, Any] = {}
        self.drops: set[str] = set()
        self.header: dict[str, Any] = {}
        self.algorithm = "RS256"
        self.signing_key: Any = self.key
        self.token: Any = None
        self.userinfo: dict[str, Any] | None = None
        self.said: dict[str, Any] = {}
        self.status = 200
        self.kid = "main"
        self.nonce = ""
        self.forms: list[dict[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()

    def agrees(self, address: str) -> str:
        """Where the person's browser comes back to, having said yes at this address."""
        query = dict(parse_qs(urlsplit(address).query))
        self.nonce = query["nonce"][0]
        return f"{query['redirect_uri'][0]}?code=a-code&state={query['state'][0]}"

    def id_token(self) -> Any:
        """The token as it is said to be."""
        if self.token is not None:
            return self.token
        now = int(time.time())
        claims = {
            "iss": self.issuer, "sub": SUBJECT, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": self.nonce,
            "email": "ann@corp.example", "name": "Ann", **self.claims,
        }  # fmt: skip
        kept = {key: value for key, value in claims.items() if key not in self.drops}
        return jwt.encode(kept, self.signing_key, self.algorithm, {"kid": self.kid, **self.header})

    def _document(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            **self.said,
        }

    def _keys(self) -> dict[str, Any]:
        main = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
        elliptic = json.loads(ECAlgorithm.to_jwk(self.elliptic.public_key()))
        return {
            "keys": [
                {**main, "kid": self.kid, "use": "sig", "alg": "RS256"},
                {**elliptic, "kid": "elliptic", "use": "sig", "alg": "ES256"},
                {**main, "kid": "encryption", "use": "enc"},
            ]
        }

    def _handler(provider: ForgingProvider) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - the handler has a self, too
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answers = {
                    "/.well-known/openid-configuration": provider._document,
                    "/keys": provider._keys,
                    "/userinfo": lambda: provider.userinfo or {},
                }
                self._answer(answers[self.path]() if self.path in answers else {}, 200 if self.path in answers else 404)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                provider.forms.append({key: value[0] for key, value in parse_qs(body).items()})
                provider.headers.append(dict(self.headers))
                token = {"access_token": "an-access-token", "token_type": "Bearer", "id_token": provider.id_token()}
                self._answer(token, provider.status)

            def _answer(self, body: dict[str, Any], status: int) -> None:
                content = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                """Nothing: tests tell what went wrong."""

        return Handler
