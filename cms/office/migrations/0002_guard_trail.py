from django.db import migrations

from cms.office.append_only import guard_table


class Migration(migrations.Migration):
    dependencies = [("office", "0001_initial")]
    operations = [
        guard_table("office_trail"),
    ]
