"""What a kiosk keeps of whoever leaves: nothing; how long it waits; what it says aloud, and when."""

import re

import pytest
from django.urls import reverse

from helpdesk.models import Appointment
from tests.browser.kiosk.steps import (
    choose_language,
    send,
    touch,
    touch_digits,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.drawn]


def test_back_and_guessed_addresses_show_nothing_of_the_last_person(kiosk, city):
    choose_language(kiosk, "uk")
    kiosk.goto(reverse("kiosk:need"))
    touch(kiosk, "a.answer", "time")
    touch(kiosk, "a.answer", "book")
    touch_digits(kiosk, "0639980077")
    send(kiosk, "done")
    kiosk.evaluate("sessionStorage.setItem('headset', 'in'); localStorage.setItem('text-size', 'large')")
    appointment = Appointment.objects.get()
    private = re.compile(rf"39 98|0077|{appointment.code}|{appointment.reference[:2]} {appointment.reference[2:4]}")
    assert private.search(kiosk.content())
    touch(kiosk, f'main a[href="{reverse("kiosk:start")}"]', "start")

    assert kiosk.evaluate("sessionStorage.length + localStorage.length") == 0
    cookies = {cookie["name"] for cookie in kiosk.context.cookies()}
    assert cookies <= {"borne", "csrftoken"}
    length = kiosk.evaluate("history.length")
    for _press in range(length):
        # Later: the page that asked is gone before it can answer.
        kiosk.evaluate("setTimeout(() => history.back(), 20)")
        kiosk.wait_for_timeout(300)
        kiosk.wait_for_load_state()
        # Not page.content(): it gives up where a page that is shown from memory leaves by itself.
        assert not private.search(kiosk.locator("html").inner_html()), kiosk.url
        assert not any(box.input_value() for box in kiosk.locator("input[type=tel]").all())
    for name in ("done", "ticket_number", "ticket_called_back", "computer_done"):
        kiosk.goto(reverse(f"kiosk:{name}"))
        assert kiosk.url.endswith(reverse("kiosk:start"))
    for name in ("book", "menu", "arrival", "time"):
        kiosk.goto(reverse(f"kiosk:{name}"))
        assert not private.search(kiosk.content())
        assert kiosk.locator("html").get_attribute("lang") == "fr"


@pytest.mark.thorough
def test_no_screen_stays_in_the_history(kiosk, city):
    length = kiosk.evaluate("history.length")
    choose_language(kiosk, "fr")
    touch(kiosk, f'a[href="{reverse("kiosk:need")}"].answer', "need")
    touch(kiosk, "a.answer", "time")
    touch(kiosk, "a.answer", "book")
    touch(kiosk, "button[name=without]", "done")
    assert kiosk.evaluate("history.length") == length


@pytest.mark.thorough
def test_time_is_counted_down_and_prolonged_ten_times(kiosk, city):
    kiosk.clock.install()
    choose_language(kiosk, "fr")
    kiosk.goto(reverse("kiosk:need"))
    warning = kiosk.locator("[data-countdown]")
    for _extension in range(10):
        kiosk.clock.run_for(61_000)
        assert warning.is_visible()
        assert int(kiosk.locator("[data-countdown-seconds]").inner_text()) >= 20
        kiosk.locator("[data-countdown-more]").tap()
        assert not warning.is_visible()
    kiosk.clock.run_for(61_000)
    kiosk.clock.run_for(20_000)
    assert int(kiosk.locator("[data-countdown-seconds]").inner_text()) <= 10
    kiosk.locator("[data-countdown] [data-say]").tap()
    assert int(kiosk.locator("[data-countdown-seconds]").inner_text()) >= 29, "there is time to hear it"
    assert warning.is_visible()
    kiosk.clock.run_for(31_000)
    kiosk.wait_for_url(f"**{reverse('kiosk:start')}")


@pytest.mark.thorough
def test_the_name_of_a_place_is_said_in_french_within_another_language(kiosk, city):
    kiosk.add_init_script(
        """window.said = []; speechSynthesis.speak = (words) => said.push([words.lang, words.text]);
        speechSynthesis.getVoices = () => [];"""
    )
    choose_language(kiosk, "en")
    kiosk.goto(reverse("kiosk:need"))
    touch(kiosk, "a.answer", "time")
    kiosk.locator(".answers [data-french]").first.tap()
    (words, place) = kiosk.evaluate("said")
    assert words[0] == "en"
    assert place == ["fr", city.empalot.name]


@pytest.mark.thorough
def test_speech_waits_to_be_asked_and_keeps_private_things_for_a_headset(kiosk, city):
    """Chromium has no voice here: what would be said is written down instead."""
    kiosk.add_init_script(
        """window.said = []; speechSynthesis.speak = (words) => said.push([words.lang, words.text]);
        speechSynthesis.cancel = () => said.push('stop'); speechSynthesis.getVoices = () => [];"""
    )
    kiosk.goto(reverse("kiosk:start"))
    spoken = "said.filter((one) => one !== 'stop')"
    assert kiosk.evaluate(spoken) == []
    kiosk.locator('[data-say][data-lang="ar"]').tap()
    assert kiosk.evaluate(spoken)[0][0] == "ar"
    choose_language(kiosk, "fr")
    kiosk.locator("[data-say-screen]").tap()
    assert "Que voulez-vous faire" in kiosk.evaluate(spoken)[0][1]
    assert not any("encore là" in text for _language, text in kiosk.evaluate(spoken)), "nobody counts yet"
    kiosk.goto(reverse("kiosk:ticket"))
    touch(kiosk, "button[value=no]", "ticket_number")
    private = kiosk.locator("[data-private]")
    assert not private.is_visible()

    def whole_screen() -> str:
        kiosk.evaluate("said = []")
        kiosk.locator("[data-say-screen]").tap()
        heard = " ".join(text for _language, text in kiosk.evaluate(spoken))
        kiosk.evaluate("said = []")
        return heard

    heard = whole_screen()
    assert "Asseyez-vous" in heard
    assert "est le 1" not in heard
    kiosk.locator("[data-headset]").tap()
    assert "est le 1" in whole_screen()
    assert kiosk.locator("[data-headset]").get_attribute("aria-pressed") == "true"
    private.tap()
    assert "Votre numéro est le 1" in kiosk.evaluate(spoken)[0][1]
    private.tap()
    assert kiosk.evaluate("said.at(-1)") == "stop"
    private.tap()
    assert kiosk.evaluate(f"{spoken}.length") == 2
    touch(kiosk, ".kiosk-restart a", "start")
    choose_language(kiosk, "fr")
    assert kiosk.locator("[data-headset]").get_attribute("aria-pressed") == "false"
