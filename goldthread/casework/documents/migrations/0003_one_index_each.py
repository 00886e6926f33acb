from django.db import migrations

from goldthread.foundation.lib.doubled_index import DropOwnIndex


class Migration(migrations.Migration):
    dependencies = [('documents', '0002_what_it_serves')]

    operations = [
        DropOwnIndex('Document', 'person'),
        DropOwnIndex('DocumentVersion', 'document'),
    ]
