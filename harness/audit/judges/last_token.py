"""Whether the last position of a batch is read though the batch is padded behind it, or ids are filled up with zeros
that a decoder's classifier takes for tokens.

A match reads $VALUE at $INDEX, of all rows or of one $ROW (or where a flat array has it, without these; the index may
also be that of a $COLUMN), or makes a $BUFFER of ids. Settings, regexes unless said otherwise:
* `output`, `width`: names of what a model gives, and of how wide a batch is;
* `pads`, `left`: matchers (with `mentions`) for where a batch is padded at all, and on the left; `makes`: where a
  tokenizer is made, so that no other file says how it pads;
* `lengths`: how a function finds the last token by lengths; `generates`: how it goes on with a text of its own;
  `alone`: what is around texts that are no batch; `scores`: functions that score; `tokens`: files whose columns are
  no labels; `other`: where the last is meant;
* `decoder`, `fits`: for buffers, models that look for the last token themselves, and what tells them of the zeros.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.audit.code import code, whole_code
from harness.audit.judges.registry import Case, Judged, judge
from harness.audit.matching import Match
from harness.audit.nodes import Span, find, span
from harness.audit.values.following import names_behind, walk_back
from harness.audit.values.given import CALLS
from harness.audit.whole_tree import files_of, stands_in

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    from harness.audit.tree import Tree

_CLASS = "class_definition"
#: `-1`, and the last element as a slice.
_LAST = re.compile(r"-\s*1\s*(:|\.\.)?")
_MINUS_ONE = re.compile(r"-\s*1(usize|i64|u32)?\s*$")


@judge("last-token")
def last_token(case: Case) -> Iterator[Judged]:
    """Keep reads of the last position where it is padding, and buffers whose zeros are taken for tokens."""
    buffers = [match for match in case.matches if match.node.get_match("BUFFER")]
    reads = [match for match in case.matches if match not in buffers]
    if kept := [match for match in reads if Read(match, case.tree, case.settings).is_of_padding]:
        yield Judged(tuple(kept))
    if kept := [match for match in buffers if _misleads(match, case.tree, case.settings)]:
        said = " ".join(kept[0].text().split())[:100]
        yield Judged(tuple(kept), f"ids are filled up with 0, which a decoder's classifier takes for tokens: {said}")


@dataclass(frozen=True, slots=True)
class Read:
    """Something is read at a position of a batch."""

    match: Match
    tree: Tree
    settings: Mapping[str, Any]

    @property
    def is_of_padding(self) -> bool:
        """Whether it is the last position of what a model says, where shorter rows have padding."""
        return self._is_end and self._is_output and not self._is_as_meant and self._is_padded

    @property
    def _is_output(self) -> bool:
        value, output = self.match.node.get_match("VALUE"), re.compile(self.settings["output"])
        return value is None or any(map(output.search, names_behind([value], self.match.source.root)))

    @property
    def _is_end(self) -> bool:
        """Whether the index is the end of the batch's width, rather than of one row's own length."""
        index, root = self.match.node.get_match("INDEX"), self.match.source.root
        behind = walk_back([index] if index else [], root, lambda n: () if n.kind() in CALLS else n.named_children())
        return index is None or any(self._is_last(node) for node in behind)

    def _is_last(self, node: SgNode) -> bool:
        parts = node.named_children()
        if len(parts) < 2 or not _MINUS_ONE.search(node.text()):
            return _LAST.fullmatch(node.text()) is not None
        width = re.compile(self.settings["width"])
        is_all = self.match.node.get_match("ROW") is None
        return is_all or any(map(width.search, names_behind(parts[:1], self.match.source.root)))

    @property
    def _is_as_meant(self) -> bool:
        """Whether the position is right after all, or one of something else."""
        is_unclear = self.match.node.get_match("COLUMN") is not None and not self._says("tokens", self._file)
        is_other = self._says("other", self._file) or self._says("generates", self._function)
        return is_unclear or is_other or self._says("lengths", self._function)

    @property
    def _is_padded(self) -> bool:
        """Whether the batch is padded on the right: around, or anywhere in the tree where functions that score are
        only given what others have padded.
        """
        if any(self._around("left")):
            return False
        if any(self._around("pads")):
            return self._says("makes", self._file) or not self._anywhere("left")
        is_given = self._says("scores", self.match.place.symbol) and not self._says("alone", self._class)
        return is_given and self._anywhere("pads") and not self._anywhere("left")

    def _says(self, setting: str, text: str) -> bool:
        return re.search(self.settings[setting], text) is not None

    def _anywhere(self, setting: str) -> bool:
        return stands_in(self.tree, self.match.source.language.name, self.settings[setting])

    def _around(self, setting: str) -> Iterator[SgNode]:
        """What of a setting is in the file, other classes aside."""
        own = _class_around(self.match.node)
        found = find(self.match.source.root, self.settings[setting][self.match.source.language.name])
        return (node for node in found if _class_around(node) in (None, own))

    @property
    def _file(self) -> str:
        return whole_code(self.match.source)

    @property
    def _class(self) -> str:
        return self._text_around((_CLASS,)) or self._file

    @property
    def _function(self) -> str:
        return self._text_around(self.match.source.language.functions)

    def _text_around(self, kinds: tuple[str, ...]) -> str:
        around = next((node for node in self.match.node.ancestors() if node.kind() in kinds), None)
        return code(around, self.match.source.language) if around is not None else ""


def _class_around(node: SgNode) -> Span | None:
    """The outermost class in which something stands."""
    return next((span(above) for above in reversed(node.ancestors()) if above.kind() == _CLASS), None)


def _misleads(match: Match, tree: Tree, settings: Mapping[str, Any]) -> bool:
    """Whether a buffer of ids is for a classifier that looks for the last token itself."""
    language, function = match.source.language, match.function
    decoder, fits = (re.compile(settings[key]) for key in ("decoder", "fits"))
    # other files that speak of the class, or the function, that makes the buffer
    name = (function.owner or function.name) if function else ""
    using = {file.path for file in files_of(tree, language.name) if name and name in file.text} | {match.source.path}
    sources = [tree.source(path) for path in sorted(using)]
    if any(find(source.root, settings["left"][language.name]) for source in sources):
        return False
    texts = map(whole_code, sources)
    return any(decoder.search(text) and not fits.search(text) for text in texts)
