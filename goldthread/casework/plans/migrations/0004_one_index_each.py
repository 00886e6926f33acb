from django.db import migrations

from goldthread.foundation.lib.doubled_index import DropOwnIndex


class Migration(migrations.Migration):
    dependencies = [('plans', '0003_closed_and_ended')]

    operations = [
        DropOwnIndex('Plan', 'person'),
        DropOwnIndex('PlanVersion', 'plan'),
        DropOwnIndex('Signature', 'version'),
        DropOwnIndex('Paper', 'version'),
        DropOwnIndex('Goal', 'person', 'episode'),
        DropOwnIndex('GoalNeed', 'goal'),
        DropOwnIndex('Objective', 'goal'),
        DropOwnIndex('Step', 'goal'),
        DropOwnIndex('PlannedService', 'plan', 'goal'),
    ]
