from django.db import migrations

from goldthread.foundation.lib.doubled_index import DropOwnIndex


class Migration(migrations.Migration):
    dependencies = [('persons', '0007_doubles_after_changes')]

    operations = [
        DropOwnIndex('Alert', 'person'),
        DropOwnIndex('Change', 'person'),
        DropOwnIndex('HouseholdMember', 'household', 'person'),
        DropOwnIndex('Relationship', 'person'),
        DropOwnIndex('Identifier', 'person'),
        DropOwnIndex('PersonName', 'person'),
        DropOwnIndex('ContactPoint', 'person'),
        DropOwnIndex('Address', 'person'),
    ]
