"""The WSGI application: every request but the event stream is answered here."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guanxi.infra.settings")

from django.core.wsgi import get_wsgi_application

from guanxi.app.tether import hold_to_parent

hold_to_parent()
application = get_wsgi_application()
