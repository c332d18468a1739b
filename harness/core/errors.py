"""Errors that a user can mend: one line that names the thing, what was expected and what to do next."""

from __future__ import annotations

from typing import ClassVar


class HarnessError(Exception):
    """Base of every error that is reported in one line and without a traceback."""

    exit_status: ClassVar[int] = 1


class UsageError(HarnessError):
    """Wrong use or bad input: an option, a file, a checkpoint, a collection (exit status 2)."""

    exit_status = 2


class CannotWrite(UsageError):
    """A file of a run that is under way can no longer be written: the run ends, and what was written before stays."""


class TargetError(HarnessError):
    """The target could not be reached, died, or answered something that is no score (exit status 3)."""

    exit_status = 3


class MalformedAnswer(TargetError):
    """The target answered, but with something that is no list of scores. A check reports it as its finding."""


class Refused(TargetError):
    """The target answered with an error of its own; `status` is the HTTP status, where there is one."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class DeviceError(HarnessError):
    """The device of this process is out of memory or gone: a check reports it as an error and no fault of the target.
    `remedy` says what to do next.
    """

    exit_status = 3

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[DeviceError], tuple[str, str]]:
        """So that it can come from another process."""
        return type(self), (str(self), self.remedy)


class Unanswerable(HarnessError):
    """The target cannot be asked this: a recording has no such pair, and cannot be asked twice."""


def first_line(error: BaseException) -> str:
    """What an error says, in one line; its kind where it says nothing."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0].strip()


def with_kind(error: BaseException) -> str:
    """An error's kind, and in one line what it says, if it says anything."""
    kind = type(error).__name__
    return f"{kind}: {first_line(error)}" if str(error).strip() else kind


def in_one_line(error: BaseException, most: int = 300) -> str:
    """What an error says over several lines, in one of at most so many characters."""
    return " ".join(str(error).split())[:most]


class MissingDependency(UsageError):
    """An optional package is needed for what was asked."""

    def __init__(self, package: str, purpose: str) -> None:
        super().__init__(f"{purpose} needs the package {package!r}, which is not installed; run: pip install {package}")
        self.needed = package, purpose

    def __reduce__(self) -> tuple[type[MissingDependency], tuple[str, str]]:
        """So that it can come from another process."""
        return type(self), self.needed
