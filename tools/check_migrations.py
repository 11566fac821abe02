"""The models of the control plane and their migrations agree."""

import os
import tempfile

os.environ["DJANGO_SETTINGS_MODULE"] = "guanxi.infra.settings"
os.environ["GUANXI_DATA"] = tempfile.mkdtemp(prefix="guanxi-check-")

import django
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

django.setup()
# Without a database the history cannot be compared; the files themselves can.
MigrationLoader.check_consistent_history = lambda *_: None  # type: ignore[method-assign]
APPS = ("access_keys", "identity", "infra", "sandboxes", "single_sign_on", "view_as")
call_command("makemigrations", *APPS, check=True, dry_run=True, verbosity=1)
