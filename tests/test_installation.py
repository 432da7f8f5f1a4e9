"""What docs/installation.md has the city's IT department type does what the page says of it."""

import datetime as dt
import re
from types import SimpleNamespace

from django.conf import settings
from gunicorn.config import Config
from gunicorn.glogging import Logger

PAGE = (settings.BASE_DIR / "docs" / "installation.md").read_text()
SEARCHED = "Durand"


def test_nginx_logs_no_address_with_what_was_searched():
    (name, logged) = re.search(r"^log_format (\w+) '(.*)';$", PAGE, re.MULTILINE).groups()
    told = set(re.findall(r"\$\w+", logged))
    assert "$uri" in told
    assert not told & {"$request", "$request_uri", "$args", "$query_string", "$http_referer"}
    logs = re.findall(r"^ +access_log (.*);$", PAGE, re.MULTILINE)
    assert logs[0].endswith(f" {name}")
    assert set(logs[1:]) == {"off"}


def test_gunicorn_would_log_none_either():
    logged = re.search(r'--access-logformat "(.*)"$', PAGE, re.MULTILINE).group(1).replace("%%", "%")
    atoms = Logger(Config()).atoms(
        SimpleNamespace(status="200 OK", sent=9, headers=[]),
        SimpleNamespace(headers=[("REFERER", f"/personnes/?q={SEARCHED}")]),
        {
            "REQUEST_METHOD": "GET",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "RAW_URI": f"/personnes/?q={SEARCHED}",
            "PATH_INFO": "/personnes/",
            "QUERY_STRING": f"q={SEARCHED}",
            "HTTP_REFERER": f"/personnes/?q={SEARCHED}",
        },
        dt.timedelta(seconds=1),
    )
    line = logged % {**atoms, "h": "203.0.113.7"}
    assert "GET /personnes/ 200" in line
    assert SEARCHED not in line
