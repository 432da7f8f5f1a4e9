"""Who knocks: only a request that its operator signed changes anything."""

import base64
import hashlib
import hmac
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from twilio.request_validator import RequestValidator

from mediation.kernel.access import anyone, open_to

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponse]


def from_twilio(request: HttpRequest) -> bool:
    """Say whether Twilio sent this, to the address that it knows: the public one, whatever a proxy made of it."""
    if not settings.TWILIO_AUTH_TOKEN:
        return False
    address = f"{settings.PUBLIC_URL}{request.get_full_path()}"
    signature = request.headers.get("X-Twilio-Signature", "")
    return bool(RequestValidator(settings.TWILIO_AUTH_TOKEN).validate(address, request.POST, signature))


def from_callr(request: HttpRequest) -> bool:
    """Say whether CALLR sent this: it signs the whole body with the secret of the subscription."""
    secret = settings.CALLR_WEBHOOK_SECRET.encode()
    if not secret:
        return False
    signature = base64.b64encode(hmac.new(secret, request.body, hashlib.sha256).digest())
    return hmac.compare_digest(signature, request.headers.get("X-CALLR-HmacSignature", "").encode())


def webhook(is_signed: Callable[[HttpRequest], bool]) -> Callable[[View], View]:
    """Declare a view that an operator calls: by POST, without our cookies, with its signature."""

    def declare(view: View) -> View:
        @open_to(anyone)
        @csrf_exempt
        @require_POST
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not is_signed(request):
                logger.warning("A request to %s without its operator's signature was refused.", request.path)
                return HttpResponseForbidden()
            return view(request, *args, **kwargs)

        return csrf_exempt(guarded)

    return declare
