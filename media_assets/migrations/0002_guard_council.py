from django.db import migrations

from cms.office.append_only import guard_table


class Migration(migrations.Migration):
    dependencies = [("media_assets", "0001_initial")]
    operations = [
        guard_table("media_assets_decision"),
        guard_table("media_assets_ruling"),
    ]
