"""The page that takes in a file of places: tried on first, written when somebody has read what would happen."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from sites.models import PendingImport, Site
from tests.sites.files import FILES, FileFormat, national

pytestmark = pytest.mark.django_db


def upload(client, content: str | bytes, **fields):
    """Send a file."""
    content = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("lieux.csv", content, content_type="text/csv")
    return client.post(reverse("sites:import"), {"file": file, "file_format": "national", **fields}, follow=True)


@pytest.fixture
def client(cast, sign_in):
    """The network's administrator."""
    return sign_in(cast.admin)


def test_a_file_is_tried_then_written(cast, client):
    page = upload(client, national({}))
    assert "Voici ce que ferait ce fichier" in page.content.decode()
    assert "Anonymal" in page.content.decode()
    assert not Site.objects.filter(national_id="structure-1").exists()
    written = client.post(page.request["PATH_INFO"], {"choice": "all"}).content.decode()
    assert "Le fichier est importé" in written
    assert Site.objects.filter(national_id="structure-1").exists()
    assert not PendingImport.objects.exists()


def test_the_good_rows_are_written_and_the_others_named(cast, client):
    page = upload(client, national({}, {"id": "structure-2", "date_maj": "hier"}))
    assert "Écrire la bonne ligne" in page.content.decode()
    assert "« hier » n’est pas une date" in page.content.decode()
    client.post(page.request["PATH_INFO"], {"choice": "all"})
    assert not Site.objects.filter(national_id="structure-1").exists()
    written = client.post(page.request["PATH_INFO"], {"choice": "good"}).content.decode()
    assert "« hier » n’est pas une date" in written
    assert Site.objects.filter(national_id__startswith="structure").count() == 1


def test_nothing_to_write_is_said(cast, client):
    client.post(upload(client, national({})).request["PATH_INFO"], {"choice": "all"})
    page = upload(client, national({})).content.decode()
    assert "Rien à écrire" in page


def test_what_is_no_such_file_is_said_beside_the_field(cast, client):
    assert "n’est pas en UTF-8" in upload(client, "id,nom\n1,é".encode("latin-1")).content.decode()
    assert "GeoJSON" in upload(client, "id,nom\n1,2", file_format="toulouse-erp").content.decode()
    assert not PendingImport.objects.exists()


def test_one_departement_of_a_national_list(cast, client):
    content = FILES[FileFormat.FRANCE_SERVICES].read_bytes()
    page = upload(client, content, file_format="france-services", insee_prefix="31555")
    client.post(page.request["PATH_INFO"], {"choice": "all"})
    assert set(Site.objects.filter(national_id__startswith="fs-").values_list("insee_code", flat=True)) == {"31555"}


def test_a_file_is_only_its_owners_and_forgotten_after_a_day(cast, client):
    upload(client, national({}))
    pending = PendingImport.objects.get()
    PendingImport.objects.update(user=cast.sofia)
    assert client.get(reverse("sites:import_review", args=[pending.uid])).status_code == 404
    PendingImport.objects.update(created_at=timezone.now() - dt.timedelta(days=2))
    upload(client, national({"id": "structure-2"}))
    assert PendingImport.objects.get().pk != pending.pk
