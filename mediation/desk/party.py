"""Who comes: one person or several share an appointment, some of them not on file yet."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from directory.models import Beneficiary

NEWCOMER_FIELDS = ("first_name", "last_name", "phone_typed")
# A family, not a class: a group comes to a workshop.
MOST_GUESTS = 6


@dataclass(frozen=True)
class Guest:
    """One person of the appointment: on file, or somebody new and what is known of them."""

    person: Beneficiary | None = None
    known: dict[str, Any] = field(default_factory=dict)

    @property
    def token(self) -> str:
        """What the page sends back to name the guest."""
        return str(self.person.uid) if self.person else json.dumps(self.known, ensure_ascii=False)

    def __str__(self) -> str:
        return str(self.person or Beneficiary(**self.known))


def read_party(tokens: Iterable[str], user: Any) -> list[Guest]:
    """Return the guests that the page names, in order; whoever the agent may not see is left out."""
    wanted = [_read(token) for token in list(tokens)[:MOST_GUESTS]]
    uids = [one for one in wanted if isinstance(one, UUID)]
    visible = Beneficiary.objects.visible_to(user).select_related("quartier").filter(uid__in=uids) if uids else ()
    found = {person.uid: person for person in visible}
    guests = [Guest(person=found.get(one)) if isinstance(one, UUID) else Guest(known=one) for one in wanted]
    return [guest for guest in guests if guest.person or any(guest.known.values())]


def _read(token: str) -> UUID | dict[str, str]:
    """Return the identifier of a file, or what is known of somebody new."""
    try:
        return UUID(token)
    except ValueError:
        pass
    try:
        said = json.loads(token)
    except ValueError:
        said = None
    said = said if isinstance(said, dict) else {}
    return {name: str(said.get(name, "")) for name in NEWCOMER_FIELDS}
