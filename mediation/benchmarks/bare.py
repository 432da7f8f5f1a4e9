"""The settings, the address and the only view of a bare Django page: a template of a hundred rows, nothing else."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.django import Template
from django.urls import path

SECRET_KEY = "bare"  # noqa: S105 -- it signs nothing
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "mediation.benchmarks.bare"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
USE_I18N = False

ROWS = [{"number": number, "name": f"Lieu {number}", "address": f"{number} rue des Lois"} for number in range(100)]
PAGE = """<!DOCTYPE html>
<html lang="fr">
  <head><title>Lieux</title></head>
  <body>
    <table>
      {% for row in rows %}
        <tr><td>{{ row.number }}</td><td>{{ row.name }}</td><td>{{ row.address }}</td></tr>
      {% endfor %}
    </table>
  </body>
</html>
"""


@cache
def template() -> Template:
    """Return the template, read once, as Django keeps its own."""
    return engines["django"].from_string(PAGE)


def rows(request: HttpRequest) -> HttpResponse:
    """Answer with a hundred rows."""
    return HttpResponse(template().render({"rows": ROWS}, request))


urlpatterns = [path("", rows)]
