from django.db import migrations

from goldthread.foundation.lib.doubled_index import DropOwnIndex


class Migration(migrations.Migration):
    dependencies = [('packages', '0001_initial')]

    operations = [
        DropOwnIndex('Release', 'person'),
        DropOwnIndex('Package', 'person'),
    ]
