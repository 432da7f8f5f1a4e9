"""Closed lists of places. The national standard's own labels are the stored values (schema v1.0.2)."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mediation.kernel.formats import number


class StandardLabels(models.TextChoices):
    """A closed list of the standard: what is stored is what is read."""

    @property
    def label(self) -> Promise:  # type: ignore[override]
        """Return the standard's own words, as they are said in the reader's language."""
        return _(str(self.value))


class Service(StandardLabels):
    """services"""

    ADMIN = "Aide aux démarches administratives"
    EVERYDAY = "Maîtrise des outils numériques du quotidien"
    JOBS = "Insertion professionnelle via le numérique"
    SAFETY = "Utilisation sécurisée du numérique"
    PARENTING = "Parentalité et éducation avec le numérique"
    LEISURE = "Loisirs et créations numériques"
    CULTURE = "Compréhension du monde numérique"
    ACCESS = "Accès internet et matériel informatique"
    EQUIPMENT = "Acquisition de matériel informatique à prix solidaire"


class Audience(StandardLabels):
    """publics_specifiquement_adresses; empty means everyone"""

    YOUNG = "Jeunes"
    STUDENTS = "Étudiants"
    FAMILIES = "Familles et/ou enfants"
    SENIORS = "Seniors"
    WOMEN = "Femmes"


class SpecificCare(StandardLabels):
    """prise_en_charge_specifique"""

    DEAF = "Surdité"
    MOTOR = "Handicaps moteurs"
    MENTAL = "Handicaps mentaux"
    ILLITERACY = "Illettrisme"
    ENGLISH = "Langues étrangères (anglais)"
    LANGUAGES = "Langues étrangères (autres)"
    SIGHT = "Déficience visuelle"


class Fee(StandardLabels):
    """frais_a_charge"""

    FREE = "Gratuit"
    CONDITIONAL = "Gratuit sous condition"
    PAYING = "Payant"


class Mobility(StandardLabels):
    """itinerance"""

    ITINERANT = "Itinérant"
    FIXED = "Fixe"


class Programme(StandardLabels):
    """dispositif_programmes_nationaux"""

    AIDANTS_CONNECT = "Aidants Connect"
    LIBRARIES = "Bibliothèques numérique de référence"
    PIX = "Certification PIX"
    CONUM = "Conseillers numériques"
    EMMAUS = "Emmaüs Connect"
    FRANCE_SERVICES = "France Services"
    GEN = "Grande école du numérique"
    RED_CROSS = "La Croix Rouge"
    CAF = "Point d'accès numérique CAF"
    PROMENEURS = "Promeneurs du net"
    RELAIS = "Relais numérique (Emmaüs Connect)"


class TrainingLabel(StandardLabels):
    """formations_labels; the schema's own pattern writes "Étapes numériques(La Poste)" without the space"""

    MES = "Formé à « Mon Espace Santé »"
    DUPLEX = "Formé à « DUPLEX » (illettrisme)"
    ARNIA = "Arnia/MedNum BFC (Bourgogne-Franche-Comté)"
    REEMPLOI = "Collectif ressources et acteurs réemploi (Normandie)"
    ETAPES = "Étapes numériques (La Poste)"
    FABRIQUES = "Fabriques de Territoire"
    ECLAIREURS = "Les Éclaireurs du numérique (Drôme)"
    MES_PAPIERS = "Mes Papiers (Métropole de Lyon)"
    ORDI = "ORDI 3.0"
    SUD_LABS = "SUD LABS (PACA)"


class AccessMode(StandardLabels):
    """modalites_acces"""

    WALK_IN = "Se présenter"
    PHONE = "Téléphoner"
    MAIL = "Contacter par mail"
    ONLINE = "Prendre un RDV en ligne"
    NO_PUBLIC = "Ce lieu n'accueille pas de public"
    PRESCRIPTION = "Envoyer un mail avec une fiche de prescription"


class SupportMode(StandardLabels):
    """modalites_accompagnement"""

    ALONE = "En autonomie"
    INDIVIDUAL = "Accompagnement individuel"
    WORKSHOP = "Dans un atelier collectif"
    REMOTE = "À distance"


