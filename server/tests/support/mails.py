"""Reading the mails that a test caused: runs the queued mail jobs and looks at what they sent."""

from dataclasses import dataclass

import orjson
from django.core import mail
from django.db import connection

from guanxi.infra.mail.post import send


@dataclass(frozen=True)
class Mail:
    """One mail that left."""

    to: str
    subject: str
    body: str

    def link(self) -> str:
        """The one address in the body."""
        (found,) = [line for line in self.body.splitlines() if line.startswith("http")]
        return found

    def key(self) -> str:
        """What follows the last slash of the link."""
        return self.link().rsplit("/", 1)[-1]


def delivered() -> list[Mail]:
    """The mails queued since the last call, oldest first, after sending them the way a worker does."""
    with connection.cursor() as cursor:
        cursor.execute("delete from jobs.pgqueuer where entrypoint = 'mail.send' returning id, payload")
        waiting = sorted(cursor.fetchall())
    mail.outbox.clear()
    for _, payload in waiting:
        send(orjson.loads(bytes(payload)))
    return [Mail(message.to[0], message.subject, str(message.body)) for message in mail.outbox]
