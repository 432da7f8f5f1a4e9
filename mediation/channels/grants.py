"""The one cookie of residents: proof that somebody has just booked something, or knows its reference and code."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True)
class Grant:
    """A signed cookie that names one row, for a while. Its name and its folder keep doors apart."""

    cookie: str
    path: str
    seconds: int

    def give(self, response: HttpResponse, name: str) -> None:
        """Let the browser that receives ``response`` see the row called ``name``."""
        response.set_cookie(
            self.cookie,
            signing.dumps(name, salt=self.cookie),
            max_age=self.seconds,
            path=self.path,
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Strict",
        )

    def read(self, request: HttpRequest) -> str:
        """Return the name of the row, or "" where nothing was given or it is over."""
        try:
            return signing.loads(request.COOKIES.get(self.cookie, ""), salt=self.cookie, max_age=self.seconds)
        except signing.BadSignature:
            return ""

    def take_back(self, response: HttpResponse) -> None:
        """Leave nothing behind."""
        response.delete_cookie(self.cookie, path=self.path, samesite="Strict")

    def form_token(self, name: str) -> str:
        """Return what a form sends back to show that this site drew it for this row."""
        return signing.dumps(name, salt=f"{self.cookie}.form")

    def is_form_of(self, name: str, token: str) -> bool:
        """Say whether ``token`` was drawn for the row, not long ago."""
        try:
            return signing.loads(token, salt=f"{self.cookie}.form", max_age=self.seconds) == name
        except signing.BadSignature:
            return False
