"""How far a place is, in words."""

from django.utils import formats
from django.utils.translation import gettext as _

# Nobody walks to the metre, and what is told as the crow flies is longer on foot.
METRES_ROUNDED = 50


def distance_in_words(kilometres: float | None) -> str:
    """Return "à 350 m environ" or "à 1,2 km environ"; "" where nobody knows."""
    if kilometres is None:
        return ""
    metres = max(METRES_ROUNDED, round(kilometres * 1000 / METRES_ROUNDED) * METRES_ROUNDED)
    if metres < 1000:
        return _("à %(metres)s m environ") % {"metres": metres}
    return _("à %(kilometres)s km environ") % {"kilometres": formats.number_format(kilometres, 1)}
