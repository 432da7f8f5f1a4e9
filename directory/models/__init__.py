"""Who: organisations and their people, mediators and their time, beneficiaries."""

from directory.models.beneficiary import Beneficiary, BeneficiaryLink, Merge
from directory.models.mediator import Engagement, Mediator, TakesTime
from directory.models.organisation import Membership, Organisation

__all__ = [
    "Beneficiary",
    "BeneficiaryLink",
    "Engagement",
    "Mediator",
    "Membership",
    "Merge",
    "Organisation",
    "TakesTime",
]
