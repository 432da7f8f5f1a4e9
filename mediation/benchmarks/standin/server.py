"""The stand-in itself: one address that operators' clients call, one by which other processes steer it."""

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from mediation.benchmarks.standin.behaviour import Behaviour
from mediation.benchmarks.standin.callbacks import Callbacks, Plan
from mediation.benchmarks.standin.ledger import Ledger
from mediation.benchmarks.standin.operators import Answer, Callr, Desk, Request, Twilio, to_bytes

LOOPBACK = "127.0.0.1"


class StandIn:
    """Twilio and CALLR on this machine; use it in a ``with``, or ``start`` and ``stop`` it.

    ``url`` goes into TWILIO_BASE_URL and CALLR_BASE_URL. ``control_url`` takes POST of JSON at /behave ({"refuse":
    {"code": 21614, "times": 3}}, {"end": {"ending": "cut", "share": 0.05}}, {"delay": {"seconds": 0.1}}, …), /down,
    /up, /callbacks, /reset, and GET at /taken. Secrets are the same for everybody: it is no secret.
    """

    SID = "AC" + "0" * 32
    TOKEN = "stand-in-token"  # noqa: S105
    CALLR_LOGIN = "stand-in"
    CALLR_PASSWORD = "stand-in-password"  # noqa: S105
    CALLR_SECRET = "stand-in-secret"  # noqa: S105

    def __init__(self, *, port: int = 0, control_port: int = 0, seed: int = 0) -> None:
        self.ledger = Ledger()
        self.behaviour = Behaviour(seed)
        self.callbacks = Callbacks(token=self.TOKEN, callr_secret=self.CALLR_SECRET, seed=seed)
        desk = Desk(self.ledger, self.behaviour, self.callbacks.follow)
        self._operators = (
            Twilio(desk, sid=self.SID, token=self.TOKEN),
            Callr(desk, login=self.CALLR_LOGIN, password=self.CALLR_PASSWORD),
        )
        self._server = Server(port, self._answer)
        self._control = Server(control_port, self._steer)
        self.url = f"http://{LOOPBACK}:{self._server.port}"
        self.control_url = f"http://{LOOPBACK}:{self._control.port}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def start(self) -> None:
        """Listen."""
        self._server.start()
        self._control.start()

    def stop(self) -> None:
        """Stop listening, for good."""
        self._server.stop()
        self._control.stop()

    def go_down(self) -> None:
        """Refuse connections until ``come_up``; those that are open are closed."""
        self._server.stop()

    def come_up(self) -> None:
        """Listen again, at the same address."""
        self._server.start()

    def reset(self) -> None:
        """Behave, be there, and forget what was taken."""
        self.behaviour.calm()
        self.ledger.clear()
        self.callbacks.plan = None
        self.callbacks.statuses.clear()
        self.come_up()

    def settings(self) -> dict[str, str]:
        """Return the settings that point both gateways here."""
        return {
            "TWILIO_ACCOUNT_SID": self.SID,
            "TWILIO_AUTH_TOKEN": self.TOKEN,
            "TWILIO_BASE_URL": self.url,
            "CALLR_LOGIN": self.CALLR_LOGIN,
            "CALLR_PASSWORD": self.CALLR_PASSWORD,
            "CALLR_WEBHOOK_SECRET": self.CALLR_SECRET,
            "CALLR_BASE_URL": self.url,
        }

    def _answer(self, request: Request) -> Answer:
        for operator in self._operators:
            if answer := operator.answer(request):
                return answer
        return Answer(404)

    def _steer(self, request: Request) -> Answer:
        if request.method == "GET":
            return Answer(200, [taken.to_json() for taken in self.ledger.all()])
        steps: dict[str, Callable[[Mapping[str, Any]], None]] = {
            "/behave": self._behave,
            "/callbacks": self._plan,
            "/down": lambda _told: self.go_down(),
            "/up": lambda _told: self.come_up(),
            "/reset": lambda _told: self.reset(),
        }
        if request.path not in steps:
            return Answer(404)
        steps[request.path](request.form)
        return Answer(204)

    def _behave(self, told: Mapping[str, Any]) -> None:
        for name, how in told.items():
            getattr(self.behaviour, name)(**how)

    def _plan(self, told: Mapping[str, Any]) -> None:
        self.callbacks.posted_to = told.get("posted_to", "")
        self.callbacks.callr_url = told.get("callr_url", "")
        self.callbacks.plan = Plan(**told["plan"]) if told.get("plan") else None


class Server:
    """Listens at one port of this machine, and can stop and come back there."""

    def __init__(self, port: int, app: Callable[[Request], Answer]) -> None:
        self._app = app
        self._http: _Listener | None = _Listener((LOOPBACK, port), _Handler)
        self.port: int = self._http.server_address[1]
        self._is_running = False

    def start(self) -> None:
        """Listen; nothing changes where it does already."""
        if self._is_running:
            return
        if self._http is None:
            self._http = _Listener((LOOPBACK, self.port), _Handler)
        self._http.app = self._app
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self._is_running = True

    def stop(self) -> None:
        """Close the port and every connection to it."""
        if self._http is None:
            return
        if self._is_running:
            self._http.shutdown()
        self._http.server_close()
        self._http.cut_all()
        self._http, self._is_running = None, False


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128
    app: Callable[[Request], Answer]

    def __init__(self, *args: Any) -> None:
        self._open: set[socket.socket] = set()
        super().__init__(*args)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client that is killed in the middle is what the stand-in is for."""

    def cut_all(self) -> None:
        """Break off what is open."""
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listener

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def log_message(self, *_words: object) -> None:
        """Say nothing."""

    def _serve(self) -> None:
        answer = self.server.app(self._request())
        if answer.is_cut:
            self.close_connection = True
            return
        body = to_bytes(answer)
        headers = {"Content-Type": "application/json", "Content-Length": str(len(body)), **answer.headers}
        lines = [f"HTTP/1.1 {answer.status} -", *(f"{name}: {value}" for name, value in headers.items())]
        # One write: two of them wait for each other's acknowledgement.
        self.wfile.write("\r\n".join([*lines, "", ""]).encode() + body)

    def _request(self) -> Request:
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        is_json = self.headers.get("Content-Type", "").startswith("application/json")
        address = urlsplit(self.path)
        return Request(
            method=self.command,
            path=address.path,
            query=dict(parse_qsl(address.query)),
            form=(json.loads(raw) if raw else {}) if is_json else dict(parse_qsl(raw.decode(), keep_blank_values=True)),
            authorization=self.headers.get("Authorization", ""),
        )
