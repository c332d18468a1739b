"""The envelope: not a byte of it can be changed, and nothing in it is believed that was not signed."""

import json
from contextlib import suppress
from typing import Any

import pytest

from harness.core.errors import UsageError
from reports.signoff.keys import generate


def test_another_key_is_named(desk: Any) -> None:
    desk.sign(key=generate(desk.folder / "other").with_suffix(""))
    (told,) = desk.check().mismatches
    assert told.startswith("signature: the statement is signed with the key")
    assert desk.check().claim is None


def test_a_signature_under_another_keys_name_is_refused(desk: Any) -> None:
    desk.sign()
    genuine = json.loads(desk.statement.read_text())["signatures"][0]["keyid"]
    desk.sign(key=generate(desk.folder / "other").with_suffix(""))
    envelope = json.loads(desk.statement.read_text())
    envelope["signatures"][0]["keyid"] = genuine
    desk.statement.write_text(json.dumps(envelope))
    assert desk.check().mismatches == ("signature: it does not belong to this payload; one of both was changed",)


def test_the_payload_type_is_signed_for(desk: Any) -> None:
    desk.sign()
    desk.statement.write_text(desk.statement.read_text().replace("vnd.in-toto+json", "vnd.in-tote+json"))
    told = desk.check().mismatches
    assert [line.split(":")[0] for line in told] == ["payload type", "signature"]


def accepted(desk: Any) -> bool:
    """Whether the statement passes its check; what is no statement at all does not."""
    with suppress(UsageError):
        return bool(desk.check().sound)
    return False


def test_no_byte_of_the_envelope_can_be_changed(desk: Any) -> None:
    desk.sign()
    whole = desk.statement.read_bytes()
    for at in range(1, len(whole), 97):
        desk.statement.write_bytes(whole)
        desk.flip(desk.statement, at)
        assert not accepted(desk), at


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('{"payload"', '{"more":1,"payload"', "Additional properties"),
        ('{"payload"', '{"payloadType":"x","payload"', "a key stands there twice"),
        ('"payload":"', '"payload":"!', "cannot be decoded"),
    ],
)
def test_what_is_not_signed_for_is_not_read(old: str, new: str, told: str, desk: Any) -> None:
    desk.sign()
    desk.statement.write_text(desk.statement.read_text().replace(old, new))
    with pytest.raises(UsageError, match=told):
        desk.check()


def test_bits_of_base64_that_mean_nothing_are_refused(desk: Any) -> None:
    desk.sign()
    envelope = json.loads(desk.statement.read_text())
    envelope["signatures"][0]["sig"] = envelope["signatures"][0]["sig"].removesuffix("==")[:-1] + "/=="
    desk.statement.write_text(json.dumps(envelope))
    with pytest.raises(UsageError, match="base64 has bits that mean nothing"):
        desk.check()


def test_an_unsigned_statement_is_refused_unless_that_is_asked_for(desk: Any) -> None:
    desk.sign(unsigned=True)
    (told,) = desk.check().mismatches
    assert told.startswith("signature: the statement is not signed")
    assert desk.check(unsigned=True).sound
