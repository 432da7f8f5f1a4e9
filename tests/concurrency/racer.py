"""One visitor of a race, in a process of its own: opens a page, waits for the start, sends its form, says what it got.

Standard library only, so that fifty of them start quickly. Reads one JSON object on its standard input
(host, port, cookie, page, action, form), then a line that means "go"; writes one JSON object.
"""

import json
import re
import sys
import time
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlencode

CSRF_FIELD = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PATIENCE = 60


def ask(what: dict, method: str, path: str, body: str | None, headers: dict) -> tuple[HTTPResponse, str]:
    """Send one request and read the whole answer."""
    connection = HTTPConnection(what["host"], what["port"], timeout=PATIENCE)
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    return response, response.read().decode()


def main() -> None:
    """Run one visitor."""
    what = json.loads(sys.stdin.readline())
    cookie = {"Cookie": what["cookie"]}
    page, html = ask(what, "GET", what["page"], None, cookie)
    token = CSRF_FIELD.search(html)
    kept = [value.split(";")[0] for name, value in page.getheaders() if name.lower() == "set-cookie"]
    headers = {"Cookie": "; ".join([what["cookie"], *kept]), "Content-Type": "application/x-www-form-urlencoded"}
    form = {"csrfmiddlewaretoken": token.group(1) if token else "", **what["form"]}
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    start = time.monotonic()
    response, body = ask(what, "POST", what["action"], urlencode(form), headers)
    seconds = time.monotonic() - start
    answer = {"status": response.status, "location": response.getheader("Location") or ""}
    json.dump({**answer, "body": body, "seconds": seconds}, sys.stdout)


main()
