from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("identity", "0004_mailed_invitations"),)

    operations = (
        migrations.AddField(
            model_name="workspace", name="fiscal_month", field=models.PositiveSmallIntegerField(default=1)
        ),
    )
