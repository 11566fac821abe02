"""The ends of the chains of audit logs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Table infra_audit_anchor."""

    dependencies = [("infra", "0001_first")]
    operations = [
        migrations.CreateModel(
            name="AuditAnchor",
            fields=[
                ("workspace", models.CharField(max_length=63, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("hash", models.BinaryField()),
                ("seal", models.BinaryField()),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "infra_audit_anchor"},
        ),
    ]
