from django.db import migrations

from goldthread.foundation.lib.doubled_index import DropOwnIndex


class Migration(migrations.Migration):
    dependencies = [('discharge', '0002_why_undone')]

    operations = [
        DropOwnIndex('WayOut', 'person', 'signed_by', 'ended_by'),
        DropOwnIndex('Settlement', 'way'),
        DropOwnIndex('Addendum', 'way'),
        DropOwnIndex('Packet', 'way'),
    ]
