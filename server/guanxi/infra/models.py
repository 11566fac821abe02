"""Control-plane tables of the infrastructure."""

from django.db import models


class OutboxMail(models.Model):
    """A mail that was not sent but kept, because no mail server is set."""

    sender = models.TextField()
    recipients = models.JSONField()
    subject = models.TextField()
    body = models.TextField()
    html = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        db_table = "infra_outbox_mail"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.subject
