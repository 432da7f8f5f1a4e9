"""What gunicorn serves for a benchmark."""

from django.conf import settings

from mediation.wsgi import application

settings.ROOT_URLCONF = "mediation.benchmarks.urls"

__all__ = ["application"]
