from django.db import migrations

from cms.office.append_only import guard_table


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_initial")]
    operations = [
        guard_table("campaigns_licencefact"),
    ]
