"""Which memberships rest on the word of an identity provider alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0002_guarded_sign_in")]

    operations = [
        migrations.AddField(model_name="membership", name="is_vouched", field=models.BooleanField(default=False)),
    ]
