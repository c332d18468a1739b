"""Ed25519 keys as files: the private one for its owner only, outside of any repository, and never shown."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from harness.core.errors import UsageError

if TYPE_CHECKING:
    from securesystemslib.signer import CryptoSigner, SSlibKey


def generate(path: Path, password: bytes | None = None) -> Path:
    """Write a new private key (PEM, PKCS 8, mode 0600) to `path` and its public key (PEM) beside it, with .pub added to
    the name, which is given back. UsageError where either exists, or where git would take the private key in.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        NoEncryption,
        PrivateFormat,
        PublicFormat,
    )

    public = path.with_name(path.name + ".pub")
    _require_outside_of_git(path)
    key = Ed25519PrivateKey.generate()
    sealing = BestAvailableEncryption(password) if password else NoEncryption()
    _create(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, sealing), 0o600)
    try:
        pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        _create(public, pem, 0o644)
    except UsageError:
        path.unlink()
        raise
    return public


def read_private(path: Path, password: bytes | None = None) -> CryptoSigner:
    """What signs with the private key of a file; UsageError where others may read it, or where it is none."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from securesystemslib.signer import CryptoSigner

    content = _read(path)
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise UsageError(f"{path} can be read by others, so that it is no private key; run: chmod 600 {path}")
    try:
        key = load_pem_private_key(content, password)
    except TypeError:  # a password is wanted, or one is given where none is
        wanted = "needs a password: name its environment variable with --password-env" if password is None else (
            "has no password: leave --password-env out"
        )  # fmt: skip
        raise UsageError(f"the private key {path} {wanted}") from None
    except (ValueError, UnsupportedAlgorithm):
        raise UsageError(f"{path} is no private key, or the password is wrong; expected PEM, PKCS 8") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise UsageError(f"{path} is no ed25519 key; make one: rerank-harness keys generate --out NAME")
    return CryptoSigner(key)


def read_public(path: Path) -> SSlibKey:
    """The public key of a file; UsageError where it is none."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key
    from securesystemslib.signer import SSlibKey

    try:
        key = load_pem_public_key(_read(path))
    except (ValueError, UnsupportedAlgorithm):
        raise UsageError(f"{path} is no public key; expected PEM, as in the .pub that `keys generate` writes") from None
    if not isinstance(key, Ed25519PublicKey):
        raise UsageError(f"{path} is no ed25519 key, which is what statements are signed with")
    return SSlibKey.from_crypto(key)


def _create(path: Path, content: bytes, mode: int) -> None:
    """Write a new file, from the first moment with `mode` at most."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content)
    except FileExistsError:
        raise UsageError(f"{path} exists, and a key is never overwritten; name another file") from None
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from None


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(2**16)  # a key has a few hundred bytes
    except OSError as error:
        raise UsageError(f"cannot read the key {path}: {error.strerror}") from None


def _require_outside_of_git(path: Path) -> None:
    place = path.resolve()
    if not any((above / ".git").exists() for above in place.parents):
        return
    there = next(above for above in place.parents if above.is_dir())
    unset = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        asked = ["git", "-C", str(there), "check-ignore", "--quiet", str(place)]
        ignored = subprocess.run(asked, capture_output=True, env=unset, check=False).returncode == 0
    except OSError:
        ignored = False
    if not ignored:
        raise UsageError(f"{path} lies in a git repository that does not ignore it; keep private keys elsewhere")
