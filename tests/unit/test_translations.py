"""Every message has English, Traditional Chinese is made, and no words in a template escape translation."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from jinja2 import Environment, nodes

from cli import translations
from tests.support.sources import ROOT

HAN = re.compile("[\u4e00-\u9fff]")
TEMPLATES = sorted((ROOT / "site" / "templates").rglob("*.html"))
SURFACES = [
    path
    for path in sorted((ROOT / "site").rglob("*.py"))
    if path.relative_to(ROOT / "site").parts[0] not in ("cli", "adapters")
]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
JINJA = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)


def _texts(value: str | tuple[str, ...] | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _placeholders(*texts: str) -> set[str]:
    return {name for text in texts for name in PLACEHOLDER.findall(text)}


def _unquoted(text: str) -> str:
    """Without what stands in Chinese on purpose: a document number as an example, the 某 of masked names."""
    return re.sub("[\u4e00-\u9fff]+〔[0-9]{4}〕[0-9]+号|“某”", "", text)


@pytest.fixture(scope="module")
def english() -> Catalog:
    return translations.english()


def test_every_message_has_finished_english() -> None:
    missing = translations.missing()
    assert not missing, f"`make i18n`, then translate in site/translations/en: {missing}"


def test_the_english_catalogue_holds_nothing_that_is_gone(english: Catalog) -> None:
    wanted = {message.id for message in translations.extracted() if message.id}
    gone = [message.id for message in english if message.id and message.id not in wanted]
    assert not gone, f"`make i18n` takes these out: {gone}"


def test_english_keeps_every_placeholder_and_no_chinese(english: Catalog) -> None:
    wrong = [
        (message.id, text)
        for message in english
        for text in _texts(message.string)
        if message.id
        and text
        and (_placeholders(text) != _placeholders(*_texts(message.id)) or HAN.search(_unquoted(text)))
    ]
    assert not wrong, wrong


def test_traditional_chinese_is_made_of_every_message(english: Catalog) -> None:
    made = translations.traditional(english)
    strings = {message.id: _texts(message.string)[0] for message in made if message.id}
    assert len(strings) == len([message for message in english if message.id])
    assert strings["我要举报投诉"] == "我要舉報投訴"
    assert strings["处罚和裁决公示"] == "處罰和裁決公示"
    same = [text for text in strings.values() if re.search("[举报诉办时请这个说]", text)]
    assert not same, f"characters left in their simplified form: {same}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "site/templates")))
def test_words_in_templates_are_messages(path: Path) -> None:
    tree = JINJA.parse(path.read_text(encoding="utf-8"))
    bare = [data.data.strip() for data in tree.find_all(nodes.TemplateData) if HAN.search(data.data)]
    assert not bare, f'write {{{{ _("…") }}}}: {bare}'


@pytest.mark.parametrize("path", SURFACES, ids=lambda path: str(path.relative_to(ROOT / "site")))
def test_refusals_of_the_pages_are_messages(path: Path, english: Catalog) -> None:
    """Babel takes nothing from a bare sentence, so that an English page would show it in Chinese."""
    raised = [
        argument.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)
        for argument in node.exc.args[:1]
        if isinstance(argument, ast.Constant) and HAN.search(str(argument.value))
    ]
    bare = [text for text in raised if text not in english]
    assert not bare, f'write _("…"): {bare}'
