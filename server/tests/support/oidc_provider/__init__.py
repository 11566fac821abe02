"""A real OpenID Connect provider for tests: django-allauth's, in a process of its own with people of its own."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx

from tests.support.product import NOTHING

FOLDER = Path(__file__).parent
PASSWORD = "the directory's own password"
CLIENT, SECRET = "guanxi", "a secret between the two"


class OidcProvider:
    """The process; started by `start`, ended by `stop`."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.issuer = f"http://127.0.0.1:{self.port}"
        self._folder = tempfile.TemporaryDirectory()
        self._control = httpx.Client(verify=NOTHING)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it answers."""
        command = [sys.executable, "-W", "ignore", str(FOLDER / "serve.py"), str(self.port), self._folder.name]
        self._process = subprocess.Popen(command)
        for _ in range(300):
            try:
                if self._control.get(f"{self.issuer}/.well-known/openid-configuration").status_code == 200:
                    return
            except httpx.HTTPError:
                time.sleep(0.1)
        raise RuntimeError("the provider does not answer")

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
        self._control.close()
        self._folder.cleanup()

    def knows(self, email: str, /, **claims: Any) -> None:
        """Enter a person, or what is said of one."""
        self._tell("person", {"email": email, "password": PASSWORD, "claims": claims})

    def sends_back_to(self, address: str) -> None:
        """Register the address of the one client there is."""
        self._tell("client", {"id": CLIENT, "secret": SECRET, "redirect": address})

    def signs_in(self, address: str, email: str) -> str:
        """What a person's browser does with the address that the client sent it to; where it is sent back to."""
        with httpx.Client(follow_redirects=False, verify=NOTHING) as browser:
            answer = browser.get(address)
            while True:
                if answer.status_code in (302, 303):
                    target = urljoin(str(answer.request.url), answer.headers["Location"])
                    if not target.startswith(self.issuer):
                        return target
                    answer = browser.get(target)
                    continue
                if answer.status_code != 200:
                    raise RuntimeError(f"{answer.status_code} {answer.text[:500]}")
                token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.text)
                form = {"csrfmiddlewaretoken": token[1] if token else "", "login": email, "password": PASSWORD}
                hidden = re.search(r'name="next" value="([^"]+)"', answer.text)
                if hidden:
                    form["next"] = hidden[1].replace("&amp;", "&")
                answer = browser.post(str(answer.request.url), data=form)

    def _tell(self, what: str, body: dict[str, Any]) -> None:
        answer = self._control.post(f"{self.issuer}/control/{what}", content=json.dumps(body))
        if answer.status_code != 200:
            raise RuntimeError(answer.text[:500])
