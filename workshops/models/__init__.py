"""Group sessions, their seats and who sits in them."""

from workshops.models.registration import Registration
from workshops.models.workshop import Seat, Workshop

__all__ = ["Registration", "Seat", "Workshop"]
