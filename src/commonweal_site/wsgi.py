"""The site as a WSGI application."""

import os

import django
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal_site.settings")
django.setup()

# The files are gathered before the application looks for them.
from commonweal_site.assets import gather  # noqa: E402  # needs the settings
from commonweal_site.kept import warm  # noqa: E402  # as above

gather()
application = get_wsgi_application()
warm(application)
