from django.db import migrations

from cms.office.append_only import guard_table


class Migration(migrations.Migration):
    dependencies = [("performers", "0002_add_consent")]

    operations = [guard_table("performers_consent"), guard_table("performers_consentwithdrawal")]
