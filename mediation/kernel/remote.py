"""Fetch a file from an address that somebody typed, without being sent where they could not go themselves."""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

SECONDS = 10
MOST_REDIRECTS = 3
REDIRECTS = {301, 302, 303, 307, 308}
CHUNK = 64 * 1024
HEADERS = {"User-Agent": "mediation-numerique", "Accept": "text/calendar, */*;q=0.5", "Accept-Encoding": "identity"}


NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotFetched(Exception):
    """Nothing usable came back; ``code``: address, forbidden, away, refused (by status), gone, large, redirects."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Fetched:
    """What an address gave: ``data`` is None where nothing changed since ``etag``."""

    data: bytes | None
    etag: str


def check_address(url: str, *, trusted_hosts: Collection[str] = ()) -> SplitResult:
    """Return the parts of an address that may be fetched: HTTPS, or a host that the installation trusts."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotFetched("address") from None
    if not parts.hostname or parts.username or parts.password or port == 0 or not url.isascii():
        raise NotFetched("address")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in trusted_hosts):
        raise NotFetched("address")
    return parts


def fetch(url: str, *, at_most: int, etag: str = "", trusted_hosts: Collection[str] = ()) -> Fetched:
    """Return what stands at ``url``, at most ``at_most`` bytes within ten seconds; raises NotFetched.

    Hosts of this machine or of a private network are refused unless ``trusted_hosts`` names them, at every redirect
    and for the very address that is connected to, so that no answer of a name server changes in between.
    """
    deadline = time.monotonic() + SECONDS
    for _hop in range(MOST_REDIRECTS + 1):
        parts = check_address(url, trusted_hosts=trusted_hosts)
        connection = _connection(parts, trusted_hosts, deadline)
        # A socket's own limit starts again with each byte: somebody who sends one a second would keep us for a day.
        watchdog = threading.Timer(max(0.1, deadline - time.monotonic()), _cut_off, [connection])
        watchdog.start()
        try:
            connection.request("GET", _target(parts), headers=HEADERS | ({"If-None-Match": etag} if etag else {}))
            with connection.getresponse() as response:
                if response.status not in REDIRECTS:
                    return _read(response, etag, at_most, deadline)
                url = urljoin(url, response.getheader("Location", ""))
        except (OSError, http.client.HTTPException, ValueError):
            raise NotFetched("away") from None
        finally:
            watchdog.cancel()
            connection.close()
    raise NotFetched("redirects")


def _cut_off(connection: "_SafeHTTP | _SafeHTTPS") -> None:
    if connection.wire is not None:
        with contextlib.suppress(OSError):
            connection.wire.shutdown(socket.SHUT_RDWR)


def _target(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _read(response: http.client.HTTPResponse, etag: str, at_most: int, deadline: float) -> Fetched:
    if response.status == http.HTTPStatus.NOT_MODIFIED and etag:
        return Fetched(None, etag)
    if response.status in {http.HTTPStatus.NOT_FOUND, http.HTTPStatus.GONE}:
        raise NotFetched("gone")
    # Nobody asked for a compressed answer: a few bytes of it could become gigabytes.
    if response.status != http.HTTPStatus.OK or response.getheader("Content-Encoding", "identity") != "identity":
        raise NotFetched("refused")
    data = bytearray()
    while chunk := response.read1(CHUNK):
        data += chunk
        if len(data) > at_most:
            raise NotFetched("large")
    if time.monotonic() > deadline:
        raise NotFetched("away")
    return Fetched(bytes(data), response.getheader("ETag", "")[:200])


def _connection(parts: SplitResult, trusted_hosts: Collection[str], deadline: float) -> "_SafeHTTP | _SafeHTTPS":
    host = parts.hostname or ""
    seconds = max(0.1, deadline - time.monotonic())
    kind = _SafeHTTPS if parts.scheme == "https" else _SafeHTTP
    connection = kind(host, parts.port, timeout=seconds)
    connection.any_address = host in trusted_hosts
    return connection


class _SafeHTTP(http.client.HTTPConnection):
    """A connection to a public address, checked when it is made."""

    any_address = False
    wire: socket.socket | None = None

    def connect(self) -> None:
        self.sock = self.wire = _connect(self.host, self.port, self.timeout or SECONDS, any_address=self.any_address)


class _SafeHTTPS(http.client.HTTPSConnection):
    """The same, over TLS with the name that was asked for."""

    any_address = False
    wire: socket.socket | None = None

    def connect(self) -> None:
        plain = _connect(self.host, self.port, self.timeout or SECONDS, any_address=self.any_address)
        secure = ssl.create_default_context().wrap_socket(
            plain, server_hostname=self.host, do_handshake_on_connect=False
        )
        self.sock = self.wire = secure
        secure.do_handshake()


def _connect(host: str, port: int, seconds: float, *, any_address: bool) -> socket.socket:
    found = [info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    allowed = [address for address in found if any_address or is_public(str(address))]
    if not allowed:
        raise NotFetched("forbidden")
    problem: OSError | None = None
    for address in allowed:
        try:
            return socket.create_connection((str(address), port), timeout=seconds)
        except OSError as error:
            problem = error
    raise problem or OSError(host)


def is_public(address: str) -> bool:
    """Say whether an IP address is on the public internet, also where it is wrapped in another one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)
