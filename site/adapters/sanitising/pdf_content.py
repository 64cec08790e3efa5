"""What a page holds and does not show: invisible text and layers that are switched off. Both are taken out of it.

A scanner's invisible text is a reading of the picture; it can say something else than the picture does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import ContentStreamInstruction, Dictionary, Name, Object, Operator, Page, Pdf, Stream

_INVISIBLE = (3, 7)  # text rendering modes that put nothing on the page
_SHOWS_TEXT = frozenset({"Tj", "TJ", "'", '"'})
_FILLS_OR_STROKES = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"})
_PAINTS = frozenset({"sh", "Do", "INLINE IMAGE"})
_DEEPEST = 12

Instruction = Any
Seen = set[tuple[int, int]]


def drop_what_is_hidden(pdf: Pdf) -> None:
    """Rewrites the pages and forms that hide something; the others stay to the byte."""
    hidden, seen = _hidden_layers(pdf.Root), Seen()
    for page in pdf.pages:
        resources = _resources(page)
        if _may_hide(page.obj.get("/Contents"), hidden):
            rest = _Reader(resources, hidden).visible(pikepdf.parse_content_stream(page))
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(rest))
        _forms(resources, hidden, seen, depth=0)


def _resources(page: Page) -> Object:
    found = page.resources
    return found if isinstance(found, Dictionary) else Dictionary()


def _forms(resources: Object, hidden: Seen, seen: Seen, depth: int) -> None:
    """Pieces that pages share; each is looked at once."""
    for form in [*_streams(resources, "/XObject"), *_streams(resources, "/Pattern")]:
        if form.objgen in seen or depth > _DEEPEST or form.get("/Subtype") == Name.Image:
            continue
        seen.add(form.objgen)
        own = form.get("/Resources", resources)
        if _may_hide(form, hidden):
            rest = _Reader(own, hidden).visible(pikepdf.parse_content_stream(form))
            form.write(pikepdf.unparse_content_stream(rest))
        _forms(own, hidden, seen, depth + 1)


def _streams(resources: Object, name: str) -> Iterator[Stream]:
    found = resources.get(name)
    if isinstance(found, Dictionary):
        yield from (thing for thing in found.values() if isinstance(thing, Stream))


def _may_hide(content: Object | None, hidden: Seen) -> bool:
    parts = content if isinstance(content, pikepdf.Array) else [content]
    return any(isinstance(part, Stream) and (hidden or b"Tr" in part.read_bytes()) for part in parts)


def _hidden_layers(root: Object) -> Seen:
    """The layers that a reader does not show when it opens the document."""
    layers = root.get("/OCProperties")
    if not isinstance(layers, Dictionary):
        return set()
    usual = layers.get("/D", Dictionary())
    every = {layer.objgen for layer in layers.get("/OCGs", [])}
    off = {layer.objgen for layer in usual.get("/OFF", [])}
    if usual.get("/BaseState") == Name.OFF:
        off |= every - {layer.objgen for layer in usual.get("/ON", [])}
    return off


@dataclass
class _Reader:
    """Goes through a content stream and remembers what is shown just now."""

    resources: Object
    hidden: Seen
    mode: int = 0
    saved: list[int] = field(default_factory=list)
    marks: list[bool] = field(default_factory=list)

    def visible(self, instructions: Iterable[Instruction]) -> list[Instruction]:
        return [kept for one in instructions for kept in self._kept(one, str(one.operator), one.operands)]

    def _kept(self, one: Instruction, name: str, operands: Any) -> list[Instruction]:
        self._note(name, operands)
        if name in _SHOWS_TEXT and (self.mode in _INVISIBLE or any(self.marks)):
            return _only_moves(name, operands)
        if any(self.marks):
            if name in _FILLS_OR_STROKES:
                return [ContentStreamInstruction([], Operator("n"))]
            return [] if name in _PAINTS else [one]
        if name == "Do" and self._is_hidden(self._named("/XObject", operands).get("/OC")):
            return []
        return [one]

    def _note(self, name: str, operands: Any) -> None:
        if name == "q":
            self.saved.append(self.mode)
        elif name == "Q" and self.saved:
            self.mode = self.saved.pop()
        elif name == "Tr" and operands:
            self.mode = int(operands[0])
        elif name in ("BMC", "BDC"):
            self.marks.append(name == "BDC" and self._is_hidden_mark(operands))
        elif name == "EMC" and self.marks:
            self.marks.pop()

    def _is_hidden_mark(self, operands: Any) -> bool:
        is_layer = len(operands) == 2 and operands[0] == Name.OC and isinstance(operands[1], Name)
        return is_layer and self._is_hidden(self._named("/Properties", operands[1:]))

    def _named(self, kind: str, operands: Any) -> Object:
        found = self.resources.get(kind, Dictionary()).get(str(operands[0])) if len(operands) else None
        return found if isinstance(found, Dictionary | Stream) else Dictionary()

    def _is_hidden(self, layer: Object | None) -> bool:
        """A layer that is off, or a group of layers that are all off."""
        if not isinstance(layer, Dictionary):
            return False
        group = layer.get("/OCGs")
        if group is None:
            return layer.objgen in self.hidden
        members = list(group) if isinstance(group, pikepdf.Array) else [group]
        return bool(members) and all(one.objgen in self.hidden for one in members)


def _only_moves(name: str, operands: Any) -> list[Instruction]:
    """What a text operator does besides showing: ' and \" go to the next line, \" sets the spacing."""
    if name == "'":
        return [ContentStreamInstruction([], Operator("T*"))]
    if name == '"' and len(operands) == 3:
        return [
            ContentStreamInstruction([operands[0]], Operator("Tw")),
            ContentStreamInstruction([operands[1]], Operator("Tc")),
            ContentStreamInstruction([], Operator("T*")),
        ]
    return []
