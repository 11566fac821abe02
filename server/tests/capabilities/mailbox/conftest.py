"""A mail server, and mailboxes on it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import override_settings

from guanxi.capabilities.mailbox.reading import read_mailbox
from tests.support import world
from tests.support.clients import Client
from tests.support.mail_server import PASSWORD, USER, MailServer


@pytest.fixture(scope="module")
def mail_server() -> Iterator[MailServer]:
    """One for the tests of a file; each has a folder of its own."""
    with override_settings(OUTBOUND_LOOPBACK=True):
        made = MailServer().start()
        yield made
        made.stop()


class Post:
    """A folder of the server, connected as a mailbox of the workspace."""

    def __init__(self, server: MailServer, folder: str) -> None:
        self.server, self.folder = server, server.folder(folder)
        self.admin = Client.signed_in_as("administrator")

    def place(self, **more: Any) -> dict[str, Any]:
        """What connects to it."""
        return {
            "host": "127.0.0.1", "port": self.server.port, "security": "none", "user": USER, "password": PASSWORD,
            "folder": self.folder, **more,
        }  # fmt: skip

    def connect(self, **more: Any) -> str:
        """Connect it; the mailbox's id."""
        answer = self.act("save-mailbox", name="销售邮箱", **self.place(**more))
        assert answer.status_code == 200, answer.content
        return answer.json()["result"]["mailboxes"][-1]["id"]

    def act(self, verb: str, **params: Any) -> Any:
        """What the administrator does."""
        return self.admin.post(f"actions/mailbox/{verb}", {"params": params})

    def told(self) -> dict[str, Any]:
        """The mailbox as it is told."""
        (found,) = self.admin.get("mailboxes").json()["mailboxes"]
        return found

    def read(self, mailbox: str) -> int:
        """Read it once."""
        return read_mailbox(world.workspace(), UUID(mailbox))

    def messages(self) -> list[dict[str, Any]]:
        """All messages, the first one first."""
        select = [
            "subject", "from_name", "from_address", "to", "text", "html", "about", "owner", "attachments", "direction",
            "sent_at", "thread", "is_automatic", "left_out", "mailbox", "message_id",
        ]  # fmt: skip
        query = {"select": select, "sort": [{"field": "created_at"}, {"field": "id"}]}
        return self.admin.post("records/message/query", query).json()["rows"]


@pytest.fixture
def post(mail_server: MailServer, database: None, request: pytest.FixtureRequest) -> Post:
    """A folder for the test, on a database that is rolled back."""
    return Post(mail_server, request.node.name[:60])
