"""What narrows the first slots, in the address: a reload, a bookmark and a colleague find the same ones."""

from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from mediation.desk.call import Call

# What the address calls each field of the need. Nothing of the person is among them.
FILTERS = {
    "motif": "reason",
    "mode": "mode",
    "quartier": "quartier",
    "lieu": "site",
    "pres": "near",
    "moins": "within_km",
    "du": "first_day",
    "au": "last_day",
    "langue": "language",
    "mediateur": "mediator",
    "acces": "step_free",
}
PERSON = "personne"


def read_filters(said: QueryDict) -> dict[str, str]:
    """Return what the address says of the need, under the names of its form."""
    return {field: value for name, field in FILTERS.items() if (value := said.get(name))}


def address_of(call: Call, request: HttpRequest) -> str:
    """Return the address that shows these slots again, for the same person where the address named them before."""
    query = QueryDict(mutable=True)
    before = QueryDict(urlsplit(request.htmx.current_url or "").query).get(PERSON)
    if call.person and before == str(call.person.uid):
        query[PERSON] = before
    query.update({name: value for name, field in FILTERS.items() if (value := call.data.get(field))})
    return f"{reverse('desk:front_desk')}?{query.urlencode()}"
