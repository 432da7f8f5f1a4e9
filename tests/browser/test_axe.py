"""Axe reads the pages for us: the version that is vendored, and it finds what there is to find."""

import pytest

from mediation.kernel.assets import LOCK_NAME, read_lock
from tests.browser.conftest import VENDORED, violations

pytestmark = pytest.mark.drawn

FAULTY = """<html lang="fr"><head><title>Un formulaire</title></head><body><main><h1>Un formulaire</h1>
<input type="text">
<p style="background: #fff; color: #aaa">Pâle</p>
<button style="block-size: 9px; font-size: 5px; inline-size: 9px; padding: 0">+</button><button
  style="block-size: 9px; font-size: 5px; inline-size: 9px; padding: 0">-</button>
</main></body></html>"""


def test_the_version_that_runs_is_the_one_that_is_vendored(page):
    page.set_content(FAULTY)
    violations(page)
    (package,) = read_lock(VENDORED / LOCK_NAME)
    assert (package.name, package.version) == ("axe-core", page.evaluate("axe.version"))


def test_what_is_wrong_is_found_by_every_rule_or_by_those_that_are_named(page):
    page.set_content(FAULTY)
    assert {"color-contrast", "label", "target-size"} <= {rule["id"] for rule in violations(page)}
    assert [rule["id"] for rule in violations(page, "color-contrast")] == ["color-contrast"]


def test_residents_pages_need_more_contrast(page):
    """5.7:1 is enough for agents (AA), not for residents (AAA)."""
    for body, expected in (
        ("office", []),
        ("public", ["color-contrast-enhanced"]),
        ("kiosk", ["color-contrast-enhanced"]),
    ):
        page.set_content(f'<body class="{body}"><main><p style="background: #fff; color: #666">Gris</p></main>')
        assert [rule["id"] for rule in violations(page, "color-contrast")] == expected
