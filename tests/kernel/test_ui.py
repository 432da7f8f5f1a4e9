"""The components: their markup is what forms, lists and screen readers rely on."""

import re
from pathlib import Path

import django_tables2 as tables
import pytest
from django import forms
from django.conf import settings
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.template import engines
from django.test import RequestFactory

from mediation.kernel import forms as kernel_forms
from mediation.kernel.colours import colour_rules, contrast
from mediation.kernel.tables import BadgeColumn, NumberColumn, SheetColumn, Table

TOKENS = (settings.BASE_DIR / "mediation/kernel/static/kernel/tokens.css").read_text(encoding="utf-8")
TEMPLATES = [
    path
    for path in settings.BASE_DIR.rglob("*.html")
    if "templates" in path.parts and not {".venv", "node_modules"} & set(path.parts)
]


def show(source, **context):
    """Render a piece of template as a page would, and return it on one line."""
    request = RequestFactory().get("/liste", context.pop("query", {}))
    rendered = engines["django"].from_string("{% load ui %}" + source).render(context, request)
    return re.sub(r"[ \n]+", " ", rendered)


class PersonForm(forms.Form):
    name = forms.CharField(label="Nom", help_text="Comme sur la convocation.")
    phone = forms.CharField(label="Téléphone", required=False, widget=kernel_forms.PhoneInput)
    day = forms.DateField(label="Jour", widget=kernel_forms.DateInput)
    needs = kernel_forms.MultiChoice(label="Besoins", required=False, choices=[("a", "Au calme")])
    gender = kernel_forms.OptionalChoice(label="Genre", choices=[("f", "Féminin")])
    agreed = forms.BooleanField(label="D’accord")


def test_a_field_ties_its_hint_and_its_error_to_its_input():
    html = show("{{ form }}", form=PersonForm({}))
    described_by = re.search(r'<input type="text" name="name"[^>]*aria-describedby="([^"]+)"', html).group(1)
    assert described_by.split() == ["id_name_helptext", "id_name_error"]
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert '<label for="id_name">' in html


def test_what_is_optional_says_so_and_only_that():
    html = show("{{ form }}", form=PersonForm())
    assert html.count("(facultatif)") == 3
    assert "(facultatif)" not in show('{% include "ui/filter_bar.html" %}', form=PersonForm())


def test_choices_stand_in_a_fieldset_and_a_single_box_in_its_label():
    html = show("{{ form }}", form=PersonForm())
    assert re.search(r"<fieldset[^>]*> <legend> Besoins", html)
    assert re.search(r'<label class="choice" for="id_agreed"><input type="checkbox"', html)


def test_dates_reach_the_browser_in_its_own_format():
    assert 'value="2026-12-03"' in show("{{ form.day }}", form=PersonForm({"day": "2026-12-03"}))


def test_not_knowing_is_an_answer():
    form = PersonForm({"name": "N", "day": "2026-12-03", "agreed": "on"})
    assert form.is_valid()
    assert form.cleaned_data["gender"] == ""
    assert "Je ne sais pas" in show("{{ form }}", form=form)


def test_a_refused_form_lists_what_to_mend_with_links_to_the_fields():
    html = show('{% include "ui/form.html" with submit_label="Enregistrer" %}', form=PersonForm({}))
    assert 'role="alert"' in html
    assert 'href="#id_name"' in html
    assert "Il reste 3 points à corriger" in html


def test_a_kept_form_lists_nothing():
    assert "error-summary" not in show(
        '{% include "ui/form.html" with submit_label="Enregistrer" %}', form=PersonForm()
    )


class RowTable(Table):
    caption = "Ateliers à venir"
    title = SheetColumn(verbose_name="Atelier", url=lambda: "/atelier")
    seats = NumberColumn(verbose_name="Places")
    state = BadgeColumn(verbose_name="État", tones={"full": "stop"}, labels={"full": "Complet"}, orderable=False)


def configured(rows, query=None):
    """Return a table of ``rows`` rows, two to a page."""
    request = RequestFactory().get("/liste", query or {})
    table = RowTable([{"title": f"Atelier {i}", "seats": 1284, "state": "full"} for i in range(rows)])
    tables.RequestConfig(request, paginate={"per_page": 2}).configure(table)
    return table


