"""``manage.py demo``: a whole city to try, from an empty folder to a page that opens."""

import datetime as dt
import os
from argparse import ArgumentTypeError
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from mediation.demo import serving
from mediation.demo.models import DemoLoad
from mediation.demo.services import erase, finished_load, load_afresh
from mediation.demo.welcome import RESET, advice, welcome

SEED = 31
PORT = 8000
INTERRUPTED = 130  # what a shell expects of a command that Ctrl-C ended
# Its thread would be copied half-alive into the forked processes.
tqdm.monitor_interval = 0


def show_progress(label: str, rows: Iterable[Any]) -> Iterable[Any]:
    """Show how far a load is, on a terminal only."""
    return tqdm(rows, desc=label, leave=False, disable=None)


def port_number(text: str) -> int:
    """Return a port that anybody may open."""
    if not text.isdecimal() or not 1024 <= int(text) <= 65535:
        raise ArgumentTypeError(_("un port est un nombre de 1024 à 65535, pas « %s »") % text)
    return int(text)


class Command(BaseCommand):
    """Prepare the database, load the demonstration where there is none, serve it until Ctrl-C."""

    help = "Charge une ville inventée sur des lieux réels (une fois), puis la sert sur cette machine jusqu’à Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="Charge, sans servir.")
        parser.add_argument("--reset", action="store_true", help="Efface d’abord la démonstration qui est là.")
        parser.add_argument("--seed", type=int, help=f"Une autre ville de la même sorte ({SEED}).")
        parser.add_argument("--today", type=dt.date.fromisoformat, help="Le jour qu’il est dans la ville (AAAA-MM-JJ).")
        # argparse reads a default given as text as it would the option: a malformed PORT is refused alike.
        port = os.environ.get("PORT", "").strip() or str(PORT)
        parser.add_argument("--port", type=port_number, default=port, help="PORT, sinon %(default)s.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; an interruption is an ordinary end."""
        if settings.IS_DEPLOYED:
            raise CommandError(_("PUBLIC_URL est réglée : ce service est déployé, pas de démonstration ici."))
        if not options["no_serve"] and not serving.is_free(options["port"]):
            raise CommandError(
                _("Le port %(port)d est déjà pris. Un autre : PORT=%(next)d make demo")
                % {"port": options["port"], "next": options["port"] + 1}
            )
        try:
            with serving.interruptible():
                self.run(**options)
        except KeyboardInterrupt:
            self.stdout.write("")

    def run(
        self, *, no_serve: bool, port: int, reset: bool, seed: int | None, today: dt.date | None, **_others: Any
    ) -> None:
        """Load, tell, serve."""
        load = self.prepare(reset=reset, seed=seed, today=today)
        if notice := advice(load, on=timezone.localdate()):
            self.stdout.write(self.style.WARNING(notice))
        if not no_serve:
            self.serve(port)
        elif self.was_kept:
            self.stdout.write(_("La ville de démonstration est déjà là : rien n’a changé."))

    def prepare(self, *, reset: bool, seed: int | None, today: dt.date | None) -> DemoLoad:
        """Return the demonstration that this database holds in the end."""
        self.migrate()
        try:
            if reset:
                erase()
                serving.forget_what_was_sent()
            kept = self.kept(seed=seed, today=today)
            self.was_kept = kept is not None
            return kept or self.load(seed=SEED if seed is None else seed, today=today or timezone.localdate())
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error

    def kept(self, *, seed: int | None, today: dt.date | None) -> DemoLoad | None:
        """Return the demonstration that is there already, and say so to who asks for another one."""
        load = finished_load()
        if load and (seed not in (None, load.seed) or today not in (None, load.today)):
            self.stdout.write(
                self.style.WARNING(
                    _("Une autre démonstration est déjà là, elle est gardée. Pour la remplacer : %(command)s")
                    % {"command": RESET}
                )
            )
        return load

    def load(self, *, seed: int, today: dt.date) -> DemoLoad:
        """Load one, with its progress."""
        self.stdout.write(_("Chargement de la ville de démonstration, une seule fois : une minute environ."))
        try:
            load = load_afresh(seed=seed, today=today, progress=show_progress)
        except KeyboardInterrupt as error:
            raise CommandError(
                _("Chargement interrompu : il recommencera au prochain lancement."), returncode=INTERRUPTED
            ) from error
        seconds = round((load.finished_at - load.started_at).total_seconds())
        self.stdout.write(_("Ville chargée en %(seconds)d s.") % {"seconds": seconds})
        return load

    def migrate(self) -> None:
        """Bring the tables up to date; asking first is quicker than running migrate for nothing."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write(_("Préparation de la base…"))
            call_command("migrate", interactive=False, verbosity=0)

    def serve(self, port: int) -> None:
        """Start web and worker, tell where they are once a page opens, and last until one stops or is stopped."""
        try:
            with serving.Service(port) as service:
                service.wait_until_it_answers()
                self.stdout.write(welcome(port=port))
                self.stdout.flush()
                service.wait()
        except serving.Stopped as stopped:
            raise CommandError(_("Le processus « %s » s’est arrêté : tout est arrêté.") % stopped) from stopped
