"""A web server on this machine that answers as a test says."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Web:
    """One answer for every address, until a test changes it; ``requests`` are headers, ``paths`` what was asked for."""

    def __init__(self, port: int) -> None:
        self.host = "127.0.0.1"
        self.url = f"http://{self.host}:{port}/agenda.ics"
        self.status, self.body, self.headers = 200, b"", {}
        self.seconds_between_bytes = 0.0
        self.requests = []
        self.paths = []


@contextmanager
def serve() -> Iterator[Web]:
    """Run the server for a while."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            web.requests.append(dict(self.headers))
            web.paths.append(self.path)
            etag = web.headers.get("ETag")
            unchanged = bool(etag) and self.headers.get("If-None-Match") == etag
            self.send_response(304 if unchanged else web.status)
            for name, value in web.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if unchanged:
                return
            if not web.seconds_between_bytes:
                self.wfile.write(web.body)
                return
            for byte in web.body:
                try:
                    self.wfile.write(bytes([byte]))
                except OSError:
                    return
                time.sleep(web.seconds_between_bytes)

        def log_message(self, *args: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    web = Web(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
