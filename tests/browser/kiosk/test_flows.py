"""The kiosk on its own screen: every flow by touch, keys and letters as large as they must be."""

import re

import pytest
from django.urls import reverse

from helpdesk.models import Appointment, Ticket
from mediation.accounts.actor import Actor
from mediation.channels.kiosk.services import revoke_device
from mediation.channels.models import CallForHelp, KioskDevice
from mediation.messaging.enums import MessageKind
from mediation.messaging.models import Message
from sites.models import Reservation
from tests.browser.kiosk.steps import (
    BELOW_THE_EDGE,
    LYING,
    LYING_MM_PER_PX,
    choose_language,
    problems,
    send,
    touch,
    touch_digits,
)
from workshops.models import Registration

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.drawn]


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.thorough
def test_every_flow_by_touch(kiosk, city, language):
    """Appointment, workshop, ticket and arrival, each in six screens at most; every screen is read, and measured.

    From right to left they are seen in the dark: one run reads both.
    """
    kiosk.emulate_media(color_scheme="dark" if language == "ar" else "light")
    found = problems(kiosk)

    choose_language(kiosk, language)
    assert kiosk.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    found += problems(kiosk)
    touch(kiosk, f'a[href="{reverse("kiosk:need")}"].answer', "need")
    found += problems(kiosk)
    touch(kiosk, "a.answer", "time")
    found += problems(kiosk)
    touch(kiosk, "a.answer", "book")
    touch_digits(kiosk, "0639980077")
    assert kiosk.locator("[name=phone]").input_value() == "06 39 98 00 77"
    found += problems(kiosk)
    send(kiosk, "done")
    appointment = Appointment.objects.get()
    assert appointment.code in kiosk.locator(".kiosk-card").inner_text()
    assert appointment.attendees.get().beneficiary.language == language
    found += problems(kiosk)

    touch(kiosk, f'main a[href="{reverse("kiosk:start")}"]', "start")
    choose_language(kiosk, language)
    touch(kiosk, f'a[href="{reverse("kiosk:workshops")}"].answer', "workshops")
    found += problems(kiosk)
    kiosk.locator("a.answer").first.tap()
    kiosk.locator("button[name=without]").wait_for()
    found += problems(kiosk)
    touch(kiosk, "button[name=without]", "done")
    assert Registration.objects.get().code in kiosk.locator(".kiosk-card").inner_text()

    touch(kiosk, ".kiosk-restart a", "start")
    choose_language(kiosk, language)
    touch(kiosk, f'a[href="{reverse("kiosk:ticket")}"].answer', "ticket")
    found += problems(kiosk)
    touch(kiosk, "button[value=no]", "ticket_number")
    assert str(Ticket.objects.get().number) in kiosk.locator("h1").inner_text()
    found += problems(kiosk)
    touch(kiosk, f'a[href="{reverse("kiosk:ticket_text")}"]', "ticket_text")
    touch_digits(kiosk, "0639980077")
    found += problems(kiosk)
    send(kiosk, "ticket_number")
    assert Message.objects.filter(kind=MessageKind.TICKET, language=language).exists()
    found += problems(kiosk)

    touch(kiosk, ".kiosk-restart a", "start")
    choose_language(kiosk, language)
    touch(kiosk, f'a[href="{reverse("kiosk:arrival")}"].answer', "arrival")
    touch_digits(kiosk, appointment.reference)
    found += problems(kiosk)
    kiosk.locator("form.kiosk-form .btn-primary").tap()
    kiosk.locator("[name=secret]").wait_for()
    found += problems(kiosk)
    touch_digits(kiosk, appointment.code)
    send(kiosk, "arrived")
    found += problems(kiosk)
    assert appointment.attendees.get().arrived_at

    kiosk.goto(reverse("kiosk:arrival"))
    touch(kiosk, f'a[href="{reverse("kiosk:arrival_hour")}"]', "arrival_hour")
    found += problems(kiosk)
    touch(kiosk, "button[name=hour]", "called")
    found += problems(kiosk)
    assert CallForHelp.objects.get().expected_at
    assert not found, "\n".join(found)


@pytest.mark.thorough
def test_a_computer_now_and_later_by_touch(kiosk, city):
    """In five screens; whoever kept one for later tells with its twelve digits that they are there."""
    city.empalot.opening_hours = "Tu-Sa 09:00-18:00"
    city.empalot.save()
    choose_language(kiosk, "fr")
    touch(kiosk, f'a[href="{reverse("kiosk:computer")}"].answer', "computer")
    found = problems(kiosk)
    touch(kiosk, "a.answer", "computer_time")
    found += problems(kiosk)
    touch(kiosk, "button[value=now]", "computer_done")
    assert Reservation.objects.get().code in kiosk.locator(".kiosk-codes").inner_text()
    found += problems(kiosk)
    touch(kiosk, f'form[action="{reverse("kiosk:computer_give_back")}"] .btn', "start")
    assert Reservation.objects.get().is_released

    choose_language(kiosk, "fr")
    touch(kiosk, f'a[href="{reverse("kiosk:computer")}"].answer', "computer")
    touch(kiosk, "a.answer", "computer_time")
    touch(kiosk, 'button[name="when"]:not([value=now])', "computer_done")
    kept = Reservation.objects.get(released_at=None)
    found += problems(kiosk)
    touch(kiosk, f'main a[href="{reverse("kiosk:start")}"]', "start")

    choose_language(kiosk, "fr")
    kiosk.goto(reverse("kiosk:computer_reserved"))
    touch_digits(kiosk, kept.reference + kept.code)
    found += problems(kiosk)
    send(kiosk, "computer_done")
    kept.refresh_from_db()
    assert kept.arrived_at
    assert not found, "\n".join(found)


