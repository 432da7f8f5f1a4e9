"""Accueil, entered with an hour that was chosen in the agenda."""

from django.urls import reverse

from helpdesk.models import Appointment
from helpdesk.selectors import Slot
from tests.cast import at


def test_a_time_chosen_in_the_agenda_waits_for_somebody(cast, sign_in, now):
    """The agent comes with the hour; what is left to say is who."""
    client = sign_in(cast.claire)
    slot = Slot(at(11), at(11, 30), cast.amina_mediator, cast.empalot, cast.admin_help)
    url = reverse("desk:front_desk")
    assert [line.slot.starts_at for line in client.get(url, {"creneau": slot.token}).context["slots"]] == [at(11)]
    said = {"picked": slot.token, "reason": cast.admin_help.uid, "person": cast.lucette.uid}
    assert [line.slot.starts_at for line in client.post(url, said).context["slots"]] == [at(11)]
    others = client.post(url, {**said, "do": "slots"})
    assert len(others.context["slots"]) > 1
    assert 'name="picked"' not in others.content.decode()
    client.post(url, {**said, "slot": slot.token})
    assert Appointment.objects.get().starts_at == at(11)
    assert len(client.get(url, {"creneau": "x"}).context["slots"]) > 1
