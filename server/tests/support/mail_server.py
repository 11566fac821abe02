"""A real IMAP server on this machine, with one user, whose mails are kept in memory."""

import imaplib
import socket
import subprocess
import sys
import time
from email.message import EmailMessage
from pathlib import Path

USER, PASSWORD = "inbox@example.com", "an authorisation code"
START_SECONDS = 60


class MailServer:
    """The server as a process of its own; what is appended is there for whoever reads the folder."""

    def __init__(self) -> None:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port: int = one.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "MailServer":
        """Begin, with nothing in it; folders have other numbers than those of the last time."""
        command = Path(sys.executable).with_name("pymap")
        self._process = subprocess.Popen(
            [
                str(command), "--host", "127.0.0.1", "--port", str(self.port), "--no-tls", "dict",
                "--demo-user", USER, "--demo-password", PASSWORD,
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                self._connected().logout()
            except OSError:
                assert time.monotonic() < end, "the mail server does not answer"
                time.sleep(0.1)
            else:
                return self

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)

    def folder(self, name: str) -> str:
        """A new folder; its name."""
        client = self._signed_in()
        assert client.create(name)[0] == "OK"
        client.logout()
        return name

    def deliver(self, folder: str, *mails: EmailMessage | bytes) -> None:
        """Put mails into a folder."""
        client = self._signed_in()
        for one in mails:
            raw = one if isinstance(one, bytes) else one.as_bytes()
            assert client.append(folder, "", None, raw)[0] == "OK"
        client.logout()

    def _connected(self) -> imaplib.IMAP4:
        return imaplib.IMAP4("127.0.0.1", self.port, 10)

    def _signed_in(self) -> imaplib.IMAP4:
        client = self._connected()
        client.login(USER, PASSWORD)
        return client


def mail(sender: str, subject: str, text: str = "你好", **headers: str) -> EmailMessage:
    """A mail as an ordinary program writes it."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, USER, subject
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    if "Message_ID" not in headers:
        made["Message-ID"] = f"<{abs(hash((sender, subject)))}@sender.example>"
    made.set_content(text)
    return made
