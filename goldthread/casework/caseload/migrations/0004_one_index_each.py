from django.db import migrations

from goldthread.foundation.lib.doubled_index import DropOwnIndex


class Migration(migrations.Migration):
    dependencies = [('caseload', '0003_aftercare')]

    operations = [
        DropOwnIndex('Cover', 'absent', 'colleague'),
        DropOwnIndex('Assignment', 'client', 'staff', 'team', 'episode'),
    ]
