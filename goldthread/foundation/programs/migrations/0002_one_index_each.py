from django.db import migrations

from goldthread.foundation.lib.doubled_index import DropOwnIndex


class Migration(migrations.Migration):
    dependencies = [('programs', '0001_initial')]

    operations = [
        DropOwnIndex('ProgramVersion', 'program'),
    ]
