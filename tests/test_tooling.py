"""The tools that guard the tree find what they are for, and cry at nothing else."""

import socket
import subprocess
import sys
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from babel.messages.pofile import read_po
from django.utils.translation import ngettext, override
from pytest_socket import SocketConnectBlockedError

from scripts import catalogues, check_lock, check_machine_names, typography

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """An empty git checkout."""
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    return tmp_path


def write(checkout: Path, name: str, text: str) -> None:
    """Write a file and have git track it."""
    path = checkout / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    subprocess.run(["git", "add", name], cwd=checkout, check=True)


class TestLock:
    def test_pypi_alone_is_welcome(self):
        lock = 'registry = "https://pypi.org/simple"\nurl = "https://files.pythonhosted.org/packages/a.whl"\n'
        assert check_lock.foreign_hosts(lock) == []

    @pytest.mark.parametrize(
        "address", ["https://mirror.example.org/simple", "http://pypi.org/simple", "git+https://github.com/a/b"]
    )
    def test_another_address_is_found(self, address):
        assert check_lock.foreign_hosts(f'source = {{ registry = "{address}" }}') == [address]


class TestMachineNames:
    def test_somebody_s_own_folder_is_found(self, checkout):
        write(checkout, "a.md", "first\nsee " + "/home" + "/camille/aide\n")
        assert [line.split(":")[:2] for line in self.findings(checkout)] == [["a.md", "2"]]

    def test_the_checkout_and_its_neighbours_are_found(self, tmp_path):
        root, neighbour = tmp_path / "checkout", tmp_path / "plans"
        root.mkdir()
        neighbour.mkdir()
        subprocess.run(["git", "init", "--quiet", str(root)], check=True)
        write(root, "a.md", f"cd {root}\n")
        write(root, "b.md", "see ../plans/house.md\n")
        write(root, "c.md", f"cat {neighbour}/house.md\n")
        (tmp_path / "fonts").mkdir()
        write(root, "static/fonts/a.css", "src: url(../fonts/a.woff2)\n")
        assert [line.split(":")[0] for line in self.findings(root)] == ["a.md", "b.md", "c.md"]

    def test_a_mirror_named_by_the_environment_is_found(self, checkout):
        write(checkout, "a.toml", 'index = "https://mirror.example.org/simple"\n')
        assert self.findings(checkout, "https://user@mirror.example.org/simple")
        assert not self.findings(checkout, "https://pypi.org/simple")

    def test_what_a_guide_or_an_address_says_is_welcome(self, checkout):
        write(checkout, "guide.md", "/srv/mediation/.venv, /etc/systemd, https://example.org/home/aide, ../css/a.css\n")
        assert self.findings(checkout) == []

    def findings(self, root: Path, *mirrors: str) -> list[str]:
        patterns = check_machine_names.PERSONAL + check_machine_names.folders_of(root)
        return check_machine_names.findings(root, patterns + check_machine_names.mirrors(mirrors))


