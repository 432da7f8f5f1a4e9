"""Absences, and the appointments that must move because of them."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig

from helpdesk import rules, selectors, services
from helpdesk.forms import AbsenceForm
from helpdesk.models import Absence
from helpdesk.selectors.external_calendars import calendars_in_trouble
from helpdesk.tables import AbsenceTable
from helpdesk.views.shared import say_moved, say_refusal, way_back
from mediation.accounts.actor import Actor
from mediation.kernel.access import open_to
from mediation.territory.selectors import SchoolCalendar

PER_PAGE = 25


@require_safe
@open_to(rules.plans)
def absence_list(request: HttpRequest) -> HttpResponse:
    """List the absences to come, with the one-gesture "absent aujourd’hui"."""
    mediators = selectors.mediators_noted_absent_by(request.user)
    table = AbsenceTable(Absence.objects.noted_for(mediators))
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    context = {"table": table, "mediators": mediators, "in_trouble": calendars_in_trouble(mediators)}
    context["sets_hours"] = rules.sets_hours(request.user)
    return render(request, "helpdesk/absences.html", {**context, **way_back(request)})


@require_POST
@open_to(rules.plans)
def absent_today(request: HttpRequest) -> HttpResponse:
    """Note that a mediator is away for the rest of today, and show the appointments that must move."""
    mediators = selectors.mediators_noted_absent_by(request.user)
    form = AbsenceForm(mediators=mediators)
    try:
        mediator = form.fields["mediator"].clean(request.POST.get("mediator"))
        absence = services.absent_today(mediator=mediator, by=Actor.at_desk(request.user))
    except ValidationError as error:
        say_refusal(request, error)
        return redirect("helpdesk:absences")
    messages.success(request, _("Absence notée : plus personne ne peut réserver aujourd’hui."))
    return redirect("helpdesk:absence", uid=absence.uid)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(rules.plans)
def absence_new(request: HttpRequest) -> HttpResponse:
    """Note an absence, by day or by the hour."""
    mediators = selectors.mediators_noted_absent_by(request.user)
    form = AbsenceForm(
        request.POST or None, mediators=mediators, initial={"mediator": mediators.filter(user=request.user).first()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            absence = services.note_absence(absence=form.instance, by=Actor.at_desk(request.user))
            messages.success(request, _("Absence notée."))
            return _go_to(request, absence)
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "helpdesk/absence_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(rules.plans)
def absence_edit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Change an absence: its list says anew who must move, and what it no longer takes is offered."""
    absence = _notable(request, uid)
    # Before the form writes what was typed over it.
    moved = selectors.moved_because_of(user=request.user, absence=absence)
    words = absence.in_words(SchoolCalendar.read())
    mediators = selectors.mediators_noted_absent_by(request.user)
    form = AbsenceForm(request.POST or None, instance=absence, mediators=mediators)
    if request.method == "POST" and form.is_valid():
        try:
            services.note_absence(absence=form.instance, by=Actor.at_desk(request.user))
            messages.success(request, _("Absence modifiée."))
            still = selectors.moved_because_of(user=request.user, absence=absence)
            _say_who_stays_moved(request, [line for line in moved if line not in still])
            return _go_to(request, absence)
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "helpdesk/absence_form.html", {"form": form, "absence": absence, "words": words})


@require_safe
@open_to(rules.plans)
def absence_sheet(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Show an absence and the appointments that must move, people to call first."""
    absence = _notable(request, uid)
    context = {
        "absence": absence,
        "words": absence.in_words(SchoolCalendar.read()),
        "lines": selectors.must_move(user=request.user, absence=absence),
        "hidden": selectors.hidden_must_move(user=request.user, absence=absence),
        "moved": len(selectors.moved_because_of(user=request.user, absence=absence)),
    }
    return render(request, "helpdesk/absence.html", context)


@require_POST
@open_to(rules.plans)
def absence_delete(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Take an absence back: its time is offered again."""
    absence = _notable(request, uid)
    moved = selectors.moved_because_of(user=request.user, absence=absence)
    absence.delete()
    messages.success(request, _("Absence supprimée : les créneaux sont de nouveau proposés."))
    _say_who_stays_moved(request, moved)
    return redirect("helpdesk:absences")


def _say_who_stays_moved(request: HttpRequest, moved: list[selectors.Moved]) -> None:
    """Say that whoever was moved because of an absence is not moved back with it."""
    if not moved:
        return
    words = ngettext(
        "%(n)s rendez-vous avait été déplacé à cause d’elle : il reste à son nouvel horaire.",
        "%(n)s rendez-vous avaient été déplacés à cause d’elle : ils restent à leur nouvel horaire.",
        len(moved),
    )
    say_moved(request, messages.WARNING, words % {"n": len(moved)}, [line.appointment for line in moved])


def _go_to(request: HttpRequest, absence: Absence) -> HttpResponse:
    """Show who must move; an absence that is over moves nobody, and has no page."""
    is_to_come = Absence.objects.noted_for(selectors.mediators_noted_absent_by(request.user)).filter(pk=absence.pk)
    return redirect("helpdesk:absence", uid=absence.uid) if is_to_come.exists() else redirect("helpdesk:absences")


def _notable(request: HttpRequest, uid: uuid.UUID) -> Absence:
    return get_object_or_404(Absence.objects.noted_for(selectors.mediators_noted_absent_by(request.user)), uid=uid)
