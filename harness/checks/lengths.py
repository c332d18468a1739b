"""What a target may refuse because it is too long."""

from __future__ import annotations

from harness.checks.context import Context
from harness.core.errors import HarnessError, Refused
from harness.core.pairs import Pair

#: Statuses with which servers refuse an input as too long.
TOO_LONG = (400, 413, 422)


def refused_as_too_long(context: Context, pair: Pair, error: HarnessError) -> bool:
    """Whether an error refuses a pair that may be beyond the input limit: documented behaviour, and no loss."""
    return isinstance(error, Refused) and error.status in (None, *TOO_LONG) and may_exceed(context, pair)


def may_exceed(context: Context, pair: Pair) -> bool:
    """Whether a pair's prompt may be longer than the target takes; without a reference, by the bytes of its texts,
    of which a token has at least one.
    """
    if context.reference is not None:
        return context.reference.encoding(pair).truncated > 0
    limit = context.target.capabilities.input_limit
    return limit is None or len((pair.query + pair.document).encode("utf-8", "replace")) > limit
