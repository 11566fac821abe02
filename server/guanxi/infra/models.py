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


class AuditAnchor(models.Model):
    """Where the chain of a workspace's audit log ends: kept apart from it, so that a chain cut short is found out.

    Written by `guanxi.engine.audit.anchors`; a row goes with the schema it names.
    """

    workspace = models.CharField(max_length=63, primary_key=True)
    """Name of the workspace's schema."""
    seq = models.BigIntegerField()
    hash = models.BinaryField()
    seal = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        db_table = "infra_audit_anchor"

    def __str__(self) -> str:
        return f"{self.workspace} {self.seq}"
