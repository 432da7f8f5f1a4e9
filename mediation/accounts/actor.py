"""Who does something, and through which door: every service that writes takes ``by: Actor``."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from mediation.accounts.models import User


class Door(models.TextChoices):
    """The way a request came in."""

    DESK = "desk", _("accueil")
    WEB = "web", _("site public")
    KIOSK = "kiosk", _("borne")
    VOICE = "voice", _("téléphone automatique")
    SMS = "sms", _("SMS")
    API = "api", _("autre logiciel")
    WORKER = "worker", _("tâche automatique")
    COMMAND = "command", _("commande")


# Where a resident acts alone, with nobody of the network beside them.
SELF_SERVICE = (Door.WEB, Door.KIOSK, Door.VOICE, Door.SMS)


@dataclass(frozen=True)
class Actor:
    """One who acts: a signed-in user at the desk, or a door that needs no account.

    ``label`` tells devices, lines and tokens apart ("Borne Empalot"); it never names a resident.
    """

    door: Door
    user: User | None = None
    label: str = ""

    @classmethod
    def at_desk(cls, user: User) -> "Actor":
        """The agent who is signed in."""
        return cls(door=Door.DESK, user=user)

    @property
    def is_self_service(self) -> bool:
        """Whether a resident acts alone, with nobody of the network beside them."""
        return self.door in SELF_SERVICE
