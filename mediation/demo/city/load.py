"""Load the demonstration city from an empty database."""

import datetime as dt

from django.db import connection

from mediation.activity.services import load_demarches
from mediation.demo.city.agenda import Agenda, write_agenda
from mediation.demo.city.almanac import Almanac
from mediation.demo.city.computers import write_computers
from mediation.demo.city.dice import Dice
from mediation.demo.city.group import Grouping
from mediation.demo.city.help import Helping
from mediation.demo.city.hitches import write_hitches
from mediation.demo.city.ledger import write_ledger
from mediation.demo.city.organisations import Network, write_network
from mediation.demo.city.people import write_people
from mediation.demo.city.places import furnish_places
from mediation.demo.city.queue import write_queues
from mediation.demo.city.requests import write_requests
from mediation.demo.city.rhythms import write_rhythms
from mediation.demo.city.rows import Progress, Rows
from mediation.demo.city.sources import Sources, write_confirmations, write_imported_files
from mediation.demo.city.wishes import write_wishes
from mediation.territory.services import load_territory
from sites.services import load_places


def load_city(*, seed: int, today: dt.date, progress: Progress) -> None:
    """Write the whole city as seen on ``today``; ``progress(label, steps)`` shows how far it is."""
    load_territory()
    load_places()
    load_demarches()
    almanac = Almanac(today)
    network = write_network(seed, almanac)
    places = furnish_places(seed, network)
    agenda = write_agenda(seed, almanac, network, places)
    write_rhythms(seed, almanac, network, agenda, places)
    _write_history(seed, almanac, network, agenda, progress)
    write_queues(seed, almanac, network, agenda)
    write_computers(seed, almanac)
    write_imported_files(seed, almanac, network)
    write_confirmations(almanac, network)
    write_hitches(seed, almanac, network)
    write_ledger(seed, progress)
    write_wishes()


def _write_history(seed: int, almanac: Almanac, network: Network, agenda: Agenda, progress: Progress) -> None:
    crowd, rows, sources = write_people(seed, almanac, network), Rows(), Sources(almanac, network)
    helping = Helping(Dice(seed, "help"), almanac, network, agenda, crowd, rows, sources)
    grouping = Grouping(Dice(seed, "group"), almanac, agenda, crowd, rows, sources)
    for day in progress("jours", list(almanac.worked_days())):
        helping.fill(day)
        grouping.fill(day)
    rows.write(progress)
    _count_rows()
    write_requests(seed, almanac, network, agenda, crowd)
    crowd.write_links(almanac.today)


def _count_rows() -> None:
    """Have the database count what was just written: PostgreSQL plans by what it knew of tables that were empty."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
