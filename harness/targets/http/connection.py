"""Where a server is and how it is reached: address, key, headers, certificates, time-outs."""

from __future__ import annotations

import os
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from harness.core.errors import UsageError


@dataclass(frozen=True, slots=True)
class Connection:
    """How to reach a server, in a user's words. Secrets are read from the environment and kept out of every repr."""

    api_key_env: str | None = None
    """Name of the environment variable that holds the key; it is sent as `Authorization: Bearer`."""
    headers: tuple[str, ...] = field(default=(), repr=False)
    """Further headers, each as "Name: value"."""
    ca_file: Path | None = None
    """Certificates to trust beside the system's, in PEM format."""
    timeout: float = 60.0
    """Seconds that one request may take from its first byte to the last of its answer."""
    concurrency: int = 4
    """Requests under way at once."""
    model_name: str | None = None
    """The name under which the server serves the model; found out where None."""
    pid: int | None = None
    """Process id of a server on this machine, so that its memory can be watched."""

    def secret_headers(self) -> dict[str, str]:
        """The key and the further headers; UsageError for a variable that is not set or a header without a name."""
        sent = dict(_header(line) for line in self.headers)
        if self.api_key_env is None:
            return sent
        key = os.environ.get(self.api_key_env, "").strip()
        if not key:
            raise UsageError(f"the environment variable {self.api_key_env} holds no API key; export it first")
        return sent | {"Authorization": f"Bearer {key}"}

    def certificates(self) -> ssl.SSLContext | bool:
        """What httpx verifies certificates with; UsageError for a file that holds none."""
        if self.ca_file is None:
            return True
        context = ssl.create_default_context()
        try:
            context.load_verify_locations(self.ca_file)
        except (OSError, ssl.SSLError) as error:
            raise UsageError(f"{self.ca_file} holds no certificates in PEM format ({error})") from None
        return context


def _header(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon or not name.strip() or not (name + value).isprintable() or not (name + value).isascii():
        raise UsageError(f"a header must read 'Name: value' in printable ASCII; the one named {name[:40]!r} does not")
    return name.strip(), value.strip()


@dataclass(frozen=True, slots=True)
class Address:
    """`dialect` is None where it has to be found out; `url` has no slash at its end."""

    dialect: str | None
    url: str

    @classmethod
    def parse(cls, spec: str) -> Address:
        """The address of `[dialect+]http[s]://host[:port][/base]`; UsageError for anything else."""
        dialect, plus, url = spec.partition("+") if "+" in spec.partition("://")[0] else ("", "", spec)
        parts = _split(url, spec)
        if parts.username or parts.password:
            raise UsageError("a key or password must not stand in the URL; use --api-key-env or --header")
        return cls(dialect if plus else None, parts._replace(query="", fragment="").geturl().rstrip("/"))


def _split(url: str, spec: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise UsageError(f"target {spec.rpartition('@')[2]!r} must read [dialect+]http[s]://host[:port][/base]")
    return parts


def is_http(spec: str) -> bool:
    """Whether a target's spec names a server reached over HTTP."""
    scheme = spec.partition("://")[0].rpartition("+")[2]
    return "://" in spec and scheme in ("http", "https")
