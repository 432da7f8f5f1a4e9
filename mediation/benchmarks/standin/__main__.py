"""A stand-in in a process of its own: ``python -m mediation.benchmarks.standin SECONDS`` says where it is, as JSON.

Each call takes SECONDS. It ends when its standard input does, so it never survives whoever started it.
"""

import json
import os
import sys

import django

if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
    sys.exit(__doc__)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mediation.settings")
django.setup()

from mediation.benchmarks.standin import StandIn  # noqa: E402 — its words are those of the models

with StandIn() as operator:
    operator.behaviour.delay(float(sys.argv[1]))
    sys.stdout.write(json.dumps({**operator.settings(), "control_url": operator.control_url}) + "\n")
    sys.stdout.flush()
    sys.stdin.read()
