"""Closed lists of individual help."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WhoBooks(models.TextChoices):
    """Who may book an appointment for a reason."""

    DESK = "desk", _("L’accueil de la structure")
    PARTNERS = "partners", _("L’accueil de tout le réseau")
    EVERYONE = "everyone", _("Tout le monde, aussi en ligne et à la borne")


class AttendeeStatus(models.TextChoices):
    """What became of one person's appointment; codes as in RDV Service Public."""

    UNKNOWN = "unknown", _("Prévu")
    SEEN = "seen", _("Reçu")
    NOSHOW = "noshow", _("Pas venu")
    EXCUSED = "excused", _("Annulé par la personne")
    REVOKED = "revoked", _("Annulé par le service")


CANCELLED = (AttendeeStatus.EXCUSED, AttendeeStatus.REVOKED)


class Recurrence(models.TextChoices):
    """How an opening period or an absence comes back."""

    ONCE = "once", _("Une seule fois")
    WEEKLY = "weekly", _("Toutes les semaines, ou toutes les n semaines")
    MONTHLY = "monthly", _("Tous les mois, le même jour de la semaine")


class MonthWeek(models.IntegerChoices):
    """Which of a month's Tuesdays (or Wednesdays…) a monthly recurrence means."""

    FIRST = 1, _("le premier du mois")
    SECOND = 2, _("le deuxième du mois")
    THIRD = 3, _("le troisième du mois")
    FOURTH = 4, _("le quatrième du mois")
    LAST = 5, _("le dernier du mois")


class Mode(models.TextChoices):
    """Where the help of an appointment happens."""

    SITE = "site", _("Au lieu d’accueil")
    HOME = "home", _("À domicile")
    PHONE = "phone", _("Par téléphone")
    REMOTE = "remote", _("À distance, avec un lien")


class ChangeKind(models.TextChoices):
    """What happened to an appointment since it was booked."""

    MOVED = "moved", _("Déplacé")
    EXCUSED = "excused", _("Annulé par la personne")
    REVOKED = "revoked", _("Annulé par le service")
    REINSTATED = "reinstated", _("Rétabli")


class OfferState(models.TextChoices):
    """What became of an earlier time that was offered to somebody."""

    OPEN = "open", _("Proposé")
    ACCEPTED = "accepted", _("Accepté")
    DECLINED = "declined", _("Refusé")
    EXPIRED = "expired", _("Sans réponse")
    WITHDRAWN = "withdrawn", _("Retiré")


class Cause(models.TextChoices):
    """Why somebody is to be called back."""

    NO_SLOT = "no_slot", _("Aucun créneau ne convenait")
    CALL_BACK = "call_back", _("Demande à être rappelé")
    OUT_OF_HOURS = "out_of_hours", _("Demande en dehors des heures")
    TURNED_AWAY = "turned_away", _("Venu à une permanence complète")
    MUST_MOVE = "must_move", _("Son rendez-vous doit changer")
    NO_SHOW = "no_show", _("N’est pas venu au rendez-vous")


class DayPart(models.TextChoices):
    """When somebody would rather be called."""

    MORNING = "morning", _("Plutôt le matin")
    AFTERNOON = "afternoon", _("Plutôt l’après-midi")


class Outcome(models.TextChoices):
    """How a request for help ended."""

    BOOKED = "booked", _("Rendez-vous pris")
    HELPED = "helped", _("Aidé au téléphone")
    REFERRED = "referred", _("Orienté vers une autre structure")
    WITHDRAWN = "withdrawn", _("N’a plus besoin d’aide")
    UNREACHABLE = "unreachable", _("Injoignable")


class CallResult(models.TextChoices):
    """What a call gave."""

    REACHED = "reached", _("A répondu")
    NO_ANSWER = "no_answer", _("N’a pas répondu")
    VOICEMAIL = "voicemail", _("Message laissé")
    WRONG_NUMBER = "wrong_number", _("Mauvais numéro")


class MissedBecause(models.TextChoices):
    """Why somebody did not come, as they say it: to find another way, never a punishment."""

    FORGOT = "forgot", _("A oublié")
    ILL = "ill", _("Malade ou hospitalisé")
    TRANSPORT = "transport", _("N’a pas pu venir jusqu’au lieu")
    NO_MESSAGE = "no_message", _("N’a pas eu ou pas compris le rappel")
    SOLVED = "solved", _("N’en avait plus besoin")
    OTHER = "other", _("Autre raison")


class TicketState(models.TextChoices):
    """Where somebody with a ticket stands."""

    WAITING = "waiting", _("Attend")
    CALLED = "called", _("Appelé")
    SERVED = "served", _("Reçu")
    NO_ANSWER = "no_answer", _("N’a pas répondu à l’appel")
    LEFT = "left", _("Parti")


class QueueState(models.TextChoices):
    """Whether a ticket is given now at a site, and why not."""

    NONE = "none", _("Personne ne reçoit sans rendez-vous")
    EARLY = "early", _("Pas encore ouverte")
    OPEN = "open", _("Ouverte")
    FULL = "full", _("Complète")
    CLOSED = "closed", _("Fermée")
