from django.db import migrations

from goldthread.foundation.lib.doubled_index import DropOwnIndex


class Migration(migrations.Migration):
    dependencies = [('tasks', '0004_open_tasks_that_name_somebody')]

    operations = [
        DropOwnIndex('Evidence', 'episode'),
        DropOwnIndex('Elsewhere', 'person'),
        DropOwnIndex('Task', 'episode'),
        DropOwnIndex('Run', 'program'),
    ]