class TestCatalogues:
    @pytest.fixture
    def sources(self, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setattr(catalogues, "TRANSLATED", ("app/",))
        write(checkout, "app/views.py", '_("Bonjour")\nngettext("%(n)s place", "%(n)s places", n)\n')
        template = "{% blocktranslate count n=n trimmed %}\n{{ n }} atelier\n{% plural %}\n{{ n }} ateliers\n"
        template = f"{{% load i18n %}}<main>\n    <p>\n  it's {{{{ x }}}}\n{template}{{% endblocktranslate %}}"
        write(checkout, "app/templates/app/list.html", template)
        return checkout

    def po(self, root: Path, language: str) -> str:
        return (root / "locale" / language / "LC_MESSAGES" / "django.po").read_text()

    def refresh(self, root: Path, *languages: str, check: bool = False) -> list[Path]:
        for language in languages:
            (root / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
        return catalogues.refresh(root, check=check)

    def test_french_holds_its_plurals_of_code_and_templates(self, sources):
        self.refresh(sources, "fr")
        po = self.po(sources, "fr")
        assert 'msgstr[0] "%(n)s place"\nmsgstr[1] "%(n)s places"' in po
        assert 'msgstr[0] "%(n)s atelier"\nmsgstr[1] "%(n)s ateliers"' in po
        assert "Bonjour" not in po
        assert "plural=(n > 1)" in po

    def test_another_language_keeps_its_translations(self, sources):
        self.refresh(sources, "es")
        po = self.po(sources, "es").replace('msgid "Bonjour"\nmsgstr ""', 'msgid "Bonjour"\nmsgstr "Buenos días"')
        (sources / "locale" / "es" / "LC_MESSAGES" / "django.po").write_text(po)
        write(sources, "app/forms.py", '_("Adresse")\n')
        self.refresh(sources, "es")
        assert 'msgstr "Buenos días"' in self.po(sources, "es")
        assert 'msgid "Adresse"' in self.po(sources, "es")

    def test_other_languages_hold_what_is_translated_alone(self, sources):
        write(sources, "elsewhere/views.py", '_("Ailleurs")\n')
        self.refresh(sources, "es")
        assert "Bonjour" in self.po(sources, "es")
        assert "Ailleurs" not in self.po(sources, "es")

    @pytest.mark.parametrize(
        ("translation", "is_missing"), [("", True), ("Hola", True), ("Hola {nombre}", True), ("Hola {nom}", False)]
    )
    def test_a_translation_that_is_missing_or_has_other_values_is_found(
        self, checkout, monkeypatch, translation, is_missing
    ):
        monkeypatch.setattr(catalogues, "TRANSLATED", ("app/",))
        write(checkout, "app/texts.py", '_("Bonjour {nom}")\n')
        self.refresh(checkout, "es")
        path = checkout / "locale" / "es" / "LC_MESSAGES" / "django.po"
        path.write_text(
            path.read_text().replace(
                'msgid "Bonjour {nom}"\nmsgstr ""', f'msgid "Bonjour {{nom}}"\nmsgstr "{translation}"'
            )
        )
        assert bool(catalogues.gaps(checkout)) is is_missing

    def test_nothing_is_missing_in_ours(self):
        assert catalogues.gaps(ROOT) == []

    def test_a_new_plural_makes_the_catalogue_stale(self, sources):
        self.refresh(sources, "fr")
        assert self.refresh(sources, "fr", check=True) == []
        write(sources, "app/forms.py", 'ngettext("un mot", "%(n)s mots", n)\n')
        stale = self.refresh(sources, "fr", check=True)
        assert [path.suffix for path in stale] == [".po", ".mo"]
        assert "mots" not in self.po(sources, "fr")

    def test_french_says_zero_in_the_singular(self):
        po = (ROOT / "locale" / "fr" / "LC_MESSAGES" / "django.po").read_text()
        messages = [message for message in read_po(StringIO(po)) if message.id and not message.context]
        with override("fr"):
            for message in messages:
                assert ngettext(*message.id, 0) == message.id[0]


def test_a_postgres_of_its_own_is_gone_afterwards():
    """The command sees a server that answers; its exit code is the script's; then the server is gone."""
    if not any(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql).")
    ask = "import os, psycopg; psycopg.connect(os.environ['DATABASE_URL']).close(); print(os.environ['DATABASE_URL'])"
    result = subprocess.run(
        ["scripts/with_postgres.sh", "sh", "-c", '"$0" -c "$1"; exit 7', sys.executable, ask],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 7, result.stderr
    port = urlsplit(result.stdout.strip()).port
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=2)


@pytest.mark.filterwarnings("ignore:A test tried to use")
def test_no_test_reaches_the_internet():
    """pytest-socket lets tests speak to this machine only (198.51.100.0/24 belongs to documentation)."""
    with pytest.raises(SocketConnectBlockedError):
        socket.create_connection(("198.51.100.7", 80), timeout=2)


class TestTypography:
    @pytest.mark.parametrize(
        ("name", "text", "right"),
        [
            ("a.html", "<p>Où ? « Ici »</p>", "<p>Où\u00a0? «\u00a0Ici\u00a0»</p>"),
            ("a.html", "<p>{{ place }} : {{ hour }}</p>", "<p>{{ place }}\u00a0: {{ hour }}</p>"),
            ("a.html", "<b>{{ count }}</b>\n  : tous", "<b>{{ count }}</b>\u00a0: tous"),
            ("a.html", '{% translate "Prêt ?" as ask %}', '{% translate "Prêt\u00a0?" as ask %}'),
            ("a.html", '<a aria-label="Fermer !">', '<a aria-label="Fermer\u00a0!">'),
            ("a.html", "<p>aujourd'hui</p>", "<p>aujourd’hui</p>"),
            ("a.py", 'x = _("Prêt ?" "C\'est noté ; merci")', 'x = _("Prêt\u00a0?" "C’est noté\u00a0; merci")'),
            ("a.py", 'x = ngettext("%d : un", "%d : des", n)', 'x = ngettext("%d\u00a0: un", "%d\u00a0: des", n)'),
        ],
    )
    def test_what_people_read_is_mended(self, name, text, right):
        assert typography.mended(Path(name), text) == right
        assert typography.mended(Path(name), right) == right

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("a.html", '<p style="margin : 0 ; color: red" hx-vals=\'{"a" : 1}\'>'),
            ("a.html", "<style>a > b : c</style><script>go ? 'l'a' : 1 ;</script><!-- a : b -->"),
            ("a.html", "{# why : because #}{% comment %}label : str{% endcomment %}{{ a|default:b }}"),
            ("a.py", 'x = {"a" : 1}\ny = f("a : b")\n# l\'été : chaud'),
            ("a.py", '_("https://example.org/?a=1;b")'),
        ],
    )
    def test_what_machines_read_is_not(self, name, text):
        assert typography.mended(Path(name), text) == text
