from django.db import migrations

from goldthread.foundation.lib.doubled_index import DropOwnIndex


class Migration(migrations.Migration):
    dependencies = [('record', '0003_contacts_that_served')]

    operations = [
        DropOwnIndex('Entry', 'person', 'actor'),
        DropOwnIndex('Draft', 'staff'),
    ]
