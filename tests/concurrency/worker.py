"""``manage.py worker`` with the jobs that the environment names beside its own."""

import datetime as dt
import os

import django
from django.core.management import call_command

from mediation.kernel.schedule import SCHEDULE

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mediation.settings")
    django.setup()
    for name in os.environ["JOBS"].split(","):
        SCHEDULE.add(f"tests.concurrency.jobs.{name}", every=dt.timedelta(days=1))
    call_command("worker", skip_checks=True)
