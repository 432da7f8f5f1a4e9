"""The visitors of a race, each a process: open a page, wait for the start, send their form, say what they got.

One process starts, with the standard library only, and the visitors are forked from it: fifty starts of Python take
longer than most races. Reads on its standard input a list of JSON objects (host, port, cookie, page, action, form), one
for each visitor; says "ready" when all have their page; reads a line that means "go"; writes the list of their answers.
"""

import json
import os
import re
import sys
import time
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlencode

CSRF_FIELD = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PATIENCE = 60
READY = "ready\n"


def ask(what: dict, method: str, path: str, body: str | None, headers: dict) -> tuple[HTTPResponse, str]:
    """Send one request and read the whole answer."""
    connection = HTTPConnection(what["host"], what["port"], timeout=PATIENCE)
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    return response, response.read().decode()


def visit(what: dict, start: int, answers: int) -> None:
    """Run one visitor: it sends its form when a byte arrives at ``start``, and nothing where none comes any more."""
    cookie = {"Cookie": what["cookie"]}
    page, html = ask(what, "GET", what["page"], None, cookie)
    token = CSRF_FIELD.search(html)
    kept = [value.split(";")[0] for name, value in page.getheaders() if name.lower() == "set-cookie"]
    headers = {"Cookie": "; ".join([what["cookie"], *kept]), "Content-Type": "application/x-www-form-urlencoded"}
    form = {"csrfmiddlewaretoken": token.group(1) if token else "", **what["form"]}
    with os.fdopen(answers, "w") as out:
        out.write(READY)
        out.flush()
        if not os.read(start, 1):
            return
        started = time.monotonic()
        response, body = ask(what, "POST", what["action"], urlencode(form), headers)
        seconds = time.monotonic() - started
        answer = {"status": response.status, "location": response.getheader("Location") or ""}
        json.dump({**answer, "body": body, "seconds": seconds}, out)


def fork(what: dict, start: tuple[int, int]) -> int:
    """Start one visitor and return where it answers."""
    answers, written = os.pipe()
    if os.fork():
        os.close(written)
        return answers
    # Held open here, the start would never be seen to end.
    os.close(start[1])
    try:
        visit(what, start[0], written)
    finally:
        sys.stderr.flush()
        os._exit(0)


def main() -> None:
    """Run one race."""
    visitors = json.loads(sys.stdin.readline())
    start = os.pipe()
    heard = [os.fdopen(fork(what, start)) for what in visitors]
    if all(one.readline() == READY for one in heard):
        sys.stdout.write(READY)
        sys.stdout.flush()
        sys.stdin.readline()
        os.write(start[1], b"." * len(visitors))
        json.dump([json.loads(one.read()) for one in heard], sys.stdout)


main()
