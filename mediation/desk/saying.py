"""What a screen reader hears once the page has changed, before whatever has the focus."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mediation.desk.call import Call
from mediation.desk.party import NEWCOMER_FIELDS
from mediation.kernel import formats


def announcement(call: Call) -> str:
    """Return where the call stands, in one sentence; a problem is an alert of its own."""
    if call.found and call.found.count:
        return ngettext("%(n)s résultat.", "%(n)s résultats.", call.found.count) % {"n": call.found.count}
    if call.duplicates:
        return _("Peut-être déjà connue : comparez avant de continuer.")
    if call.focus == "search":
        return _("Cherchez l’autre personne.") if call.party else ""
    if call.is_new and call.focus in NEWCOMER_FIELDS:
        return _("Personne inconnue. Complétez sa fiche, puis Entrée.")
    return _slots(call)


def _slots(call: Call) -> str:
    if not call.slots:
        return _("Aucun créneau libre pour ce besoin.")
    first = call.slots[0].slot
    words = {"n": len(call.slots), "when": formats.moment(first.starts_at), "where": first.site}
    text = ngettext(
        "%(n)s créneau : %(when)s, %(where)s.", "%(n)s créneaux. Le premier : %(when)s, %(where)s.", len(call.slots)
    )
    return text % words
