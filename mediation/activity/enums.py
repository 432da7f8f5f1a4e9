"""Nomenclatures of the activity log (La Coop de la médiation numérique, June 2026) and the city's obstacles."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityKind(models.TextChoices):
    """Type."""

    INDIVIDUAL = "individual", _("Accompagnement individuel")
    WORKSHOP = "workshop", _("Atelier collectif")


class Theme(models.TextChoices):
    """Thématiques de médiation."""

    DIAGNOSIS = "diagnosis", _("Diagnostic numérique")
    HARDWARE = "hardware", _("Prendre en main du matériel")
    MAINTENANCE = "maintenance", _("Maintenance de matériel")
    CONTENT = "content", _("Gérer ses contenus numériques")
    BROWSING = "browsing", _("Navigation sur internet")
    EMAIL = "email", _("E-mail")
    OFFICE = "office", _("Bureautique")
    SOCIAL = "social", _("Réseaux sociaux communication")
    HEALTH = "health", _("Santé")
    SHOPPING = "shopping", _("Banque et achats en ligne")
    PROFESSIONAL = "professional", _("Accompagner un professionnel")
    JOBS = "jobs", _("Insertion professionnelle")
    SAFETY = "safety", _("Prévention en sécurité numérique")
    PARENTING = "parenting", _("Parentalité")
    SCHOOL = "school", _("Scolarité et numérique")
    CREATION = "creation", _("Créer avec le numérique")
    CULTURE = "culture", _("Culture numérique")
    AI = "ai", _("Intelligence artificielle (IA)")
    ADMIN = "admin", _("Aide aux démarches administratives")


class DemarcheTheme(models.TextChoices):
    """Thématiques de démarches, said when "Aide aux démarches administratives" is ticked."""

    PAPERS = "d_papers", _("Papiers - Élections - Citoyenneté")
    FAMILY = "d_family", _("Famille - Scolarité")
    SOCIAL = "d_social", _("Social - Santé")
    WORK = "d_work", _("Travail - Formation - Entreprise")
    HOUSING = "d_housing", _("Logement")
    TRANSPORT = "d_transport", _("Transports - Mobilité")
    MONEY = "d_money", _("Argent - Impôts")
    JUSTICE = "d_justice", _("Justice")
    FOREIGNERS = "d_foreigners", _("Étrangers - Europe")
    LEISURE = "d_leisure", _("Loisirs - Sports - Culture")
    ASSOCIATIONS = "d_associations", _("Associations")


class Level(models.TextChoices):
    """Which administration a démarche belongs to."""

    COMMUNE = "commune", _("commune")
    METROPOLE = "metropole", _("métropole")
    DEPARTEMENT = "departement", _("département")
    STATE = "state", _("État")


class PlaceKind(models.TextChoices):
    """Canal (type de lieu)."""

    SITE = "site", _("Lieu d’activité")
    ELSEWHERE = "elsewhere", _("Autre lieu")
    HOME = "home", _("À domicile")
    REMOTE = "remote", _("À distance")


class Device(models.TextChoices):
    """Matériel."""

    COMPUTER = "computer", _("Ordinateur")
    PHONE = "phone", _("Téléphone")
    TABLET = "tablet", _("Tablette")
    OTHER = "other", _("Autre")
    NONE = "none", _("Pas de matériel")


class Autonomy(models.TextChoices):
    """Autonomie, of an individual help."""

    GUIDED = "guided", _("Avec guidage")
    NEARLY = "nearly", _("Autonome avec guidage en cas de besoin")
    ALONE = "alone", _("Autonome")


class WorkshopLevel(models.TextChoices):
    """Niveau, of a workshop."""

    BEGINNER = "beginner", _("Débutant")
    INTERMEDIATE = "intermediate", _("Intermédiaire")
    ADVANCED = "advanced", _("Avancé")


class ReferredTo(models.TextChoices):
    """Orientation."""

    ADMINISTRATION = "administration", _("Administration (mairie, préfecture…)")
    MEDIATION = "mediation", _("Autre structure de médiation numérique")
    OPERATOR = "operator", _("Opérateur ou organisme en charge de la démarche administrative")
    SOCIAL = "social", _("Structure d’aide sociale (maison des solidarités, centre social…)")
    JOBS = "jobs", _("Structure d’insertion professionnelle (France Travail, mission locale, chambre de commerce…)")
    DEMARCHES = "demarches", _("Structure d’aide aux démarches administratives (France Services…)")
    OTHER = "other", _("Autre")


class Outcome(models.TextChoices):
    """How the help ended."""

    DONE = "done", _("Terminé")
    TO_CONTINUE = "to_continue", _("À poursuivre")
    REFERRED = "referred", _("Orienté vers une autre structure")
    BLOCKED = "blocked", _("Bloqué")


class Obstacle(models.TextChoices):
    """Freins, from the city's 2021 evaluation of 4,685 residents."""

    EMAIL = "email", _("pas d’adresse e-mail ou difficulté à l’utiliser")
    COMPUTER = "computer", _("pas d’ordinateur")
    SCANNER = "scanner", _("pas de scanner ou d’imprimante")
    WRONG_SITE = "wrong_site", _("ne trouve pas le bon site")
    WORDS = "words", _("mots trop compliqués")
    COMPLEX = "complex", _("démarche trop complexe")
    DOCUMENTS = "documents", _("dépôt des justificatifs difficile")
    BUG = "bug", _("bug ou ergonomie du téléservice")
    FRENCH = "french", _("maîtrise du français")
    UNAWARE = "unaware", _("ne savait pas que le service existait")
    HUMAN = "human", _("préfère un contact humain")
    OTHER = "other", _("autre")
