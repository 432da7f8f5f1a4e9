"""Somebody at the front desk who sees only what the page shows."""

import re
from html import unescape

ACCUEIL = "/agent/accueil/"


class Desk:
    """Somebody at the front desk, seeing only what the page shows: fields to fill, buttons to press."""

    def __init__(self, client, **headers):
        self.client = client
        self.headers = headers
        self.html = client.get(ACCUEIL).content.decode()

    def fields(self) -> dict:
        """Return what the browser would send back: the form as the page drew it."""
        form = self.html[self.html.index('<form id="call"') :]
        form = form[: form.index("</form>")]
        values = {}
        for tag in re.findall(r"<input[^>]*>", form):
            name = re.search(r'name="([^"]*)"', tag)
            if name and ('type="checkbox"' not in tag or "checked" in tag):
                value = re.search(r'value="([^"]*)"', tag)
                read = unescape(value[1]) if value else "on" if "checkbox" in tag else ""
                values[name[1]] = [*values.get("party", []), read] if name[1] == "party" else read
        for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
            chosen = re.search(r'<option value="([^"]*)"[^>]*selected', options)
            first = re.search(r'<option value="([^"]*)"', options)
            values[name] = chosen[1] if chosen else first[1] if first else ""
        values.pop("csrfmiddlewaretoken", None)
        return values

    def press(self, button: str = "do", value: str = "search", **typed):
        """Type, press a button, and read the page again. Enter presses "Chercher", the first button."""
        answer = self.client.post(ACCUEIL, {**self.fields(), **typed, button: value}, headers=self.headers)
        self.html = answer.content.decode()
        return answer

    @property
    def slots(self) -> list[str]:
        """Return the slots on the page, as buttons send them."""
        return re.findall(r'name="slot"\s+value="([^"]*)"', self.html)

    @property
    def focus(self) -> str:
        """Return the tag on which the keyboard is after the page was drawn."""
        tags = [tag for tag in re.findall(r"<(?:input|button|a)[^>]*>", self.html) if re.search(r"\bautofocus\b", tag)]
        assert len(tags) == 1, tags
        return tags[0]
