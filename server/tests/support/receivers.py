"""Systems that flows send to: an HTTP server and a mail server on this machine, which note what they take by its key."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Asked:
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class HttpReceiver:
    """An HTTP server; ``answer`` says what it answers to a request: status, headers, body."""

    answer: Callable[[Asked], tuple[int, dict[str, str], bytes]] = lambda _: (200, {}, b'{"ok": true}')
    asked: list[Asked] = field(default_factory=list)
    seconds: float = 0.0
    """How long it takes over each request."""

    def start(self) -> "HttpReceiver":
        """Listen on a free port."""
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                headers = {name.lower(): value for name, value in self.headers.items()}
                one = Asked(self.command, self.path, headers, self.rfile.read(length))
                receiver.asked.append(one)
                time.sleep(receiver.seconds)
                status, more, body = receiver.answer(one)
                self.send_response(status)
                for name, value in {**more, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_PUT = do_PATCH = do_DELETE = do_POST  # noqa: N815 - the names are the library's

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def stop(self) -> None:
        """Listen no more."""
        self.server.shutdown()
        self.server.server_close()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server.server_port}"

    @property
    def keys(self) -> Counter[str]:
        """How often each key came."""
        return Counter(one.headers.get("idempotency-key", "") for one in self.asked)


class MailReceiver:
    """A mail server that takes every mail and notes its Message-ID and recipient."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        """Take a mail."""
        from email import message_from_bytes

        message = message_from_bytes(envelope.content)
        self.taken.append((str(message["Message-ID"]), envelope.rcpt_tos[0]))
        return "250 OK"

    def start(self, port: int) -> "MailReceiver":
        """Listen on a port."""
        from aiosmtpd.controller import Controller

        self.controller = Controller(self, hostname="127.0.0.1", port=port)
        self.controller.start()
        return self

    def stop(self) -> None:
        """Listen no more."""
        self.controller.stop()

    @property
    def keys(self) -> Counter[str]:
        """How often each Message-ID came."""
        return Counter(id_ for id_, _ in self.taken)
