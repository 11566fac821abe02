"""The Django app of the infrastructure's own tables: outgoing mail in development, the shared cache."""

from django.apps import AppConfig


class InfraConfig(AppConfig):
    """Tables infra_outbox_mail and infra_cache."""

    name = "guanxi.infra"
    label = "infra"
    default_auto_field = "django.db.models.BigAutoField"
