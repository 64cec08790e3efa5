"""Which cause of action a text means: by the article that it says was violated, in the version of the law of its day."""

from __future__ import annotations

import datetime as dt
import functools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from models.decisions.causes import CAUSE_FILE, Cause, causes
from models.decisions.redaction.width import alike
from models.decisions.served.amounts import han_number

_CITED = re.compile(
    r"《(?:中华人民共和国)?([^》\n]{2,40})》(?:\([^)]{0,20}\))?"
    r"((?:[、,，和及与以]{0,3}第?[\d一二三四五六七八九十百零〇()]{1,12}[条款项目](?:之[一二三])?){1,12})"
)
_STEP = re.compile(r"第?\(?([\d一二三四五六七八九十百零〇]+)\)?\(?([条款项])")


@dataclass(frozen=True, slots=True)
class Article:
    """An article that a text cites: law without 中华人民共和国, number of the article, and its parts in order."""

    law: str
    number: int
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class _Version:
    code: str
    article: Article
    from_on: dt.date | None
    to_on: dt.date | None


def articles(text: str) -> Iterator[Article]:
    """The articles that `text` cites: 《商标法》第五十七条第（三）项, 第57条第3项, and further ones of the same law."""
    for match in _CITED.finditer(alike(text)):
        number = 0
        parts: list[tuple[str, int]] = []
        for written, unit in _STEP.findall(match[2]):
            step = int(written) if written.isdigit() else han_number(written)
            if step is None:
                continue
            if unit == "条":
                if number:
                    yield Article(match[1], number, tuple(parts))
                number, parts = step, []
            else:
                parts.append((unit, step))
        if number:
            yield Article(match[1], number, tuple(parts))


def causes_meant(text: str, *, decided_on: dt.date | None) -> list[Cause]:
    """Causes whose violated article the text cites, the best fitting first; a version of another time doesn't count."""
    cited = list(articles(text))
    scores: dict[str, int] = {}
    for version in _versions():
        if decided_on and not _in_force(version, decided_on):
            continue
        fit = max((_fit(version.article, one) for one in cited), default=0)
        if fit:
            scores[version.code] = max(fit, scores.get(version.code, 0))
    by_code = {cause.code: cause for cause in causes()}
    best = max(scores.values(), default=0)
    return [by_code[code] for code, fit in scores.items() if fit == best]


def _in_force(version: _Version, decided_on: dt.date) -> bool:
    """The act is some time before the decision: a version that ended less than two years before may be meant."""
    started = version.from_on is None or version.from_on <= decided_on
    return started and (version.to_on is None or version.to_on + dt.timedelta(days=730) >= decided_on)


def _fit(rule: Article, cited: Article) -> int:
    """2 for the very part, 1 where the text cites the article as a whole, 0 for another."""
    if rule.law != cited.law or rule.number != cited.number:
        return 0
    if not rule.parts or not cited.parts:
        return 1
    return 2 if rule.parts[-1] == cited.parts[-1] else 0


@functools.cache
def _versions() -> tuple[_Version, ...]:
    table = tomllib.loads(CAUSE_FILE.read_text(encoding="utf-8"))
    found = []
    for cause in table["causes"]:
        for one in cause.get("versions", ()):
            cited = f"《{one['law']}》{one.get('violated', '')}"
            found += [
                _Version(cause["code"], article, one.get("from"), one.get("to"))
                for article in articles(cited)
            ]
    return tuple(found)
