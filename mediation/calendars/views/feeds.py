"""« Mon agenda dans mon téléphone », and the calendar that the telephone reads."""

import hashlib
from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from helpdesk.views.shared import way_back
from mediation.accounts.actor import Actor
from mediation.calendars import exports, rules, selectors, services
from mediation.calendars.forms import FeedForm
from mediation.calendars.models import Feed
from mediation.calendars.tables import FeedTable
from mediation.kernel.access import anyone, open_to
from mediation.kernel.limits import Limit, address_of

# Nobody guesses a secret of 32 bytes: this spares the database what a telephone or a program asks for ever in vain.
# Good addresses are always answered, since the telephones of a whole town hall share one address of the network.
IN_VAIN = Limit("calendars:in-vain", most=30, seconds=15 * 60)


@open_to(rules.keeps_feeds)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feeds(request: HttpRequest) -> HttpResponse:
    """List the addresses in use; make another one, and show it this once."""
    form = FeedForm(request.POST or None, subjects=selectors.subjects_of(request.user))
    if request.method == "POST" and form.is_valid():
        subject = form.cleaned_data["subject"]
        feed, token = services.create_feed(subject=subject, by=Actor.at_desk(request.user))
        return _show_once(request, feed, token)
    rows = Feed.objects.active().managed_by(request.user).for_pages()
    table = RequestConfig(request, paginate={"per_page": 25}).configure(FeedTable(rows))
    return render(request, "calendars/feeds.html", {"form": form, "table": table, **way_back(request)})


@open_to(rules.keeps_feeds)
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take an address back, after having asked."""
    feed = get_object_or_404(Feed.objects.active().managed_by(request.user).for_pages(), uid=uid)
    if request.method != "POST":
        return render(request, "calendars/revoke.html", {"feed": feed})
    services.revoke_feed(feed=feed, by=Actor.at_desk(request.user))
    messages.success(request, _("L’adresse est retirée. Elle ne montre plus rien."))
    return redirect("calendars:feeds")


@open_to(anyone)
@require_safe
def feed_file(request: HttpRequest, token: str) -> HttpResponse:
    """Send the calendar to whoever knows its address, or say that they have it already."""
    feed = services.feed_of_token(token)
    if feed is None:
        return _unknown(request)
    events = selectors.events_of(feed, root=request.build_absolute_uri("/").rstrip("/"))
    content = exports.calendar_of(feed, events)
    etag = quote_etag(hashlib.sha256(content).hexdigest())
    changed = int(selectors.changed_at(events).timestamp())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["ETag"], response["Last-Modified"] = etag, http_date(changed)
    response = get_conditional_response(request, etag=etag, last_modified=changed, response=response)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _unknown(request: HttpRequest) -> HttpResponse:
    """Say the same of an address that never was and of one that was taken back."""
    visitor = address_of(request)
    is_too_much = IN_VAIN.is_reached(visitor)
    if not is_too_much:
        IN_VAIN.count(visitor)
    return HttpResponse(status=429 if is_too_much else 404)


def _show_once(request: HttpRequest, feed: Feed, token: str) -> HttpResponse:
    address = request.build_absolute_uri(reverse("calendars:feed", args=[token]))
    # Telephones open their own calendar for this scheme, and subscribe instead of copying once.
    webcal = "webcal:" + address.partition(":")[2]
    context = {
        "feed": feed,
        "address": address,
        "webcal": webcal,
        "qr": segno.make(webcal, micro=False).svg_inline(border=2, omitsize=True),
    }
    return render(request, "calendars/created.html", context)
