"""How a server is reached: address, key, headers, certificates, proxies, and secrets that stay secret."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from harness.core.errors import TargetError, UsageError
from harness.engine.serve import Serving, open_service
from harness.serving.run import served
from harness.targets.http.client import Client
from harness.targets.http.connection import Address, Connection, is_http
from harness.targets.http.exchange import Call
from harness.targets.http.target import HttpTarget


@pytest.mark.parametrize(
    ("spec", "dialect", "url"),
    [
        ("http://127.0.0.1:8080", None, "http://127.0.0.1:8080"),
        ("tei+http://host:80/base/", "tei", "http://host:80/base"),
        ("cohere-v1+https://api.host.com", "cohere-v1", "https://api.host.com"),
        ("http://[::1]:8080/", None, "http://[::1]:8080"),
    ],
)
def test_an_address_is_a_dialect_and_a_url(spec: str, dialect: str | None, url: str) -> None:
    assert (is_http(spec), Address.parse(spec)) == (True, Address(dialect, url))


@pytest.mark.parametrize("spec", ["reference", "python:a:b", "ftp://host", "recorded:http"])
def test_other_targets_are_no_addresses(spec: str) -> None:
    assert not is_http(spec)


def test_a_password_in_the_address_is_refused_without_showing_it() -> None:
    with pytest.raises(UsageError) as caught:
        Address.parse("http://me:secret@host")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("line", ["no colon", ": value", "A\n: b", "Ä: b", "A: ☃"])
def test_a_header_that_is_none_is_refused(line: str) -> None:
    with pytest.raises(UsageError, match="must read 'Name: value'"):
        Connection(headers=(line,)).secret_headers()


def test_a_key_is_read_from_the_environment_and_shown_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_KEY", "correct-horse")
    connection = Connection(api_key_env="A_KEY", headers=("X-Team: battery",))
    assert connection.secret_headers() == {"X-Team": "battery", "Authorization": "Bearer correct-horse"}
    assert "correct-horse" not in repr(connection) + repr(Client("http://h", connection))
    assert "battery" not in repr(connection)


def test_a_server_with_a_key_below_a_base_path_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_KEY", "correct-horse")
    inner = open_service(Serving(dialect="vllm", stub=True, api_key_env="A_KEY")).application()
    with served(Starlette(routes=[Mount("/base", app=inner)])) as url:
        target = HttpTarget.open(f"{url}/base", Connection(api_key_env="A_KEY"))
        assert len(target.score("q", ["a", "b"], None)) == 2
        curl = target.server.curl(target.server.dialect.call(_ask(), None))
        target.server.client.close()
    assert (curl.endswith('-H "authorization: Bearer $A_KEY"'), "correct-horse" in curl) == (True, False)


@pytest.mark.parametrize("named", ["", "tei+"])
def test_the_right_key_is_needed(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_KEY", "correct-horse")
    with (
        served(open_service(Serving(stub=True, api_key_env="A_KEY")).application()) as url,
        pytest.raises(TargetError, match="is the key right"),
    ):
        HttpTarget.open(f"{named}{url}", Connection())


def test_a_file_that_holds_no_certificates_is_named(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate")
    with pytest.raises(UsageError, match="holds no certificates"):
        Connection(ca_file=tmp_path / "ca.pem").certificates()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not on PATH")
    path = tmp_path / "server.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(tmp_path / "key.pem"), "-out", str(path)],
        check=True, capture_output=True,
    )  # fmt: skip
    return path


class Handler(BaseHTTPRequestHandler):
    """Answers every path, and keeps the paths that were asked."""

    asked: list[str]

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        self.send_response(200)
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def plain() -> Iterator[tuple[HTTPServer, type[Handler]]]:
    kind = type("Kept", (Handler,), {"asked": []})
    server = HTTPServer(("127.0.0.1", 0), kind)
    yield server, kind
    server.shutdown()
    server.server_close()


def test_a_certificate_is_trusted_only_if_it_is_named(
    certificate: Path, plain: tuple[HTTPServer, type[Handler]]
) -> None:
    server, _ = plain
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.parent / "key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    url = f"https://127.0.0.1:{server.server_port}"
    trusting, wary = Client(url, Connection(ca_file=certificate)), Client(url)
    assert trusting.send(Call("GET", "/")).json() == {}
    with pytest.raises(TargetError, match="certificate"):
        wary.send(Call("GET", "/"))
    trusting.close()
    wary.close()


def test_a_proxy_is_used_for_other_machines_and_not_for_this_one(
    plain: tuple[HTTPServer, type[Handler]], monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy, kind = plain
    threading.Thread(target=proxy.serve_forever, args=(0.05,), daemon=True).start()
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.server_port}")
    for url in ("http://reranker.example", f"http://127.0.0.1:{proxy.server_port}"):
        client = Client(url)
        client.send(Call("GET", "/where"))
        client.close()
    assert kind.asked == ["http://reranker.example/where", "/where"]


def _ask() -> object:
    from harness.targets.http.dialect import Ask

    return Ask("q", ("a",))
