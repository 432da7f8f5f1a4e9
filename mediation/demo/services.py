"""Load the demonstration city once, and take it away: never in a database where somebody works."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Beneficiary, Organisation
from mediation.accounts.models import User
from mediation.demo.city import load_city
from mediation.demo.models import DemoLoad
from mediation.messaging.selectors import worker_status

Progress = Callable[[str, Iterable[Any]], Iterable[Any]]


def finished_load() -> DemoLoad | None:
    """Return the demonstration that this database holds, if one was loaded to its end."""
    return DemoLoad.objects.filter(finished_at__isnull=False).first()


def load_afresh(*, seed: int, today: dt.date, progress: Progress) -> DemoLoad:
    """Load the demonstration, after having removed the beginning of one that was interrupted.

    Raises ValidationError where the database holds anything that a demonstration did not write.
    """
    if DemoLoad.objects.exists():
        erase()
    _refuse_a_database_in_use()
    # The row is written first and by itself: a load that was cut, even by the power, is known by it.
    load = DemoLoad.objects.create(seed=seed, today=today, started_at=timezone.now())
    with transaction.atomic():
        load_city(seed=seed, today=today, progress=progress)
        load.finished_at = timezone.now()
        load.save(update_fields=["finished_at"])
    return load


def erase() -> None:
    """Empty the database of its demonstration.

    Raises ValidationError where an organisation is not of the demonstration: somebody may have begun to work here.
    """
    if not DemoLoad.objects.exists():
        _refuse_a_database_in_use()
    if worker_status(timezone.now()).is_alive:
        raise ValidationError(
            _(
                "La démonstration tourne encore : arrêtez-la d’abord (Ctrl-C). "
                "Si elle a été coupée à l’instant, recommencez dans une minute."
            )
        )
    if names := list(Organisation.objects.filter(is_fictional=False).values_list("name", flat=True)[:3]):
        raise ValidationError(
            _(
                "La base « %(database)s » contient des structures qui ne viennent pas de la démonstration "
                "(%(names)s) : elle n’est pas effacée. Si rien n’est à garder, supprimez-la vous-même."
            )
            % {"database": connection.settings_dict["NAME"], "names": ", ".join(names)}
        )
    call_command("flush", interactive=False, verbosity=0)


def _refuse_a_database_in_use() -> None:
    if any(model.objects.exists() for model in (Organisation, Beneficiary, User)):
        raise ValidationError(
            _(
                "La base « %(database)s » contient déjà des structures, des personnes ou des comptes : "
                "la démonstration ne s’y mélange pas. Donnez-lui sa base : DATABASE_URL=sqlite:////tmp/demonstration.sqlite3"
            )
            % {"database": connection.settings_dict["NAME"]}
        )