class Typology(models.TextChoices):
    """typologie: the codes most used in a city, with plain words; any other code is kept as it came."""

    ASSO = "ASSO", _("Association")
    BIB = "BIB", _("Médiathèque")
    CCAS = "CCAS", _("Centre communal d’action sociale")
    CS = "CS", _("Centre social")
    CSC = "CSC", _("Centre socioculturel")
    EPN = "EPN", _("Espace public numérique")
    EPI = "EPI", _("Espace public internet")
    ENM = "ENM", _("Espace numérique mobile")
    EVS = "EVS", _("Espace de vie sociale")
    FABLAB = "FABLAB", _("Atelier de fabrication")
    MJC = "MJC", _("Maison des jeunes et de la culture")
    ML = "ML", _("Mission locale")
    MQ = "MQ", _("Maison de quartier")
    MUNI = "MUNI", _("Mairie")
    PIMMS = "PIMMS", _("Point d’information médiation")
    PIJ_BIJ = "PIJ_BIJ", _("Point d’information jeunesse")
    RFS = "RFS", _("France services")
    TIERS_LIEUX = "TIERS_LIEUX", _("Tiers-lieu")
    MDS = "MDS", _("Maison des solidarités")
    CAF = "CAF", _("Caisse d’allocations familiales")
    FT = "FT", _("France Travail")
    LA_POSTE = "LA_POSTE", _("La Poste")
    PAD = "PAD", _("Point d’accès au droit")
    CPAM = "CPAM", _("Assurance maladie")
    MSAP = "MSAP", _("Maison de services au public")
    OTHER = "Autre", _("Autre lieu")


class WorkstationState(models.TextChoices):
    """What can be done with a public computer now."""

    FREE = "free", _("Libre")
    IN_USE = "in_use", _("Occupé")
    BROKEN = "broken", _("En panne")


class Equipment(models.TextChoices):
    """What a public computer is equipped with."""

    PRINTER = "printer", _("Imprimante")
    SCANNER = "scanner", _("Scanner")
    WEBCAM = "webcam", _("Caméra")
    HEADSET = "headset", _("Casque audio")
    LARGE_SCREEN = "large_screen", _("Grand écran")
    ACCESSIBLE = "accessible", _("Poste accessible en fauteuil")


class ErrorSubject(models.TextChoices):
    """What is wrong on the page of a place."""

    HOURS = "hours", _("Les horaires")
    SHUT = "shut", _("Le lieu est fermé ou a déménagé")
    ADDRESS = "address", _("L’adresse ou le chemin")
    PHONE = "phone", _("Le téléphone")
    ACCESS = "access", _("L’accès en fauteuil")
    OFFER = "offer", _("Ce qu’on y trouve")
    OTHER = "other", _("Autre chose")


class FileFormat(models.TextChoices):
    """Files of places that we read."""

    NATIONAL = "national", _("Standard national (CSV 1.0, ou JSON d’avant 1.0)")
    TOULOUSE_ERP = "toulouse-erp", _("Bâtiments municipaux de Toulouse (GeoJSON)")
    FRANCE_SERVICES = "france-services", _("Liste des France services (CSV)")


class RowResult(models.TextChoices):
    """What becomes of one row of an imported file."""

    CREATED = "created", _("nouveau")
    CHANGED = "changed", _("modifié")
    UNCHANGED = "unchanged", _("inchangé")
    IGNORED = "ignored", _("hors sujet")
    REFUSED = "refused", _("refusé")

    def counted(self, count: int) -> str:
        """Return the number of rows that ended so, in words."""
        words = {
            "created": ngettext("%(count)s nouveau", "%(count)s nouveaux", count),
            "changed": ngettext("%(count)s modifié", "%(count)s modifiés", count),
            "unchanged": ngettext("%(count)s inchangé", "%(count)s inchangés", count),
            "ignored": ngettext("%(count)s hors sujet", "%(count)s hors sujet", count),
            "refused": ngettext("%(count)s refusé", "%(count)s refusés", count),
        }
        return words[self.value] % {"count": number(count)}

    @property
    def tone(self) -> str:
        """Return the tone of its badge."""
        return {"created": "ok", "changed": "info", "refused": "stop"}.get(self.value, "plain")
