"""The same form sent twice does once what it asks for."""

import json
from typing import Any
from uuid import UUID, uuid5


def key_of(form_key: UUID | None, *asked: Any) -> UUID | None:
    """Return the key of what a form asks for; None where the form has none.

    With other answers it is another request: whoever finds the form of the person before still open is not given what
    that person asked for.
    """
    return form_key and uuid5(form_key, json.dumps(asked, default=str))
