"""Is the site's proof asked for, is HTTP/2 spoken where offered, and is a proxy of the environment kept to?"""

from __future__ import annotations

import socket
import ssl
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import h2.connection
import h2.events
import pytest

from tracker.archive.allowance import Allowance
from tracker.archive.fetch import Failed, Failure, Fetched, Fetcher, Manners
from tracker.archive.politeness import Clock
from tracker.archive.wire import Wire
from tracker.domain.evidence import Request

QUICK = Manners(pause=0, attempts=1, read_timeout=5, total_timeout=10)

# A certificate for 127.0.0.1 that nobody trusts, valid from 2020 to 2119; it opens nothing.
CERTIFICATE = """MIIBWzCCAQCgAwIBAgIBATAKBggqhkjOPQQDAjATMREwDwYDVQQDDAhsb29wYmFjazAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEw\
MTAwMDAwMFowEzERMA8GA1UEAwwIbG9vcGJhY2swWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAR9PWd3dpkR9RNGc/VdXl8zkiNt\
hFzEgVAaPAvAIlymVxMHfFN3X+lNBhaEw8hTwDYGymeZqUm3/8oanvz+FNCCo0MwQTAPBgNVHREECDAGhwR/AAABMA8GA1UdEwEB\
/wQFMAMBAf8wHQYDVR0OBBYEFEfwZDdxT1doivRr9x2KiboS0fSBMAoGCCqGSM49BAMCA0kAMEYCIQDJRo9zmjlrRbOwbI6CVKKk\
uF3h464ENWjbQRuqG28UDAIhANP0MiA0hNj5tX1IZlUhoqnOpih1ZLWVzPWDoppqeKvT\
"""
KEY = """MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg1Nq+sUlH6nUcJrlnWdxCQU/1Gco16zUXQn9XCozazMuhRANCAAR9\
PWd3dpkR9RNGc/VdXl8zkiNthFzEgVAaPAvAIlymVxMHfFN3X+lNBhaEw8hTwDYGymeZqUm3/8oanvz+FNCC\
"""


def pem(kind: str, text: str) -> str:
    return f"-----BEGIN {kind}-----\n{textwrap.fill(text, 64)}\n-----END {kind}-----\n"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    path = tmp_path / "loopback.pem"
    path.write_text(pem("CERTIFICATE", CERTIFICATE))
    return path


class SecureSite:
    """Speaks HTTP/2 over TLS on loopback: no robots.txt, a document at every other path."""

    def __init__(self, certificate: Path) -> None:
        key = certificate.with_suffix(".key")
        key.write_text(pem("PRIVATE " + "KEY", KEY))
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)
        self.context.set_alpn_protocols(["h2"])
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self.listener.getsockname()[1]}"
        self.asked: list[str] = []

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            try:
                with self.context.wrap_socket(connection, server_side=True) as secure:
                    self.answer(secure)
            except OSError:
                connection.close()

    def answer(self, secure: ssl.SSLSocket) -> None:
        machine = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        machine.initiate_connection()
        secure.sendall(machine.data_to_send())
        while data := secure.recv(65536):
            for event in machine.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    path = dict(event.headers)[b":path"].decode()
                    self.asked.append(path)
                    machine.send_headers(
                        event.stream_id, [(":status", "404" if path == "/robots.txt" else "200"), ("etag", '"h2"')]
                    )
                    machine.send_data(event.stream_id, b"<votes/>", end_stream=True)
            secure.sendall(machine.data_to_send())


@pytest.fixture
def secure(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SecureSite]:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    site = SecureSite(certificate)
    thread = threading.Thread(target=site.serve, daemon=True)
    thread.start()
    yield site
    site.listener.shutdown(socket.SHUT_RDWR)
    site.listener.close()
    thread.join()


def test_a_site_that_cannot_prove_itself_is_not_read(secure: SecureSite) -> None:
    with Fetcher(Manners(pause=0)) as fetcher:
        got = fetcher.fetch(Request(secure.url + "/doc", "doc"))
    assert isinstance(got, Failed)
    assert got.code is Failure.TLS
    assert "self-signed certificate" in got.message
    assert "ESCRUTINIO_CA_FILE" in got.message
    assert secure.asked == []


def test_a_certificate_named_in_the_settings_is_trusted(secure: SecureSite, certificate: Path) -> None:
    with Fetcher(Manners(pause=0, attempts=1, ca_file=certificate)) as fetcher:
        got = fetcher.fetch(Request(secure.url + "/doc", "doc"))
    assert isinstance(got, Fetched)
    assert (got.content, got.etag) == (b"<votes/>", '"h2"')


def test_a_certificate_for_another_name_is_not_accepted(secure: SecureSite, certificate: Path) -> None:
    with Fetcher(Manners(pause=0, ca_file=certificate)) as fetcher:
        got = fetcher.fetch(Request(secure.url.replace("127.0.0.1", "localhost") + "/doc", "doc"))
    assert isinstance(got, Failed)
    assert got.code is Failure.TLS
    assert "Hostname mismatch" in got.message


def test_http_2_is_spoken_where_it_is_offered_on_one_connection(secure: SecureSite, certificate: Path) -> None:
    clock = Clock()
    wire = Wire(Manners(pause=0, ca_file=certificate), "escrutinio", clock)
    answers = [wire.ask(f"{secure.url}/{n}", {}, 100, Allowance(10, clock)) for n in range(3)]
    wire.close()
    assert [answer.http_version for answer in answers] == ["HTTP/2"] * 3
    assert secure.asked == ["/0", "/1", "/2"]


def test_a_proxy_of_the_environment_is_used_but_not_for_this_machine(
    site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", site.url)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    site.on("http://votes.example.org/doc", site.send(200, b"through the proxy"))
    site.on("/doc", site.send(200, b"direct"))
    with Fetcher(QUICK) as fetcher:
        far = fetcher.fetch(Request("http://votes.example.org/doc", "doc"))
        near = fetcher.fetch(Request(site.url + "/doc", "doc"))
    assert isinstance(far, Fetched)
    assert isinstance(near, Fetched)
    assert (far.content, near.content) == (b"through the proxy", b"direct")


def test_a_dripping_site_behind_a_proxy_is_cut_off_too(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not site.over.wait(0.02):
            handler.wfile.write(b"X")

    monkeypatch.setenv("http_proxy", site.url)
    site.on("http://votes.example.org/doc", answer)
    with Fetcher(Manners(pause=0, total_timeout=0.4)) as fetcher:
        got = fetcher.fetch(Request("http://votes.example.org/doc", "doc"))
    assert isinstance(got, Failed)
    assert got.code is Failure.TOTAL_TIME
