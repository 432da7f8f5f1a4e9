"""The vendored browser files are those of the lock, and the site can be collected with them."""

from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import CommandError, call_command
from django.test import override_settings

from mediation.kernel import assets
from mediation.kernel.management.commands import vendor_assets

FOR_TESTS = Path(__file__).parents[1] / "browser" / "vendor"


@pytest.mark.parametrize("folder", [assets.VENDOR_DIR, FOR_TESTS])
def test_vendored_files_are_as_locked(capsys, folder):
    call_command("vendor_assets", folder=folder)
    assert "are as locked" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (lambda folder: (folder / "kept.css").write_text("body{}"), "kept.css: altered"),
        (lambda folder: (folder / "kept.css").unlink(), "kept.css: missing"),
        (lambda folder: (folder / "new.js").write_text("1"), "new.js: not in the lock"),
    ],
)
def test_each_fault_is_told(tmp_path, damage, fault):
    kept = tmp_path / "kept.css"
    kept.write_text("p{}")
    asset = assets.Asset("dist/kept.css", "kept.css", assets._digest(kept))
    package = assets.Package("kept", "1.0.0", "MIT", (asset,))
    assert assets.find_faults([package], tmp_path) == []
    damage(tmp_path)
    assert assets.find_faults([package], tmp_path) == [fault]


def test_a_fault_stops_the_command(monkeypatch):
    monkeypatch.setattr(vendor_assets, "find_faults", lambda _packages, _folder: ["leaflet/leaflet.js: altered"])
    with pytest.raises(CommandError, match=r"leaflet\.js: altered"):
        call_command("vendor_assets")


@pytest.mark.parametrize("folder", [assets.VENDOR_DIR, FOR_TESTS])
def test_every_folder_of_a_package_holds_its_licence(folder):
    """Two packages may bring the same font, for screens and for paper: one licence lies beside both."""
    packages = assets.read_lock(folder / assets.LOCK_NAME)
    targets = {asset.target for package in packages for asset in package.assets}
    for package in packages:
        folders = {asset.target.partition("/")[0] for asset in package.assets}
        assert {f"{folder}/LICENSE" for folder in folders} <= targets, package.name
        assert package.licence


def test_the_whole_site_can_be_collected(tmp_path):
    """A style sheet that names a missing file, such as a source map, would stop a deployment here."""
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    with override_settings(STORAGES=storages, STATIC_ROOT=str(tmp_path)):
        call_command("collectstatic", interactive=False, verbosity=0)
        assert staticfiles_storage.url("kernel/tokens.css") != "/static/kernel/tokens.css"
