"""The door of the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mediation.settings")
application = get_wsgi_application()
# What is loaded by now stays until the process ends: nobody need look through it for garbage again.
gc.collect()
gc.freeze()
