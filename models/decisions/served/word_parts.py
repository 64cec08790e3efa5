"""One part of a .docx turned to lines while it is parsed: no tree is built, so that depth and size cost nothing."""

from __future__ import annotations

from collections.abc import Mapping

from models.decisions.served.errors import UnreadableDocument

_WORD = ("wordprocessingml/2006/main", "wordprocessingml/main")  # transitional and strict
# Words in these are not the document's: what was deleted or moved away, fields' codes, and the second copy that
# is there for programs that can't draw the first.
_LEFT_OUT = frozenset({"del", "moveFrom", "delText", "instrText", "delInstrText", "rt"})
_NEVER = frozenset({"0", "false", "off", "none"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_WORDS_OF = "t"


class PartText:
    """A target of `XMLParser`. `lines` are complete when the parser is closed; the counts say what was met."""

    def __init__(self, hidden_styles: frozenset[str]) -> None:
        self.lines: list[str] = []
        self.deleted = self.inserted = self.hidden = self.pictures = self.numbered = 0
        self._hidden_styles = hidden_styles
        self._skipping = 0
        self._is_text = False
        self._run_hidden: list[bool] = []
        self._told_hidden: list[bool] = []
        self._paragraphs: list[tuple[list[str], list[str], bool]] = []  # words, boxes under them, hidden
        self._containers: list[list[str]] = [self.lines]
        self._rows: list[list[str]] = []

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        raise UnreadableDocument("文件里有文档类型声明，不予处理。")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        space, _, name = tag.rpartition("}")
        is_word = space.endswith(_WORD)
        if self._skipping:
            self._skipping += 1
            return
        if (is_word and name in _LEFT_OUT) or (name == "Fallback" and not is_word):
            self.deleted += is_word and name in ("del", "moveFrom")
            self._skipping = 1
        elif is_word:
            self._start_word(name, _value(attributes))
        elif name == "blip":
            self.pictures += 1

    def _start_word(self, name: str, value: str) -> None:
        if name == "p":
            self._paragraphs.append(([], [], False))
        elif name == "r":
            self._run_hidden.append(bool(self._paragraphs) and self._paragraphs[-1][2])
            self._told_hidden.append(False)
        elif name in ("vanish", "rStyle") and self._run_hidden:
            hides = value not in _NEVER if name == "vanish" else value in self._hidden_styles
            self._run_hidden[-1] = self._run_hidden[-1] or hides
        elif name == "pStyle" and self._paragraphs and value in self._hidden_styles:
            words, boxes, _ = self._paragraphs.pop()
            self._paragraphs.append((words, boxes, True))
        elif name == _WORDS_OF:
            self._is_text = True
        elif name in _SIGNS and self._run_hidden:
            self._say(_SIGNS[name])
        elif name in ("txbxContent", "tc"):
            self._containers.append([])
        elif name == "tr":
            self._rows.append([])
        elif name in ("ins", "moveTo"):
            self.inserted += bool(self._paragraphs)
        elif name == "numPr":
            self.numbered += 1

    def data(self, words: str) -> None:
        if self._is_text and not self._skipping:
            self._say(words)

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        space, _, name = tag.rpartition("}")
        if not space.endswith(_WORD):
            return
        if name == _WORDS_OF:
            self._is_text = False
        elif name == "r" and self._run_hidden:
            self._run_hidden.pop()
            self._told_hidden.pop()
        elif name == "p":
            words, boxes, _ = self._paragraphs.pop()
            self._containers[-1] += ["".join(words), *boxes]
        elif name == "txbxContent":
            self._end_box()
        elif name == "tc" and self._rows:
            self._rows[-1].append(" ".join(line for line in self._containers.pop() if line.strip()))
        elif name == "tr":
            self._containers[-1].append("\t".join(self._rows.pop()))

    def close(self) -> None:
        """The parser has come to the end; the lines are there."""

    def _end_box(self) -> None:
        """The words of a text box stand under the paragraph that holds it."""
        lines = self._containers.pop()
        (self._paragraphs[-1][1] if self._paragraphs else self._containers[-1]).extend(lines)

    def _say(self, words: str) -> None:
        if self._run_hidden and self._run_hidden[-1]:
            self.hidden += not self._told_hidden[-1]
            self._told_hidden[-1] = True
        elif self._paragraphs:
            self._paragraphs[-1][0].append(words)


def _value(attributes: Mapping[str, str]) -> str:
    return next((value for key, value in attributes.items() if key.endswith("}val")), "")
