"""Where the people sit whom an identity provider makes members."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("single_sign_on", "0001_first_tables")]

    operations = [
        migrations.AddField(model_name="provider", name="default_department", field=models.UUIDField(null=True)),
    ]
