from django.db import migrations

from goldthread.foundation.lib.doubled_index import DropOwnIndex


class Migration(migrations.Migration):
    dependencies = [('imports', '0004_households_and_past_workers')]

    operations = [
        DropOwnIndex('Finding', 'run'),
        DropOwnIndex('Brought', 'run', 'person'),
    ]
