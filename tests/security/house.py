"""A house of the test's own, and somebody who visits it without a browser."""

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

START_SECONDS = 180


class House:
    """A running `baken run --demo`; `said` is all it has printed."""

    def __init__(self, home, process, log, temporary):
        self.home, self.process, self.log, self.temporary = home, process, log, temporary
        public, office = re.search(r"READY public=(\S+) office=(\S+)", self.said).groups()
        self.public, self.office = public, office

    @property
    def said(self):
        return self.log.read_text(errors="replace")


@contextlib.contextmanager
def running_house(folder):
    """Started in `folder`, with nothing of its own outside it."""
    home, temporary, log = (Path(folder) / name for name in ("home", "temporary", "terminal"))
    temporary.mkdir()
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("BAKEN_", "DJANGO_"))}
    own = {
        "BAKEN_HOME": str(home),
        "BAKEN_PUBLIC_PORT": str(_free_port()),
        "BAKEN_OFFICE_PORT": str(_free_port()),
        "BAKEN_WORKERS": "1",
        "TMPDIR": str(temporary),
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "baken", "run", "--demo"],
            env=plain | own, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        _wait(process, log)
        yield House(home, process, log, temporary)
    finally:
        process.terminate()
        process.wait(60)


def _wait(process, log):
    deadline = time.monotonic() + START_SECONDS
    while "READY public" not in log.read_text(errors="replace"):
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.2)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Visitor:
    """Keeps cookies and sends the proof that forms ask for."""

    def __init__(self, site, headers=None):
        self.place, self.cookies, self.headers = urlsplit(site), {}, headers or {}

    def get(self, path):
        return self._send("GET", path, None)

    def post(self, path, fields, files=()):
        proof = next((v for k, v in self.cookies.items() if k.endswith("csrf")), "")
        fields = {"csrfmiddlewaretoken": proof, **fields}
        if files:
            return self._send("POST", path, *_multipart(fields, files))
        kind = "application/x-www-form-urlencoded"
        return self._send("POST", path, urlencode(fields, doseq=True).encode(), kind)

    def _send(self, method, path, body, kind=""):
        connection = http.client.HTTPConnection(self.place.hostname, self.place.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **self.headers}
        connection.request(method, path, body, headers | ({"Content-Type": kind} if kind else {}))
        response = connection.getresponse()
        for line in response.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        answer = response.status, response.read().decode(errors="replace"), dict(response.headers)
        connection.close()
        return answer


def _multipart(fields, files):
    border = "grens0123456789"
    named = f"--{border}\r\nContent-Disposition: form-data; name="
    parts = [f'{named}"{name}"\r\n\r\n{text}\r\n'.encode() for name, text in fields.items()]
    for name, file_name, content in files:
        head = f'{named}"{name}"; filename="{file_name}"\r\n\r\n'
        parts.append(head.encode() + content + b"\r\n")
    return b"".join(parts) + f"--{border}--\r\n".encode(), f"multipart/form-data; boundary={border}"
