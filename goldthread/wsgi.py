"""The WSGI entry point that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.settings")
application = get_wsgi_application()

from goldthread.foundation.lib.databases import refuse_unsafe_database  # noqa: E402  the models must be ready

refuse_unsafe_database()
