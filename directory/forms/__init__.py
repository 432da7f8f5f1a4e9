"""Forms about people, organisations, mediators and accounts."""

from directory.forms.accounts import InvitationForm, RoleForm
from directory.forms.beneficiaries import BeneficiaryForm
from directory.forms.organisations import MediatorForm, OrganisationForm

__all__ = ["BeneficiaryForm", "InvitationForm", "MediatorForm", "OrganisationForm", "RoleForm"]
