"""The messages of `embed.proto` as protobuf classes, made when they are first needed.

Generated code would refuse the versions of protobuf that it was not generated for. The file is read in the small part
of the language that it uses; a test holds the outcome to protoc's.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from harness.core.errors import MissingDependency

PURPOSE = "the target kind tei-backend"
_PACKAGE = re.compile(r"^package ([\w.]+);", re.MULTILINE)
_MESSAGE = re.compile(r"^message (\w+) \{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
_FIELD = re.compile(r"^ +(repeated )?(\w+) (\w+) = (\d+);", re.MULTILINE)


def message(name: str, /, **fields: Any) -> Any:
    """A message of that name with those fields; MissingDependency without protobuf."""
    return _classes()[name](**fields)


def parsed(name: str, content: bytes) -> Any:
    """The message of that name that `content` is; ValueError if it is none, MissingDependency without protobuf."""
    made = _classes()[name]
    from google.protobuf.message import DecodeError

    try:
        return made.FromString(content)
    except DecodeError as error:
        raise ValueError(f"{len(content)} bytes are no {name} ({error})") from None


def file_descriptor() -> Any:
    """`embed.proto` as a FileDescriptorProto, without its service."""
    try:
        from google.protobuf.descriptor_pb2 import FieldDescriptorProto, FileDescriptorProto
    except ImportError:
        raise MissingDependency("protobuf", PURPOSE) from None
    text = files(__package__).joinpath("embed.proto").read_text(encoding="utf-8")
    (package,) = _PACKAGE.findall(text)
    file = FileDescriptorProto(name="embed.proto", package=package, syntax="proto3")
    for name, body in _MESSAGE.findall(text):
        declared = file.message_type.add(name=name)
        for repeated, kind, field, number in _FIELD.findall(body):
            label = FieldDescriptorProto.LABEL_REPEATED if repeated else FieldDescriptorProto.LABEL_OPTIONAL
            made = declared.field.add(name=field, number=int(number), label=label)
            if kind.islower():
                made.type = FieldDescriptorProto.Type.Value(f"TYPE_{kind.upper()}")
            else:
                made.type, made.type_name = FieldDescriptorProto.TYPE_MESSAGE, f".{package}.{kind}"
    return file


@cache
def _classes() -> dict[str, Any]:
    """The message classes by name, in a pool of their own: the default one may hold the original's."""
    file = file_descriptor()
    from google.protobuf.descriptor_pool import DescriptorPool
    from google.protobuf.message_factory import GetMessageClass

    pool = DescriptorPool()
    pool.Add(file)
    names = [declared.name for declared in file.message_type]
    return {name: GetMessageClass(pool.FindMessageTypeByName(f"{file.package}.{name}")) for name in names}
