from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("identity", "0003_vouched_memberships"),)

    operations = (
        migrations.AddField(model_name="invitation", name="is_mailed", field=models.BooleanField(default=False)),
    )
