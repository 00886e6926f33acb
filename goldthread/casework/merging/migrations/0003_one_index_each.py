from django.db import migrations

from goldthread.foundation.lib.doubled_index import DropOwnIndex


class Migration(migrations.Migration):
    dependencies = [('merging', '0002_doubles_after_changes')]

    operations = [
        DropOwnIndex('Merge', 'kept'),
        DropOwnIndex('Move', 'merge'),
        DropOwnIndex('Pair', 'one', 'other'),
        DropOwnIndex('Apart', 'one', 'other'),
    ]
