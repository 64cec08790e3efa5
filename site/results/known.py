"""What whoever counts with these data has to know: gaps that the sources have, said beside every answer as data."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

KNOWN_ISSUES = {
    "industry": _l("全国统一的公示表没有行业代码；来源另外提供了才有，没有的计入“未注明”。"),
    "one-party": _l("一份决定书有几个当事人时，当事人字段只有一个，其余的在正文里。"),
    "names-of-the-time": _l("企业改名后，决定书里仍是当时的名称；同一企业请按统一社会信用代码归并。"),
    "masked": _l("依法隐去的姓名、住址等在正文里是 * 或者 ×。"),
}


def known_issues() -> list[dict[str, str]]:
    """As they stand in `_meta`, in the language of the request."""
    return [{"id": name, "what": str(text)} for name, text in KNOWN_ISSUES.items()]
