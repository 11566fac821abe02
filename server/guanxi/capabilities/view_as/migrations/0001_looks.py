"""Who looks with whose eyes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import guanxi.kit.ids


class Migration(migrations.Migration):
    """Table view_as_look."""

    initial = True
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("identity", "0001_first_tables"),
    ]
    operations = [
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.UUIDField(default=guanxi.kit.ids.uuid7, primary_key=True, serialize=False)),
                ("looker", models.UUIDField()),
                ("member", models.UUIDField()),
                ("checked", models.UUIDField()),
                ("until", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="identity.workspace"
                    ),
                ),
            ],
        ),
    ]