def test_a_list_says_what_it_is_and_how_it_is_sorted():
    query = {"sort": "-seats", "q": "impôts"}
    html = show("{% load django_tables2 %}{% render_table t %}", t=configured(3, query), query=query)
    assert "Ateliers à venir" in html
    assert html.count("aria-sort") == 1
    assert 'aria-sort="descending"' in html
    assert 'data-label="Places"' in html
    assert "1\u202f284" in html
    assert re.search(r'<a href="/atelier">\s*Atelier', html)


def test_pages_keep_the_filters_of_the_address():
    query = {"q": "impots"}
    html = show("{% load django_tables2 %}{% render_table t %}", t=configured(5, query), query=query)
    assert re.search(r'href="\?(q=impots&amp;page=2|page=2&amp;q=impots)"', html)
    assert 'aria-current="page"' in html
    assert "1 à 2 sur 5" in html


def test_an_empty_list_says_its_own_words():
    class NextTable(RowTable):
        empty_text = "Les prochains s’afficheront ici."

    assert NextTable([]).empty_text == "Les prochains s’afficheront ici."
    assert "moins de filtres" in str(RowTable([]).empty_text)


def test_an_empty_list_says_what_to_do_next():
    table = configured(0)
    table.empty_action_label, table.empty_action_url = "Nouvel atelier", "/nouveau"
    html = show("{% load django_tables2 %}{% render_table t %}", t=table)
    assert "<table" not in html
    assert '<a class="btn btn-primary" href="/nouveau">Nouvel atelier</a>' in html


def test_state_is_a_word_and_a_shape():
    html = show('{% include "ui/badge.html" with label="Complet" tone="stop" %}')
    assert "icon-octagon-x" in html
    assert "Complet" in html


def test_a_chart_is_its_own_table_and_hides_what_must_be_hidden():
    html = show("{% bar_chart bars title='Démarches' %}", bars=[("CAF", 40), ("Impôts", 10), ("MDPH", None)])
    assert re.findall(r'<rect width="([\d.]+)"', html) == ["100.0", "25.0", "0"]
    assert "masqué" in html
    assert "<caption>" in html


def test_a_chart_of_nothing_draws_nothing():
    assert '<rect width="0"' in show("{% bar_chart bars title='Démarches' %}", bars=[("CAF", 0)])


def test_messages_are_announced():
    html = show('{% include "ui/toasts.html" %}', messages=[Message(SUCCESS, "Atelier enregistré.")])
    assert 'role="status"' in html
    assert "notice-ok" in html


def test_facts_leave_out_what_is_unknown_but_keep_zero():
    html = show('{% include "ui/facts.html" %}', facts=[("Étage", 0), ("Site", ""), ("Nom", "Empalot")])
    assert html.count("<dt>") == 2


def test_a_button_leads_or_does():
    assert show('{% include "ui/button.html" with label="Voir" url="/x" %}').strip().startswith("<a ")
    assert 'type="submit"' in show('{% include "ui/button.html" with label="Garder" %}')


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_no_template_needs_what_the_content_policy_forbids(path: Path):
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]{3,}=|<script>|javascript:", source)


def colours(mode):
    """Return the fixed colours of one mode; those of dark come over those of light."""
    light, dark = TOKENS.split("@media screen and (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", light))
    return found | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", dark)) if mode == "dark" else found


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("ink", ["ink", "ink-soft", "ok", "warn", "stop", "info"])
@pytest.mark.parametrize("ground", ["paper", "surface", "sunk"])
def test_every_ink_is_readable_by_the_strict_rule(mode, ink, ground):
    assert contrast(colours(mode)[ink], colours(mode)[ground]) >= 7


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("state", ["ok", "warn", "stop", "info"])
def test_every_state_is_readable_on_its_own_ground(mode, state):
    assert contrast(colours(mode)[state], colours(mode)[f"{state}-soft"]) >= 7
    assert contrast(colours(mode)["ink"], colours(mode)[f"{state}-soft"]) >= 7


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_edge_of_an_input_can_be_seen(mode):
    assert contrast(colours(mode)["line-strong"], colours(mode)["surface"]) >= 3


def test_a_city_s_pale_colour_is_darkened_until_it_can_be_read():
    rules = colour_rules(accent="#ffd400", primary="#1f5673")
    accent = re.search(r"--network-accent:(#[0-9a-f]{6})", rules).group(1)
    assert contrast(accent, "#f4ecdf") >= 4.5
    assert "--network-primary:#1f5673" in rules
