"""What free text must not hold."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# A NIR: sex, year, month, département (2A and 2B in Corsica), commune, rank; the key of two digits is optional.
NIR = re.compile(
    r"(?<!\d)[1-478][ .-]?\d{2}[ .-]?\d{2}[ .-]?(?:\d{2}|2[AB])[ .-]?\d{3}[ .-]?\d{3}(?:[ .-]?\d{2})?(?!\d)"
)


def refuse_nir(text: str) -> None:
    """Raise ValidationError where ``text`` seems to hold a social security number.

    The law reserves the NIR to named controllers (decree 2019-341); a city's mediation network is none of them.
    """
    if NIR.search(text.upper()):
        raise ValidationError(
            _(
                "Ce texte semble contenir un numéro de sécurité sociale. La loi ne nous permet pas de le garder : "
                "retirez-le, s’il vous plaît."
            ),
            code="nir",
        )
