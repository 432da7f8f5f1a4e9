"""Build workbooks as La Coop exports them (design of June 2026), in memory."""

import datetime as dt
import io

from openpyxl import Workbook

COLUMNS = [
    "Date",
    "Enregistré le",
    "Dernière modification le",
    "Prénom du médiateur",
    "Nom du médiateur",
    "Rôle",
    "ID - Conum",
    "Type",
    "Participants",
    "Bénéficiaire",
    "Canaux d’accompagnement",
    "Nom du lieu",
    "Adresse",
    "Commune",
    "Code postal",
    "Code Insee",
    "Durée (min)",
    "Nom de l’atelier",
    "Matériel numérique utilisé",
    "Thématique(s) d’accompagnement",
    "Tags",
    "Nom de la démarche administrative",
    "Niveau d’autonomie (ou de l’atelier)",
    "Bénéficiaire réorienté",
    "Structure de redirection",
    "Commune du bénéficiaire",
    "Code postal du bénéficiaire",
    "Code Insee du bénéficiaire",
    "Genre du bénéficiaire",
    "Tranche d’âge du bénéficiaire",
    "Statut du bénéficiaire",
    "Notes supplémentaires",
    "Source de la donnée",
    "ID CRA",
]
INDIVIDUAL = {
    "Date": dt.date(2026, 11, 3),
    "Prénom du médiateur": "Paul",
    "Nom du médiateur": "Rivière",
    "Type": "Accompagnement individuel",
    "Participants": 1,
    "Bénéficiaire": "Zoé Secret",
    "Canaux d’accompagnement": "Lieu d'activité",
    "Nom du lieu": "Centre social Bellefontaine",
    "Durée (min)": 45,
    "Matériel numérique utilisé": "Ordinateur\nTéléphone",
    "Thématique(s) d’accompagnement": "E-mail\nAide aux démarches administratives\nLogement",
    "Niveau d’autonomie (ou de l’atelier)": "2/3",
    "Bénéficiaire réorienté": "Oui",
    "Structure de redirection": "Autre",
    "Code Insee du bénéficiaire": "31555",
    "Genre du bénéficiaire": "Féminin",
    "Tranche d’âge du bénéficiaire": "60 - 69 ans",
    "Statut du bénéficiaire": "Retraité",
    "Notes supplémentaires": "Note secrète",
    "ID CRA": "cra-1",
}
WORKSHOP = {
    "Date": dt.date(2026, 11, 5),
    "Type": "Atelier collectif",
    "Canaux d’accompagnement": "Lieu d’activité",
    "Nom du lieu": "Salle des fêtes",
    "Durée (min)": 120,
    "Nom de l’atelier": "Premiers clics",
    "Thématique(s) d’accompagnement": "Navigation sur internet",
    "Niveau d’autonomie (ou de l’atelier)": "1/3",
    "ID CRA": "cra-2",
}


def workshop_rows(number, of=None, **changes):
    """Return the rows of one workshop, one per participant."""
    return [WORKSHOP | {"Participants": f"{rank}/{of or number}"} | changes for rank in range(1, number + 1)]


def workbook(rows, *, columns=COLUMNS, preamble=True, sheet="Activités"):
    """Return the file, with the free rows that stand above the table."""
    book = Workbook()
    page = book.active
    page.title = sheet
    if preamble:
        for line in (["Informations export"], ["Nom", "Rivière"], ["Total", len(rows)], [], ["Filtres"], []):
            page.append(line)
    page.append(columns)
    for row in rows:
        page.append([row.get(column) for column in columns])
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "activites.xlsx"
    return file
