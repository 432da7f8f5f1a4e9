"""Lists of people, organisations and accounts."""

from functools import cached_property
from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from directory.enums import Language, OrganisationKind, Side
from directory.models import Beneficiary, Organisation
from directory.selectors import likely_duplicates_among
from mediation.accounts.models import User
from mediation.kernel.tables import BadgeColumn, DayColumn, NumberColumn, PhoneColumn, SheetColumn, Table


class BeneficiaryTable(Table):
    """People that the user's organisations help."""

    caption = _("Bénéficiaires")
    empty_title = _("Personne ne correspond")
    empty_text = _("Essayez avec moins de lettres, ou enregistrez la personne.")

    full_name = tables.Column(verbose_name=_("Nom"), order_by=("last_name", "first_name", "pk"))
    phone = PhoneColumn(verbose_name=_("Téléphone"), orderable=False)
    quartier = tables.Column(verbose_name=_("Quartier"), order_by=("quartier__short_name", "pk"))
    language = BadgeColumn(verbose_name=_("Langue"), tones={}, labels=dict(Language.choices))
    last_contact_on = DayColumn(verbose_name=_("Dernier contact"), order_by=("last_contact_on", "pk"))

    class Meta:
        model = Beneficiary
        fields = ("full_name", "phone", "quartier", "language", "last_contact_on")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    @cached_property
    def duplicates(self) -> dict[int, Beneficiary]:
        """The file that is probably the same person's, for those of the page who have one."""
        shown = [row.record for row in self.paginated_rows]
        return likely_duplicates_among(shown, self.user)

    def render_full_name(self, record: Beneficiary) -> SafeString:
        """Return the name, and what it may be the second file of."""
        context = {"person": record, "duplicate": self.duplicates.get(record.pk)}
        return render_to_string("directory/_name.html", context)

    def value_full_name(self, record: Beneficiary) -> str:
        """Return the name for a file."""
        return record.full_name


class OrganisationTable(Table):
    """Organisations of the network."""

    caption = _("Structures")
    empty_title = _("Aucune structure ne correspond")

    name = SheetColumn(verbose_name=_("Nom"), url=lambda record: reverse("directory:organisation", args=[record.uid]))
    kind = BadgeColumn(verbose_name=_("Nature"), tones={}, labels=dict(OrganisationKind.choices))
    side = BadgeColumn(verbose_name=_("Appartenance"), tones={"municipal": "info"}, labels=dict(Side.choices))
    mediator_count = NumberColumn(verbose_name=_("Médiateurs"))
    phone = PhoneColumn(verbose_name=_("Téléphone"), orderable=False)

    class Meta:
        model = Organisation
        fields = ("name", "kind", "side", "mediator_count", "phone")


class AccountTable(Table):
    """Accounts and what they may do."""

    caption = _("Comptes")
    empty_title = _("Aucun compte ne correspond")

    full_name = SheetColumn(
        accessor="get_full_name",
        verbose_name=_("Nom"),
        order_by=("last_name", "first_name", "pk"),
        url=lambda record: reverse("directory:account", args=[record.uid]),
    )
    email = tables.Column(verbose_name=_("Adresse e-mail"))
    roles = tables.Column(verbose_name=_("Rôles"), empty_values=(), orderable=False)
    is_active = BadgeColumn(
        verbose_name=_("État"),
        tones={True: "ok", False: "stop"},
        labels={True: _("Ouvert"), False: _("Fermé")},
    )

    class Meta:
        model = User
        fields = ("full_name", "email", "roles", "is_active")

    def render_roles(self, record):
        """Return each role with its organisation, as one reads it."""
        return ", ".join(
            f"{membership.get_role_display()} ({membership.organisation or _('tout le réseau')})"
            for membership in record.memberships.all()
        )
