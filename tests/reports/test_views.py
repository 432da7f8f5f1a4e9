"""Who opens the report, for which period, and who confirms what."""

import pytest
from django.urls import reverse
from django.utils import timezone

from directory.enums import Role
from directory.models import Membership
from mediation.accounts.models import User
from reports.models import Confirmation
from tests.reports.rows import activity

pytestmark = pytest.mark.usefixtures("now")

FREE_NOVEMBER = {"preset": "free", "first_day": "2026-11-01", "last_day": "2026-11-30"}


@pytest.fixture
def boss(cast):
    """The administrator of the partner."""
    user = User.objects.create_user("boss@example.org", first_name="Inès", last_name="Faure")
    Membership.objects.create(user=user, organisation=cast.partner, role=Role.ADMINISTRATOR)
    return user


@pytest.mark.parametrize("name", ["coordination", "coordination_pdf", "coordination_xlsx"])
@pytest.mark.parametrize(("who", "status"), [("sofia", 200), ("amina", 403), ("claire", 403), ("admin", 403)])
def test_coordinators_read_it_and_others_do_not(cast, sign_in, name, who, status):
    assert sign_in(getattr(cast, who)).get(reverse(f"reports:{name}")).status_code == status


def test_the_files_are_named_after_their_period(cast, sign_in):
    client = sign_in(cast.sofia)
    pdf = client.get(reverse("reports:coordination_pdf"), FREE_NOVEMBER)
    xlsx = client.get(reverse("reports:coordination_xlsx"), FREE_NOVEMBER)
    assert pdf["Content-Disposition"] == 'attachment; filename="rapport-coordination-novembre-2026.pdf"'
    assert pdf.content.startswith(b"%PDF")
    assert xlsx["Content-Disposition"] == 'attachment; filename="rapport-coordination-novembre-2026.xlsx"'


def test_last_month_is_shown_first_and_its_files_are_one_click_away(cast, sign_in):
    page = sign_in(cast.sofia).get(reverse("reports:coordination")).content.decode()
    assert "Novembre 2026" in page
    assert f"{reverse('reports:coordination_pdf')}?preset=free&amp;first_day=2026-11-01&amp;last_day=2026-11-30" in page


def test_what_is_missing_can_be_imported_from_there(cast, sign_in):
    page = sign_in(cast.sofia).get(reverse("reports:coordination")).content.decode()
    assert reverse("activity:import") in page[page.index("<main") :]


def test_dates_that_are_a_presets_show_it_as_chosen(cast, sign_in):
    page = sign_in(cast.sofia).get(reverse("reports:coordination"), FREE_NOVEMBER)
    assert page.context["form"].preset_shown == "last_month"


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ({"preset": "free"}, "Indiquez le premier et le dernier jour."),
        ({**FREE_NOVEMBER, "last_day": "2026-10-01"}, "Le dernier jour doit être après le premier."),
        ({**FREE_NOVEMBER, "first_day": "2001-01-01"}, "Choisissez cinq ans au plus."),
        ({**FREE_NOVEMBER, "first_day": "hier"}, "Saisissez une date valide"),
        ({"preset": "siècle"}, "Novembre 2026"),
    ],
)
def test_a_period_that_cannot_be_read_is_explained(cast, sign_in, asked, answer):
    page = sign_in(cast.sofia).get(reverse("reports:coordination"), asked)
    assert page.status_code == 200
    assert answer in page.content.decode()


def test_an_empty_period_says_what_to_do(cast, sign_in):
    asked = {"preset": "free", "first_day": "2020-01-01", "last_day": "2020-01-31"}
    page = sign_in(cast.sofia).get(reverse("reports:coordination"), asked).content.decode()
    assert "Rien dans cette période" in page
    assert "Voir les 12 derniers mois" in page


def test_an_organisation_confirms_its_own_figures_and_takes_it_back(cast, sign_in, boss):
    activity(cast.paul_mediator, cast.hassan)
    client = sign_in(boss)
    page = client.post(reverse("reports:confirm", args=[cast.partner.uid]), FREE_NOVEMBER, follow=True).content.decode()
    assert "Validé par la structure le 01/12/2026" in page
    assert Confirmation.objects.get().confirmed_by == boss
    page = client.post(reverse("reports:withdraw", args=[cast.partner.uid]), FREE_NOVEMBER, follow=True)
    assert "Pas encore validé" in page.content.decode()
    assert not Confirmation.objects.exists()


def test_confirming_again_after_a_change_gives_the_new_hour(cast, sign_in, boss, now):
    client, address = sign_in(boss), reverse("reports:confirm", args=[cast.partner.uid])
    client.post(address, FREE_NOVEMBER)
    now.shift(3600)
    client.post(address, FREE_NOVEMBER)
    assert Confirmation.objects.get().confirmed_at == timezone.now()


def test_nobody_confirms_a_partners_figures(cast, sign_in, boss):
    assert sign_in(boss).post(reverse("reports:confirm", args=[cast.mairie.uid]), FREE_NOVEMBER).status_code == 404
    assert sign_in(cast.sofia).post(reverse("reports:confirm", args=[cast.partner.uid])).status_code == 404


def test_a_period_that_is_not_over_cannot_be_confirmed(cast, sign_in, boss):
    asked = {"preset": "this_month"}
    page = sign_in(boss).post(reverse("reports:confirm", args=[cast.partner.uid]), asked, follow=True)
    assert "Cette période n’est pas finie" in page.content.decode()
    assert not Confirmation.objects.exists()


def test_reading_never_writes(cast, sign_in):
    assert sign_in(cast.sofia).get(reverse("reports:confirm", args=[cast.mairie.uid])).status_code == 405
