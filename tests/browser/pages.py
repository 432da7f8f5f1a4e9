"""Every page of the application, and its address among the rows of the world."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from helpdesk.selectors import Stretch
from tests.browser.world import World
from tests.cast import at


@dataclass(frozen=True)
class Page:
    """One page: its address, the name by which failures speak of it, and whether its address leads to another."""

    name: str
    url: str
    follows: bool = False


def _rows(world: World) -> dict[str, dict[str, object]]:
    """Return what stands in an address: by the name of the page, or by its app for most of its pages."""
    cast = world.cast
    uid = {
        "activity": world.activity,
        "activity:imported": world.imported_file,
        "activity:source": cast.paul_mediator,
        "calendars": world.calendar,
        "calendars:revoke": world.feed,
        "desk:booked": world.appointment,
        "desk:noted": world.help_request,
        "desk:person": cast.lucette,
        "directory:account": cast.claire,
        "directory:beneficiary_edit": cast.lucette,
        "directory:mediator": cast.amina_mediator,
        "directory:mediator_edit": cast.amina_mediator,
        "directory:mediator_add": cast.mairie,
        "directory:organisation": cast.mairie,
        "directory:organisation_edit": cast.mairie,
        "helpdesk": world.appointment,
        "helpdesk:absence": world.absence,
        "helpdesk:absence_edit": world.absence,
        "helpdesk:opening": cast.opening,
        "helpdesk:opening_delete": cast.opening,
        "helpdesk:queue": cast.empalot,
        "helpdesk:queue_display": cast.empalot,
        "helpdesk:reason": world.own_reason,
        "helpdesk:reinstate": world.cancelled,
        "helpdesk:report": world.finished,
        "helpdesk:request": world.help_request,
        "helpdesk:ticket": world.ticket,
        "helpdesk:ticket_report": world.ticket,
        "kiosk": world.device,
        "kiosk:workshop": world.workshop,
        "messaging": world.message,
        "messaging:reply_handled": world.reply,
        "messaging:write_back": world.reply,
        "reports": cast.mairie,
        "sites": cast.empalot,
        "sites:import_review": world.pending_file,
        "sites:reservation": world.reservation,
        "sites:workstation_edit": cast.workstation,
        "sites:workstation_remove": cast.workstation,
        "web": cast.empalot,
        "web:workshop": world.workshop,
        "workshops": world.workshop,
        "workshops:attendance": world.past_workshop,
    }
    token = default_token_generator.make_token(cast.claire)
    return {name: {"uid": row.uid} for name, row in uid.items()} | {
        "activity:demarche": {"slug": cast.caf.slug},
        "calendars:feed": {"token": world.feed_token},
        "desk:closure": {"pk": world.closure.pk},
        "messaging:wording": {"slug": "booked-short", "language": "fr"},
        "desk:compare": {"uid": cast.lucette.uid, "other": world.registration.beneficiary.uid},
        "web:demarche": {"slug": cast.caf.slug},
        "web:quartier": {"slug": cast.empalot_quartier.slug},
        "voice:recording": {"language": "fr", "name": "menu"},
        "account_reset_password_from_key": {"uidb36": user_pk_to_url_str(cast.claire), "key": token},
        "account_confirm_email": {"key": "MQ:unknown"},
    }


def _queries(world: World) -> dict[str, list[dict[str, object]]]:
    """Return what stands behind the question mark, where a page shows something else with it."""
    need, place, slot = world.cast.any_need.uid, world.cast.bellefontaine.uid, world.slot.token
    computers = world.cast.empalot.uid
    free = Stretch(world.cast.amina_mediator, world.cast.empalot, at(10), at(12)).token
    return {
        "activity:log": [{}, {"type": "atelier"}],
        "desk:front_desk": [{}, {"q": "Lucette"}, {"person": world.cast.lucette.uid}, {"creneau": slot}],
        "helpdesk:agenda": [
            {},
            {"vue": "semaine"},
            {"qui": f"s-{world.cast.empalot.uid}"},
            {"deplacer": world.appointment.uid.hex},
            {"deplace": world.appointment.uid.hex, "avant": world.slot.token},
        ],
        "helpdesk:agenda_move": [{"temps": free}],
        "helpdesk:agenda_place": [{"temps": free}],
        "helpdesk:request_new": [{}, {"personne": world.cast.lucette.uid}],
        "helpdesk:requests": [{}, {"state": "sent"}, {"state": "closed"}],
        "helpdesk:queue_counts": [{}, {"periode": "mois"}],
        "messaging:list": [{}, {"situation": "check"}],
        "messaging:month": [{}, {"mois": "2026-11"}],
        "kiosk:book": [{"slot": slot}],
        "kiosk:computer_time": [{}, {"equipment": "printer"}, {"later": "1"}],
        "kiosk:time": [{"need": need}],
        "web:book_place": [{"need": need}],
        "web:book_time": [{"need": need, "place": place}],
        "web:book_who": [{"slot": slot}],
        "web:call_back_when": [{}, {"need": need, "no_slot": "1"}],
        "web:computer_place": [{}, {"equipment": "scanner"}, {"quartier": world.cast.empalot_quartier.pk}],
        "web:computer_time": [{"place": computers}],
        "web:computer_who": [{"place": computers, "when": "2026-12-01T16:00"}],
        "web:places": [{}, {"near": "31400", "step_free": "on"}, {"text": "nulle part"}],
        "workshops:register": [{}, {"q": "Lucette"}],
    }


def pages(world: World) -> Iterator[Page]:
    """Yield every page that is opened by an address; what is only ever sent to (POST) is no page.

    A page whose rows nobody named here raises NoReverseMatch: name them in ``_rows``.
    """
    rows, queries = _rows(world), _queries(world)
    for name, pattern in _patterns(get_resolver()):
        if not _is_opened(pattern.callback):
            continue
        known = rows.get(name) or rows.get(name.partition(":")[0]) or {}
        wanted = pattern.pattern.regex.groupindex
        if missing := set(wanted) - set(known):
            raise NoReverseMatch(f"{name} needs {missing}: say in tests/browser/pages.py which rows to show.")
        address = reverse(name, kwargs={key: known[key] for key in wanted})
        for query in queries.get(name, [{}]):
            url = f"{address}?{urlencode(query)}" if query else address
            # The link of a message is swapped for an address without its secret.
            yield Page(" ".join([name, *query]), url, follows=name == "account_reset_password_from_key")


def bare_pages() -> Iterator[Page]:
    """Yield the pages whose address names no row."""
    for name, pattern in _patterns(get_resolver()):
        if _is_opened(pattern.callback) and not pattern.pattern.regex.groupindex:
            yield Page(name, reverse(name))


def _patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace)
        else:
            yield f"{namespace}{pattern.name}", pattern


def _is_opened(view: Callable | None) -> bool:
    """Whether the view answers GET, read from its decorators."""
    while view:
        accepted = inspect.getclosurevars(view).nonlocals.get("request_method_list") if view.__closure__ else None
        if accepted and "GET" not in accepted:
            return False
        view = getattr(view, "__wrapped__", None)
    return True
