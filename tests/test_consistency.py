"""The rules of the house that no linter knows."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver

from mediation.kernel.access import AccessMiddleware
from scripts import typography

ROOT = Path(settings.BASE_DIR)
ACCESS_LIST = ROOT / "tests" / "access.txt"

# From the roof down, as CONTRIBUTING.md draws them; apps on one line do not know each other.
FLOORS = (
    {"demo"},
    {"channels", "desk", "calendars", "reports"},
    {"workshops", "helpdesk"},
    {"activity"},
    {"sites"},
    {"messaging"},
    {"directory"},
    {"territory"},
    {"privacy"},
    {"accounts"},
    {"kernel"},
)
FLOOR_OF = {label: number for number, labels in enumerate(FLOORS) for label in labels}
OUR_MODELS = [model for model in apps.get_models() if model._meta.app_label in FLOOR_OF]
# Rows about people or about a partner's activity.
SCOPED = (
    "directory.Beneficiary",
    "helpdesk.Appointment",
    "helpdesk.Attendee",
    "helpdesk.HelpRequest",
    "workshops.Registration",
    "activity.Activity",
    "messaging.Message",
)


def views(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every address of the application with its pattern."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from views(pattern, path)
        else:
            yield path, pattern


def test_every_view_says_who_may_open_it_and_the_list_is_current():
    """A view without declaration is closed; a change of who may open what is seen in review, in tests/access.txt."""
    lines, silent = [], []
    for path, pattern in views():
        view = pattern.callback
        if view.__module__.startswith(AccessMiddleware.OPEN_MODULES):
            continue
        rules = getattr(view, "open_to", None)
        if not rules:
            silent.append(path)
            continue
        lines.append(f"/{path}  {', '.join(rule.__name__ for rule in rules)}")
    assert not silent, f"These views do not say who may open them: {silent}"
    text = "\n".join(sorted(lines)) + "\n"
    if os.environ.get("WRITE_ACCESS_LIST"):
        ACCESS_LIST.write_text(text)
    assert ACCESS_LIST.read_text() == text, (
        "Run WRITE_ACCESS_LIST=1 pytest tests/test_consistency.py and read the diff."
    )


def test_only_allauth_pages_go_without_declaration():
    silent = {p.callback.__module__.split(".")[0] for _path, p in views() if not hasattr(p.callback, "open_to")}
    assert silent <= {"allauth"}


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_models_have_a_docstring_and_lower_case_names(model):
    assert not (model.__doc__ or f"{model.__name__}(").startswith(f"{model.__name__}("), "It has no docstring."
    first_letter = str(model._meta.verbose_name)[0]
    assert first_letter == first_letter.lower()
    for field in model._meta.local_fields:
        assert (
            str(field.verbose_name)[0] == str(field.verbose_name)[0].lower()
            or field.verbose_name.isupper()
            or (str(field.verbose_name).endswith("?") or str(field.verbose_name).split()[0].isupper())
        ), f"{field} starts with a capital"


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_foreign_keys_obey_the_floors(model):
    """import-linter sees imports; this sees relations named by a string."""
    here = FLOOR_OF[model._meta.app_label]
    for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
        if isinstance(field, models.ForeignKey | models.ManyToManyField):
            there = field.related_model._meta.app_label
            if there in FLOOR_OF and there != model._meta.app_label:
                assert FLOOR_OF[there] > here, f"{field} points upstairs"


@pytest.mark.parametrize("label", SCOPED)
def test_rows_about_people_can_be_scoped(label):
    assert hasattr(apps.get_model(label).objects.none(), "visible_to")


def our_templates() -> list[Path]:
    """Return every template of the project."""
    return [
        path
        for folder in ROOT.glob("**/templates")
        if not {".venv", "node_modules"} & set(folder.parts)
        for path in folder.glob("**/*")
        if path.is_file()
    ]


def test_every_template_compiles_and_is_used():
    sources = [path.read_text() for path in ROOT.glob("**/*.py") if ".venv" not in path.parts]
    templates = {str(path).split("/templates/")[-1]: path for path in our_templates()}
    text = "\n".join([*sources, *(path.read_text() for path in templates.values())])
    # Django and allauth ask for these by themselves.
    asked_by_others = re.compile(r"^(40[034]|500)\.html$|^account/")
    unused = [name for name in templates if name not in text and not asked_by_others.match(name)]
    assert not unused, f"Nobody uses these templates: {unused}"
    for name in templates:
        get_template(name)


def test_no_file_has_grown_past_three_hundred_lines():
    """Past that a file becomes a package cut by noun."""
    long = {
        str(path.relative_to(ROOT)): count
        for path in ROOT.glob("**/*.py")
        if not {".venv", "migrations", "tests"} & set(path.relative_to(ROOT).parts)
        and (count := len(path.read_text().splitlines())) > 300
    }
    assert not long


def test_french_is_printed_as_french_is():
    """No line begins with a lone question mark; `python scripts/typography.py` mends what this finds."""
    found = typography.findings(ROOT)
    assert not found, "\n".join(found)
