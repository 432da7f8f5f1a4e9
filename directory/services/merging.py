"""Make two files of one person one, and take it back within 30 days."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Beneficiary, BeneficiaryLink, Merge
from directory.querysets import UNDO_MERGE_WITHIN
from directory.selectors import filled_fields, ties, why_not_one
from mediation.accounts.actor import Actor
from mediation.privacy.models import JournalEntry
from mediation.privacy.services import record_many


@transaction.atomic
def merge(*, kept: Beneficiary, duplicate: Beneficiary, by: Actor) -> Merge:
    """Move everything that names ``duplicate`` to ``kept``, and show ``duplicate`` no more.

    The kept file learns what it did not know. Raises ValidationError where the agent may not see both, where one is
    already merged, or where both are somewhere at once and so are two people.
    """
    kept, duplicate = _locked(kept, duplicate)
    _refuse(kept, duplicate, by)
    before = {"fields": _learn(kept, duplicate), "links": _combine_links(kept, duplicate)}
    moved = {tie.key: pks for tie in ties() if (pks := _move(tie.rows(duplicate), tie.field, kept))}
    duplicate.merged_into = kept
    duplicate.save(update_fields=["merged_into"])
    record_many(action=JournalEntry.Action.CHANGE, subjects=[kept, duplicate], by=by)
    return Merge.objects.create(kept=kept, duplicate=duplicate, moved=moved, before=before, by_user=by.user)


@transaction.atomic
def undo_merge(*, merge: Merge, by: Actor) -> Merge:
    """Bring both files back as they were. What was added since stays with the file that was kept.

    Raises ValidationError where it was undone already, is too old, or the kept file was itself merged since.
    """
    kept, duplicate = _locked(merge.kept, merge.duplicate)
    current = Merge.objects.select_for_update().get(pk=merge.pk)
    _refuse_undoing(current, kept, by)
    for tie in ties():
        rows = tie.rows(kept).filter(pk__in=current.moved.get(tie.key, []))
        rows.update(**{tie.field: duplicate})
    _forget(kept, current.before["fields"])
    _part_links(kept, current.before["links"])
    duplicate.merged_into = None
    duplicate.save(update_fields=["merged_into"])
    current.undone_at = timezone.now()
    current.save(update_fields=["undone_at"])
    record_many(action=JournalEntry.Action.CHANGE, subjects=[kept, duplicate], by=by)
    return current


def _locked(*people: Beneficiary) -> list[Beneficiary]:
    """Return the files as they stand, kept from change by others until the end, in the order given.

    Locked in key order, so that two who merge the same two files never wait for each other. Whoever writes of a person
    and must not write of a duplicate locks the person first. A row that only names them does not wait: PostgreSQL
    looks at what it names when its transaction ends, which by then holds rows that the merge is about to move.
    """
    rows = Beneficiary.objects.select_for_update(no_key=True).filter(pk__in=[one.pk for one in people]).order_by("pk")
    found = {row.pk: row for row in rows}
    return [found[one.pk] for one in people]


# --- What is refused --------------------------------------------------------------------------------------------------


def _refuse(kept: Beneficiary, duplicate: Beneficiary, by: Actor) -> None:
    if kept.pk == duplicate.pk:
        raise ValidationError(_("C’est deux fois la même fiche."), code="same_file")
    if kept.merged_into_id or duplicate.merged_into_id:
        raise ValidationError(_("Une de ces fiches est déjà réunie avec une autre."), code="already_merged")
    visible = Beneficiary.objects.visible_to(by.user) if by.user else Beneficiary.objects.none()
    if visible.filter(pk__in=(kept.pk, duplicate.pk)).count() < 2:
        raise ValidationError(_("Vous ne suivez pas ces deux personnes."), code="not_yours")
    if clash := why_not_one(kept, duplicate):
        raise ValidationError(
            _("Les deux fiches sont notées ensemble quelque part (%(what)s) : ce sont deux personnes."),
            code="two_people",
            params={"what": clash},
        )


def _refuse_undoing(merge: Merge, kept: Beneficiary, by: Actor) -> None:
    if merge.undone_at:
        raise ValidationError(_("Ces fiches sont déjà séparées."), code="already_undone")
    if merge.merged_at <= timezone.now() - UNDO_MERGE_WITHIN:
        raise ValidationError(
            _("Les fiches réunies depuis plus de %(days)s jours ne se séparent plus."),
            code="too_late",
            params={"days": UNDO_MERGE_WITHIN.days},
        )
    if kept.merged_into_id:
        raise ValidationError(
            _("Cette fiche a été réunie depuis avec une autre : séparez d’abord celles-là."), code="merged_since"
        )
    if not (by.user and Merge.objects.visible_to(by.user).filter(pk=merge.pk).exists()):
        raise ValidationError(_("Vous ne suivez pas ces deux personnes."), code="not_yours")


# --- What the files say -----------------------------------------------------------------------------------------------


def _learn(kept: Beneficiary, duplicate: Beneficiary) -> dict[str, list[Any]]:
    """Fill in what ``kept`` did not know; return what each field said before and says now."""
    learnt = filled_fields(kept, duplicate)
    before = {name: [getattr(kept, name), value] for name, value in learnt.items()}
    _write(kept, learnt)
    return before


def _forget(kept: Beneficiary, before: dict[str, list[Any]]) -> None:
    """Take back what was learnt, but for what somebody has changed since."""
    _write(kept, {name: was for name, (was, learnt) in before.items() if getattr(kept, name) == learnt})


def _write(person: Beneficiary, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(person, name, value)
    person.save()


# --- What is tied to them ---------------------------------------------------------------------------------------------


def _move(rows: Any, field: str, kept: Beneficiary) -> list[Any]:
    """Let the rows name ``kept``; return their keys, in order."""
    keys = sorted(rows.values_list("pk", flat=True))
    rows.filter(pk__in=keys).update(**{field: kept})
    return keys


def _combine_links(kept: Beneficiary, duplicate: Beneficiary) -> list[dict[str, Any]]:
    """Give ``kept`` the organisations of both; return, link by link, what it said before (None: no link) and says now.

    The duplicate keeps its own, which nobody reads until the files are parted.
    """
    own = {link.organisation_id: link for link in kept.links.all()}
    changes = []
    for other in duplicate.links.order_by("pk"):
        link = own.get(other.organisation_id)
        was = _terms(link) if link else None
        link = link or BeneficiaryLink(beneficiary=kept, organisation_id=other.organisation_id)
        link.since = min(other.since, link.since or other.since)
        link.last_contact_on = max(other.last_contact_on, link.last_contact_on or other.last_contact_on)
        # Whoever agreed for one file said nothing about what stood in the other.
        link.shares_history = other.shares_history and (was is None or link.shares_history)
        link.save()
        changes.append({"organisation": other.organisation_id, "was": was, "is": _terms(link)})
    return changes


def _part_links(kept: Beneficiary, changes: list[dict[str, Any]]) -> None:
    """Bring the links of ``kept`` back, but for what happened since: an organisation that met them stays."""
    own = {link.organisation_id: link for link in kept.links.all()}
    for change in changes:
        link = own.get(change["organisation"])
        if link is None:
            continue
        was, now = change["was"], _terms(link)
        if was is None and now == change["is"]:
            link.delete()
        elif was is not None:
            _bring_back(link, {name: was[name] for name in was if now[name] == change["is"][name]})


def _bring_back(link: BeneficiaryLink, terms: dict[str, Any]) -> None:
    for name, value in terms.items():
        setattr(link, name, dt.date.fromisoformat(value) if isinstance(value, str) else value)
    link.save()


def _terms(link: BeneficiaryLink) -> dict[str, Any]:
    """Return what a link says, as JSON keeps it."""
    return {
        "since": link.since.isoformat(),
        "last_contact_on": link.last_contact_on.isoformat(),
        "shares_history": link.shares_history,
    }
