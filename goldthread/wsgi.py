"""The WSGI entry point that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.settings")
django = get_wsgi_application()

from django.urls import get_resolver  # noqa: E402  the models must be ready

from goldthread.doors.web.encodings import OneEncoding  # noqa: E402  the settings must be read
from goldthread.foundation.lib.databases import refuse_unsafe_database  # noqa: E402  the models must be ready

get_resolver().url_patterns  # noqa: B018  all views, loaded once: else each process loads them while its first reader waits
refuse_unsafe_database()
application = OneEncoding(django)
