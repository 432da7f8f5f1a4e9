"""Files fetched from addresses that people type: little, soon, and only from where everybody may go."""

import socket
import time

import pytest

from mediation.kernel import remote
from mediation.kernel.remote import NotFetched, check_address, fetch, is_public
from tests.kernel.web import serve

TRUSTED = {"127.0.0.1"}


@pytest.fixture
def web():
    with serve() as web:
        yield web


def refusal(url, **options) -> str:
    with pytest.raises(NotFetched) as refused:
        fetch(url, **{"at_most": 1000, **options})
    return refused.value.code


def test_a_file_comes_with_its_tag_and_is_not_sent_again(web):
    web.body, web.headers = b"BEGIN", {"ETag": '"1"'}
    first = fetch(web.url, at_most=1000, trusted_hosts=TRUSTED)
    assert (first.data, first.etag) == (b"BEGIN", '"1"')
    assert fetch(web.url, at_most=1000, etag=first.etag, trusted_hosts=TRUSTED).data is None
    assert web.requests[1]["If-None-Match"] == '"1"'


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"status": 404}, "gone"),
        ({"status": 410}, "gone"),
        ({"status": 401}, "refused"),
        ({"status": 500}, "refused"),
        ({"status": 304}, "refused"),
        ({"body": b"x" * 1001}, "large"),
        ({"body": b"x", "headers": {"Content-Encoding": "gzip"}}, "refused"),
        ({"status": 302, "headers": {"Location": "/agenda.ics"}}, "redirects"),
        ({"status": 302, "headers": {"Location": "file:///etc/passwd"}}, "address"),
        ({"status": 302, "headers": {"Location": "http://169.254.169.254/latest/meta-data/"}}, "address"),
        ({"status": 302, "headers": {"Location": "https://169.254.169.254/latest/meta-data/"}}, "forbidden"),
        ({"status": 302}, "redirects"),
    ],
)
def test_what_is_of_no_use_is_refused(web, answer, code):
    for name, value in answer.items():
        setattr(web, name, value)
    assert refusal(web.url, trusted_hosts=TRUSTED) == code


def test_who_sends_a_byte_at_a_time_is_cut_off(web, monkeypatch):
    monkeypatch.setattr(remote, "SECONDS", 0.5)
    web.body, web.seconds_between_bytes = b"x" * 100, 0.1
    began = time.monotonic()
    assert refusal(web.url, trusted_hosts=TRUSTED) == "away"
    assert time.monotonic() - began < 5


def test_nobody_answers(web):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert refusal(f"http://127.0.0.1:{port}/", trusted_hosts=TRUSTED) == "away"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "agenda",
        "http://agenda.example.org/",
        "ftp://agenda.example.org/",
        "file:///etc/passwd",
        "https://",
        "https://user:secret@agenda.example.org/",
        "https://agenda.example.org:99999/",
        "https://[",
        "https://agenda.example.org/é",
    ],
)
def test_an_address_is_https_and_whole(url):
    with pytest.raises(NotFetched):
        check_address(url)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fc00::1"])
def test_a_name_that_leads_to_this_network_is_refused(monkeypatch, address):
    """Whatever its name server says: the address that is checked is the one that is connected to."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_args, **_options: [(family, socket.SOCK_STREAM, 6, "", (address, 443))]
    )
    assert refusal("https://agenda.example.org/") == "forbidden"


@pytest.mark.parametrize(
    "address", ["0.0.0.0", "100.64.0.1", "192.168.1.1", "224.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fe80::1%eth0"]
)
def test_wrapped_and_special_addresses_are_not_public(address):
    assert not is_public(address)


def test_public_addresses_are():
    assert is_public("8.8.8.8")
    assert is_public("2606:4700::1111")
