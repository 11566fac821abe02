"""The outbox and the cache that all processes share."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Tables infra_outbox_mail and infra_cache (the layout Django's database cache expects)."""

    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="OutboxMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sender", models.TextField()),
                ("recipients", models.JSONField()),
                ("subject", models.TextField()),
                ("body", models.TextField()),
                ("html", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
            options={"db_table": "infra_outbox_mail", "ordering": ["-id"]},
        ),
        migrations.RunSQL(
            """
            create unlogged table infra_cache (
                cache_key varchar(255) primary key, value text not null, expires timestamptz not null
            );
            create index infra_cache_expires on infra_cache (expires)
            """,
            "drop table infra_cache",
        ),
    ]
