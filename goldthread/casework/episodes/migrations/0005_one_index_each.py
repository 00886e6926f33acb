from django.db import migrations

from goldthread.foundation.lib.doubled_index import DropOwnIndex


class Migration(migrations.Migration):
    dependencies = [('episodes', '0004_episode_continues')]

    operations = [
        DropOwnIndex('Episode', 'program', 'person', 'household'),
        DropOwnIndex('EpisodeMember', 'episode', 'person'),
    ]
