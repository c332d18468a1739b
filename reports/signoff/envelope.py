"""The signed envelope (DSSE 1.0): https://github.com/secure-systems-lab/dsse."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.core.errors import UsageError

if TYPE_CHECKING:
    from securesystemslib.dsse import Envelope
    from securesystemslib.signer import CryptoSigner, SSlibKey

PAYLOAD_TYPE = "application/vnd.in-toto+json"
#: Bytes of the largest envelope that is read. Measured: 50 bytes a test, and 6 kB beside them for a run of one device.
LARGEST = 16 * 2**20
_SCHEMA = Path(__file__).parent.parent / "schema" / "dsse.schema.json"


def sealed(payload: bytes, signer: CryptoSigner | None) -> str:
    """The envelope as JSON without a byte that means nothing; without a signature where there is no signer."""
    from securesystemslib.dsse import Envelope

    envelope = Envelope(payload, PAYLOAD_TYPE, {})
    if signer is not None:
        envelope.sign(signer)
    return json.dumps(envelope.to_dict(), separators=(",", ":"))


def read_envelope(path: Path) -> Envelope:
    """The envelope of a file, not yet verified; UsageError where it is none, or not in the one form it has."""
    from securesystemslib.dsse import Envelope

    written = _fields(path)
    try:
        envelope = Envelope.from_dict(copy.deepcopy(written))
    except (ValueError, KeyError) as error:
        raise UsageError(f"{path} is no statement: its envelope cannot be decoded ({error})") from None
    if envelope.to_dict() != written:  # base64 has more than one form of the same bytes
        raise UsageError(f"{path} is no statement: its base64 has bits that mean nothing")
    return envelope


def objections(envelope: Envelope, key: SSlibKey) -> tuple[str, ...]:
    """Why an envelope is not what the owner of `key` signed; nothing where it is."""
    from securesystemslib.exceptions import VerificationError

    told = []
    if envelope.payload_type != PAYLOAD_TYPE:
        told.append(f"payload type: {envelope.payload_type!r:.80} is not {PAYLOAD_TYPE!r}")
    if key.keyid not in envelope.signatures:
        others = ", ".join(f"{keyid:.16}" for keyid in envelope.signatures)
        by = f"signed with the key {others}, not with" if others else "not signed, neither with"
        return (*told, f"signature: the statement is {by} the given key {key.keyid:.16}")
    try:
        envelope.verify([key], 1)
    except VerificationError:
        told.append("signature: it does not belong to this payload; one of both was changed")
    return tuple(told)


def _fields(path: Path) -> dict[str, Any]:
    """The JSON of an envelope, each key once and none that is not signed for."""
    import jsonschema

    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"{path} has {path.stat().st_size} bytes; a statement has at most {LARGEST}")
        fields = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_unique)
        jsonschema.validate(fields, json.loads(_SCHEMA.read_text(encoding="utf-8")))
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}; name the statement that signoff wrote") from None
    except jsonschema.ValidationError as error:
        raise UsageError(f"{path} is no statement in a DSSE envelope: {error.message[:120]}") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is no statement: it is no JSON ({error})") from None
    return dict(fields)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise ValueError("a key stands there twice")
    return dict(pairs)
