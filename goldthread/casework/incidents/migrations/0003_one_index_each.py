from django.db import migrations

from goldthread.foundation.lib.doubled_index import DropOwnIndex


class Migration(migrations.Migration):
    dependencies = [('incidents', '0002_mistakes_and_colleagues')]

    operations = [
        DropOwnIndex('MandatedReport', 'client', 'reporter'),
    ]
