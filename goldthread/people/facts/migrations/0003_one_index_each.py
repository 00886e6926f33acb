from django.db import migrations

from goldthread.foundation.lib.doubled_index import DropOwnIndex


class Migration(migrations.Migration):
    dependencies = [('facts', '0002_ended_by')]

    operations = [
        DropOwnIndex('Fact', 'person'),
    ]
