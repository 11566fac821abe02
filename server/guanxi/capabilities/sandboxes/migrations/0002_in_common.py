"""What a workspace and its copy have in common, so that a comparison tells which of the two was changed since."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A digest of each item of the configuration."""

    dependencies = [("sandboxes", "0001_first_tables")]

    operations = [
        migrations.AddField(model_name="copy", name="digests", field=models.JSONField(default=dict)),
    ]
