"""An HTTP client for tests: JSON in, JSON out, signed in as a person of the world."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client as DjangoClient

from tests.support import world


class Client:
    """Requests below /api/v1/{workspace}; `path` may also be absolute."""

    def __init__(self, workspace: str = world.WORKSPACE) -> None:
        self.base = f"/api/v1/{workspace}"
        self.django = DjangoClient(raise_request_exception=False)

    @classmethod
    def signed_in_as(cls, name: str | None, workspace: str = world.WORKSPACE) -> "Client":
        """A client with the session of a person; without one for None."""
        client = cls(workspace)
        if name is not None:
            account = world.membership(name).account
            client.django.force_login(account)
        return client

    def request(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """Send one request; header names as in HTTP with underscores (Accept_Language)."""
        address = path if path.startswith("/") else f"{self.base}/{path}"
        data = b"" if body is None else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.django.generic(method, address, data, content_type="application/json", headers=named)

    def make(self, object_key: str = "company", **values: Any) -> dict[str, Any]:
        """A new record as the API answers it."""
        answer = self.post(f"records/{object_key}", {"values": values})
        assert answer.status_code == 201, answer.content
        return answer.json()

    def get(self, path: str, **headers: str) -> HttpResponse:
        """GET."""
        return self.request("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """POST with a JSON body."""
        return self.request("POST", path, {} if body is None else body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> HttpResponse:
        """PATCH with a JSON body."""
        return self.request("PATCH", path, body, **headers)

    def put(self, path: str, body: Any, **headers: str) -> HttpResponse:
        """PUT with a JSON body."""
        return self.request("PUT", path, body, **headers)

    def delete(self, path: str, **headers: str) -> HttpResponse:
        """DELETE."""
        return self.request("DELETE", path, **headers)
