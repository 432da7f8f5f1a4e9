"""Filters of the lists of people and organisations."""

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from directory.enums import Language, OrganisationKind, Side
from directory.models import Beneficiary, Organisation
from directory.querysets import BeneficiaryQuerySet
from mediation.accounts.models import User
from mediation.kernel.forms import FilterForm, SearchInput
from mediation.territory.models import Quartier


class BeneficiaryFilter(filters.FilterSet):
    """People by name or number, quartier and language."""

    q = filters.CharFilter(label=_("Nom, téléphone ou référence"), method="search", widget=SearchInput)
    quartier = filters.ModelChoiceFilter(label=_("Quartier"), queryset=Quartier.objects.all(), empty_label=_("Tous"))
    language = filters.ChoiceFilter(label=_("Langue"), choices=Language.choices, empty_label=_("Toutes"))

    class Meta:
        model = Beneficiary
        fields = ["q", "quartier", "language"]
        form = FilterForm

    def search(self, people: BeneficiaryQuerySet, name: str, text: str) -> BeneficiaryQuerySet:
        """Keep whoever the text may mean."""
        return people.matching(text)


class OrganisationFilter(filters.FilterSet):
    """Organisations by name, nature and side."""

    q = filters.CharFilter(label=_("Nom"), field_name="name", lookup_expr="icontains", widget=SearchInput)
    kind = filters.ChoiceFilter(label=_("Nature"), choices=OrganisationKind.choices, empty_label=_("Toutes"))
    side = filters.ChoiceFilter(label=_("Appartenance"), choices=Side.choices, empty_label=_("Toutes"))

    class Meta:
        model = Organisation
        fields = ["q", "kind", "side"]
        form = FilterForm


class AccountFilter(filters.FilterSet):
    """Accounts by name or address."""

    q = filters.CharFilter(label=_("Nom ou adresse e-mail"), method="search", widget=SearchInput)

    class Meta:
        model = User
        fields = ["q"]
        form = FilterForm

    def search(self, accounts: QuerySet[User], name: str, text: str) -> QuerySet[User]:
        """Keep accounts whose name or address holds every word of the text."""
        for word in text.split():
            accounts = accounts.filter(
                Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word)
            )
        return accounts
