"""WSGI entry point of accessform."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "accessform.settings")

application = get_wsgi_application()
