from django.db import migrations

from goldthread.foundation.lib.doubled_index import DropOwnIndex


class Migration(migrations.Migration):
    dependencies = [('workforce', '0004_languages')]

    operations = [
        DropOwnIndex('RoleAssignment', 'staff'),
        DropOwnIndex('TeamMembership', 'staff', 'team'),
        DropOwnIndex('Notice', 'to'),
        DropOwnIndex('SavedView', 'staff'),
    ]
