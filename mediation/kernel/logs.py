"""What must not stand in a log."""

import logging
import re
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class HideSecrets(logging.Filter):
    """Write "…" in place of what ``pattern`` catches in its group: an address may be a secret."""

    def __init__(self, pattern: str) -> None:
        super().__init__()
        self.pattern = re.compile(pattern)

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the message; every record passes."""
        text = record.getMessage()
        clean = self.pattern.sub(lambda found: found.group(0).replace(found.group(1), "…"), text)
        if clean != text:
            record.msg, record.args = clean, ()
        return True


class HideWhatWasTyped(SafeExceptionReporterFilter):
    """Leave what people typed, and their cookies, out of the report of a failure that an administrator may be sent.

    Nobody could list which of our hundred forms hold names, so none of them is repeated. On a developer's own machine
    (DEBUG) everything is shown.
    """

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """Return which fields were sent, never what was in them."""
        if request is None or not self.is_active(request):
            return super().get_post_parameters(request)
        return dict.fromkeys(request.POST, self.cleansed_substitute)

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:
        """Return which cookies came: some of ours name an appointment."""
        return dict.fromkeys(request.COOKIES, self.cleansed_substitute)

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: Any) -> list[tuple[str, Any]]:
        """Return the names of a function's variables: a form or a person may be among them."""
        if request is not None and not self.is_active(request):
            return super().get_traceback_frame_variables(request, tb_frame)
        return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]
