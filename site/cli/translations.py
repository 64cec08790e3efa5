"""The catalogues: collect messages into the English one, make the Traditional Chinese one, compile both.

`python -m cli.translations collect|compile|missing` (with site/ and the root on the path; `make i18n`, `make setup`).
English is translated by people and stands under version control. Traditional Chinese is made from the source
messages by OpenCC at each compile: it can't be out of date, and nothing of it is committed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from shared.i18n import to_traditional

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "site" / "translations"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    **parse_keywords(["lazy_gettext", "lazy_ngettext:1,2", "_l", "_n:1,2", "said"]),
}


def main(arguments: list[str]) -> int:
    """Runs one step; 1 when `missing` finds something, 2 for misuse."""
    steps = {"collect": collect, "compile": compile_all, "missing": print_missing}
    if len(arguments) != 1 or arguments[0] not in steps:
        sys.stderr.write(f"usage: python -m cli.translations {'|'.join(steps)}\n")
        return 2
    return steps[arguments[0]]()


def extracted() -> Catalog:
    """All messages as the code has them now."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as config:
        methods, options = parse_mapping_cfg(config)
    template = Catalog(project="huhang", charset="utf-8", fuzzy=False)
    for _file, _line, message, _comments, context in extract_from_dir(ROOT, methods, options, KEYWORDS):
        template.add(message, context=context)
    return template


def english() -> Catalog:
    """The English catalogue as it stands on disk; empty before the first collection."""
    path = _path("en", "po")
    if not path.exists():
        return Catalog(locale="en", project="huhang", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="en")


def collect() -> int:
    """Brings new messages into the English catalogue and drops those that are gone; nothing is guessed."""
    catalog = english()
    catalog.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    path = _path("en", "po")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, no_location=True, sort_output=True, omit_header=False, width=110)
    return compile_all()


def compile_all() -> int:
    """Writes the .mo files of both languages."""
    source = english()
    _write_mo(source)
    _write_mo(traditional(source))
    return 0


def traditional(source: Catalog) -> Catalog:
    """Every message of `source` in Traditional characters."""
    made = Catalog(locale="zh_Hant", project="huhang", charset="utf-8", fuzzy=False)
    for message in _messages(source):
        forms = message.id if isinstance(message.id, tuple) else (message.id,)
        turned = tuple(to_traditional(form) for form in forms)
        # Chinese has one plural form.
        made.add(message.id, turned[-1:] if len(turned) > 1 else turned[0], context=message.context)
    return made


def missing() -> list[str]:
    """The messages of the code that have no finished English: absent, empty, or fuzzy."""
    have = english()
    found = []
    for message in _messages(extracted()):
        translation = have.get(message.id, message.context)
        strings = translation.string if translation else ""
        is_whole = all(strings) if isinstance(strings, tuple) else bool(strings)
        if translation is None or translation.fuzzy or not is_whole:
            found.append(message.id[0] if isinstance(message.id, tuple) else str(message.id))
    return found


def print_missing() -> int:
    """One missing message a line."""
    lines = missing()
    sys.stdout.writelines(f"{line!r}\n" for line in lines)
    return 1 if lines else 0


def _messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _path(locale: str, ending: str) -> Path:
    return FOLDER / locale / "LC_MESSAGES" / f"messages.{ending}"


def _write_mo(catalog: Catalog) -> None:
    path = _path(str(catalog.locale), "mo")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_mo(file, catalog)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
