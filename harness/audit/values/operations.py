"""What operations on arrays make of their axes, such as `unsqueeze` and `reshape`, in libraries of all languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.audit.values.axes import UNKNOWN, Axes, Entry, entries, entry, indexed, length, length_of, replaced

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    from harness.audit.values.arrays import Arrays

#: What stands around a value, which is its first, or its last, part.
AROUND = dict.fromkeys(
    (
        "try_expression", "await", "await_expression", "type_cast_expression", "return_statement", "return_expression",
    ),
    0,
) | dict.fromkeys(
    (
        "parenthesized_expression", "reference_expression", "unary_operator", "unary_expression", "pointer_expression",
        "keyword_argument", "cast_expression", "compound_literal_expression", "block", "else_clause",
    ),
    -1,
)  # fmt: skip
LISTS = frozenset({"list", "tuple", "array_expression", "tuple_expression", "initializer_list"})
#: Lists of indices, rather than indices that are lists.
_INDICES = frozenset({"tuple_expression", "array_expression", "initializer_list", "subscript_argument_list"})
#: Indices of several entries by their names.
_SEVERAL = re.compile(r"(indices|order|mask|(?<!ye)s)$")


@dataclass(frozen=True, slots=True)
class Call:
    """A call by what it works on, be it a method of that or a function, and the further arguments."""

    name: str
    subject: SgNode | None
    rest: tuple[SgNode, ...]


Operation = Callable[["Arrays", Call], Axes]
_OPERATIONS: list[tuple[re.Pattern[str], Operation]] = []


def operation(name: str) -> Operation | None:
    """What an operation of that name does; it may end with `_` or `_in_place`."""
    return next((does for names, does in _OPERATIONS if names.fullmatch(name)), None)


def written(nodes: Iterable[SgNode]) -> list[SgNode]:
    """Nodes without the comments among them."""
    return [node for node in nodes if "comment" not in node.kind()]


def bare(node: SgNode) -> SgNode:
    """An expression without what stands around it."""
    while node.kind() in AROUND and node.named_children():
        node = node.named_children()[AROUND[node.kind()]]
    return node


def at_index(arrays: Arrays, axes: Axes, indices: Sequence[SgNode]) -> Axes:
    """What indices leave of axes."""
    inner = bare(indices[0]) if len(indices) == 1 else None
    if inner is not None and inner.kind() == "macro_invocation":  # ndarray's `s![.., ..1]`
        texts = inner.text().partition("[")[2].removesuffix("]").split(",")
        return indexed(axes, [entry(_plain(text)) for text in texts], True)
    nodes = written(inner.named_children()) if inner is not None and inner.kind() in _INDICES else indices
    found = [_entry(arrays, node) for node in nodes]
    # the last position may be of any axis; slices of Rust have one
    is_whole = len(nodes) > 1 and not nodes[-1].text().startswith("-1")
    return indexed(axes, found, is_whole or arrays.source.language.name == "rust")


def _entry(arrays: Arrays, index: SgNode) -> Entry:
    found = entry(arrays.with_constants(_plain(index.text())))
    if found != "taken":
        return found
    picked = arrays.axes(index)
    return length(picked, 0) or (0 if _SEVERAL.search(index.text()) else found)


def _plain(text: str) -> str:
    """A text without spaces, casts, namespaces and references."""
    return re.sub(r"\s+as\s+\w+|\w+::|[\s&]+", "", text)


def _operation(names: str) -> Callable[[Operation], Operation]:
    def register(does: Operation) -> Operation:
        _OPERATIONS.append((re.compile(rf"({names})(_|_in_?place)?"), does))
        return does

    return register


@_operation(
    r"float|double|half|to|to_(dtype|device|owned|kind)|type|astype|cast|cpu|cuda|contiguous|cont|detach|clone|copy|numpy|"
    r"unwrap|expect|exp|log|neg|abs|sigmoid|tanh|(log_?)?soft_?max|clamp|clip|masked_fill|nan_to_num|dropout|asarray|array|"
    r"as_tensor|[tT]ensor|new|of_slice|arr1|data|div|affine|toTensor|tolist|to_vec\d?|(into_|outer_|axis_)?iter\w*|rows|"
    r"map|collect|copied|cloned"
)
def _keep(arrays: Arrays, call: Call) -> Axes:
    return arrays.axes(call.subject)


@_operation(r"unsqueeze(_dim)?|expand_dims|insert_axis")
def _put_in(arrays: Arrays, call: Call) -> Axes:
    axis = arrays.axis(call)
    return UNKNOWN if axis is None else replaced(arrays.axes(call.subject), axis, (1,), 0)


@_operation(r"squeeze(_dim)?|select|get_on_dim|index_axis|column|flatten\w*|ravel")
def _take_out(arrays: Arrays, call: Call) -> Axes:
    axes, axis = arrays.axes(call.subject), 1 if call.name == "column" else arrays.axis(call)
    if axis is None or (axes == UNKNOWN and axis in (1, -1)):
        return (0,)  # the axis of the labels is gone
    return replaced(axes, axis, ())


@_operation(r"(sum|mean|max|min|amax|amin|logsumexp)(_keepdim)?|item")
def _reduce(arrays: Arrays, call: Call) -> Axes:
    axis = arrays.axis(call)
    if axis is None:
        return ()
    keeps = re.search(r"keep|\btrue\b", " ".join((call.name, *(node.text() for node in call.rest))))
    return replaced(arrays.axes(call.subject), axis, (1,) if keeps else ())


@_operation(r"full|zeros|ones|empty|(into_shape\w*|to_shape|reshape|view|from_(slice|vec|shape_vec|blob))(_\dd)?")
def _shape(arrays: Arrays, call: Call) -> Axes:
    within = [bare(node) for node in (call.subject, *call.rest) if node is not None]
    lists = [node for node in within if node.kind() in LISTS]
    sizes = written(lists[-1].named_children()) if lists else call.rest
    if not sizes or ("from_" in call.name and not lists):
        return arrays.axes(call.subject)
    numbers = [arrays.number(size) for size in sizes]
    if found := re.search(r"_(\d)d$", call.name):  # ggml names the last axis first
        numbers = numbers[: int(found[1])][::-1]
    return UNKNOWN if numbers == [None] else tuple(length_of(number) for number in numbers)


@_operation("i|index|slice|narrow")
def _index(arrays: Arrays, call: Call) -> Axes:
    axes, axis = arrays.axes(call.subject), arrays.axis(call)
    if len(call.rest) < 3:
        return at_index(arrays, axes, call.rest)
    start, end = (_plain(node.text()) for node in call.rest[1:3])
    number = length_of(arrays.number(call.rest[2])) if call.name == "narrow" else entries(start, end)
    is_last = re.search(r"-1$|last|end", start) is not None
    return UNKNOWN if axis is None else _picked(axes, axis, number, not is_last)


def _picked(axes: Axes, axis: int, number: int, of_labels: bool = True) -> Axes:
    """Axes with a number of entries of one; labels are on the second of two, unless it is tokens that were picked."""
    return (0, number) if of_labels and axes == UNKNOWN and axis == 1 else replaced(axes, axis, (number,))


@_operation("index_select|gather|take_along_axis")
def _pick(arrays: Arrays, call: Call) -> Axes:
    axis, picked = arrays.axis(call), [node for node in call.rest if arrays.number(node) is None]
    axes = arrays.axes(picked[0]) if picked else UNKNOWN
    if call.name != "index_select":
        return axes
    return UNKNOWN if axis is None else _picked(arrays.axes(call.subject), axis, length(axes, 0))


@_operation("cat|concat|concatenate|stack|hstack|column_stack")
def _join(arrays: Arrays, call: Call) -> Axes:
    number, first = (0, None) if call.subject is None else arrays.items(call.subject)
    default = {"column_stack": 1, "hstack": -1}.get(call.name, 0)
    axes, axis = arrays.axes(first), arrays.axis(call)
    if call.name.endswith("stack") and call.name != "hstack":
        return replaced(axes, default if axis is None else axis, (number,), 0)
    return axes if number == 1 else replaced(axes, default if axis is None else axis, (number,))


@_operation("t|T|mT|transpose")
def _transpose(arrays: Arrays, call: Call) -> Axes:
    axes = arrays.axes(call.subject)
    is_row = axes == UNKNOWN and call.subject is not None and arrays.rows.search(call.subject.text())
    return (..., 1) if is_row else axes[::-1]


@_operation("matmul|mm|bmm")
def _multiply(arrays: Arrays, call: Call) -> Axes:
    return (..., length(arrays.axes(call.rest[0]), -1)) if call.rest else UNKNOWN


@_operation(r"chunks\w*")
def _split(arrays: Arrays, call: Call) -> Axes:
    return (0, length_of(arrays.axis(call)))


@_operation("from_ref|from_mut")
def _wrap(arrays: Arrays, call: Call) -> Axes:
    return (1,)