def test_a_lost_answer_takes_no_second_number(kiosk, city):
    """The screen says that nothing answers; touched again, it shows the number that was given."""
    choose_language(kiosk, "fr")
    kiosk.goto(reverse("kiosk:ticket"))
    # An answer that nobody reads never ends for the browser.
    kiosk.wait_for_load_state("networkidle")
    kiosk.evaluate(
        """() => {
          const real = window.fetch;
          window.fetch = (...asked) => real(...asked).then(() => { window.fetch = real; throw new TypeError("lost"); });
        }"""
    )
    kiosk.locator("button[value=no]").tap()
    kiosk.locator("[data-away]").wait_for()
    assert not problems(kiosk)
    # By keyboard: the notice lies over the key as long as nobody knows that the server is back.
    kiosk.locator("button[value=no]").press("Enter")
    kiosk.wait_for_url(f"**{reverse('kiosk:ticket_number')}")
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.thorough
def test_what_comes_over_a_screen_is_read_too(kiosk, city, scheme):
    """The countdown, "somebody comes", "nothing answers"."""
    kiosk.emulate_media(color_scheme=scheme)
    choose_language(kiosk, "fr")
    kiosk.goto(reverse("kiosk:need"))
    found = problems(kiosk)
    kiosk.locator(".kiosk-call [type=submit]").tap()
    kiosk.locator("[data-coming]").wait_for()
    kiosk.evaluate("document.querySelector('[data-away]').hidden = false")
    found += problems(kiosk)
    kiosk.evaluate("document.querySelector('[data-countdown]').showModal()")
    found += problems(kiosk)
    assert not found, "\n".join(found)


def test_a_mistake_and_a_call_keep_the_screen(kiosk, city):
    """What is not complete is asked again where one is; "Appeler quelqu’un" takes nothing away that was typed."""
    choose_language(kiosk, "fr")
    kiosk.goto(reverse("kiosk:ticket_call_back"))
    touch_digits(kiosk, "0639")
    kiosk.locator("form.kiosk-form .btn-primary").tap()
    kiosk.locator(".error").wait_for()
    assert not problems(kiosk)
    kiosk.locator("[data-key=back]").tap()
    kiosk.get_by_role("button", name="Appeler quelqu’un", exact=True).tap()
    kiosk.get_by_text("C’est noté : quelqu’un arrive.").wait_for()
    assert kiosk.locator("[name=phone]").input_value() == "06 3"
    assert CallForHelp.objects.count() == 1


@pytest.mark.thorough
def test_away_it_says_whom_to_telephone_and_comes_back_by_itself(kiosk, city, settings):
    choose_language(kiosk, "fr")
    # A screen that was on its way when the worker woke is not its client; the next one that is asked for is.
    scope = kiosk.evaluate("navigator.serviceWorker.ready.then((worker) => new URL(worker.scope).pathname)")
    assert scope == "/borne/"
    names = kiosk.evaluate(
        "caches.keys().then((all) => caches.open(all[0])).then((cache) => cache.keys())"
        ".then((all) => all.map((one) => new URL(one.url).pathname))"
    )
    screens = [name for name in names if name.startswith("/borne/")]
    assert screens == [reverse("kiosk:away")], "no screen of anybody is kept"
    kiosk.context.set_offline(True)
    kiosk.locator("a.answer").first.tap()
    kiosk.locator(".kiosk-phone").wait_for()
    assert settings.NETWORK_PHONE in kiosk.locator("h1").inner_text()
    assert not problems(kiosk)
    kiosk.context.set_offline(False)
    kiosk.locator("button[name=language]").first.wait_for(timeout=15_000)


@pytest.mark.thorough
def test_a_revoked_kiosk_shows_it_without_being_touched(kiosk, city):
    kiosk.clock.install()
    choose_language(kiosk, "fr")
    revoke_device(device=KioskDevice.objects.get(), by=Actor.at_desk(city.admin))
    kiosk.clock.run_for(21_000)
    kiosk.get_by_role("heading", name="Cette borne n’est pas prête").wait_for()


@pytest.mark.thorough
def test_a_lying_screen_shows_its_keys_without_scrolling(kiosk, city):
    kiosk.set_viewport_size(LYING)
    kiosk.goto(reverse("kiosk:start"))
    choose_language(kiosk, "fr")
    hidden = {}
    names = ["start", "menu", "need", "arrival", "arrival_hour", "computer", "computer_reserved", "ticket"]
    for name in [*names, "ticket_number", "ticket_text"]:
        if name == "ticket_number":
            touch(kiosk, "button[value=no]", name)
        kiosk.goto(reverse(f"kiosk:{name}"))
        hidden[name] = kiosk.evaluate(BELOW_THE_EDGE)
        assert not problems(kiosk, LYING_MM_PER_PX)
    assert not {name: pixels for name, pixels in hidden.items() if pixels > 0}


@pytest.mark.parametrize("name", ["done", "ticket_number", "computer_done"])
@pytest.mark.thorough
def test_paper_is_80_mm_wide_and_one_page(kiosk, city, name):
    choose_language(kiosk, "fr")
    if name == "done":
        kiosk.goto(reverse("kiosk:need"))
        touch(kiosk, "a.answer", "time")
        touch(kiosk, "a.answer", "book")
        touch(kiosk, "button[name=without]", "done")
    elif name == "computer_done":
        kiosk.goto(reverse("kiosk:computer_time"))
        touch(kiosk, "button[name=when]", name)
    else:
        kiosk.goto(reverse("kiosk:ticket"))
        touch(kiosk, "button[value=no]", name)
    paper = kiosk.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)
    assert len(boxes) == 1
    assert float(boxes[0][0]) / 72 * 25.4 == pytest.approx(80, abs=1)
