"""The WSGI application: every request but the event stream is answered here."""

import gc
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guanxi.infra.settings")

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from guanxi.app.tether import hold_to_parent

SWITCH_SECONDS = 0.001
"""A thread that computes gives way after so long to those that have their answer from the database and need a moment:
each of their statements would otherwise cost them the whole interval, which by default is five times as long.
"""

hold_to_parent()
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - all that answers is imported now, not by the first request
sys.setswitchinterval(SWITCH_SECONDS)
# What was imported stays: looking through it for garbage again and again would hold up whoever is asking just then.
gc.collect()
gc.freeze()
