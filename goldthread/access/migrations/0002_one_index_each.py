from django.db import migrations

from goldthread.foundation.lib.doubled_index import DropOwnIndex


class Migration(migrations.Migration):
    dependencies = [('access', '0001_initial')]

    operations = [
        DropOwnIndex('BreakGlass', 'staff'),
        DropOwnIndex('Block', 'staff'),
    ]
