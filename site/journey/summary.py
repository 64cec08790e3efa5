"""The answers as pairs, for checking before sending; each with the way back to its question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from journey.aid import applied
from journey.aid_words import aid_rows
from journey.drafts import Draft
from journey.path import steps_of
from journey.persons import person_of
from journey.platform import told_of
from journey.regions import region_name
from journey.sending import links_sent, side_data
from journey.sides import rows_of
from journey.surface import Step, Surface
from journey.triage import capacity, kind, needs, right_type, routes, tracks
from models.filings.parties import Capacity
from models.filings.right_numbers import NUMBER_FORM_LABELS, NUMBER_NAME_LABELS, form_of
from models.filings.tables import Evidence
from models.kinds import TRACK_LABELS
from models.triage.terms import Need
from models.types import beijing_date, now_utc
from shared.components import Row
from shared.formats import file_size
from shared.i18n import in_script, label
from shared.services import services


def change_url(surface: Surface, step: Step) -> str:
    """Back to a question, and from there straight to the check."""
    return f"{surface.url(step)}?then={Step.CHECK}"


def rows(surface: Surface, draft: Draft) -> list[Row]:
    """Everything that will be sent."""
    return [
        *_matter(surface, draft),
        *_facts(surface, draft),
        *_links(surface, draft),
        *_aid(surface, draft),
        *_platform(surface, draft),
        *rows_of(dict(side_data(surface, draft)), beijing_date(now_utc())),
        _files(surface, draft),
        *_filer(surface, draft),
    ]


def _matter(surface: Surface, draft: Draft) -> Iterator[Row]:
    ways = _("、").join(label(TRACK_LABELS[one]) for one in tracks(surface, draft))
    yield Row(_("办理方式"), ways, change_url(surface, surface.first))
    yield Row(_("涉及"), label(kind(draft).text), change_url(surface, Step.KIND))
    for one, found in routes(surface, draft):
        who = in_script(found.lead.name) if found.lead else label(found.authority)
        yield Row(
            _("%(track)s一般由谁办理", track=label(TRACK_LABELS[one])), _competent(who, label(found.basis))
        )


def _competent(who: str, basis: str) -> Markup:
    return Markup("{}<br><span class='soft'>{}</span>").format(who, basis)


def _facts(surface: Surface, draft: Draft) -> Iterator[Row]:
    facts, change = draft.of(Step.FACTS), change_url(surface, Step.FACTS)
    if Need.RESPONDENT in needs(surface, draft):
        yield Row(_("谁在侵权或造假"), facts["respondent_name"], f"{change}#respondent_name")
        if facts.get("respondent_uscc"):
            yield Row(_("统一社会信用代码"), facts["respondent_uscc"], f"{change}#respondent_uscc")
    if Need.PLACE in needs(surface, draft):
        yield Row(_("地方"), region_name(services().bureau, facts["region_code"]), f"{change}#region_code")
    if Need.RESPONDENT in needs(surface, draft):
        yield Row(_("详细地址"), facts.get("respondent_address"), f"{change}#respondent_address")
        yield Row(_("链接"), facts.get("platform_link"), f"{change}#platform_link")
    if right_type(draft) in NUMBER_NAME_LABELS:
        name = label(NUMBER_NAME_LABELS[right_type(draft)])
        yield Row(name, _number(draft, facts.get("right_number") or ""), f"{change}#right_number")
    yield Row(_("发生了什么"), facts["facts"], f"{change}#facts")
    if "request" in facts:
        yield Row(_("希望怎么处理"), facts["request"], f"{change}#request")


def _links(surface: Surface, draft: Draft) -> Iterator[Row]:
    if Step.LINKS in steps_of(surface, draft):
        count = len(links_sent(draft))
        words = ngettext("%(num)s 个", "%(num)s 个", count)
        yield Row(_("网店、商品链接"), words, change_url(surface, Step.LINKS))


def _platform(surface: Surface, draft: Draft) -> Iterator[Row]:
    if Step.PLATFORM in steps_of(surface, draft):
        for row in rows_of({"platform": told_of(draft).as_data()}, beijing_date(now_utc())):
            yield replace(row, change_url=change_url(surface, Step.PLATFORM))


def _aid(surface: Surface, draft: Draft) -> Iterator[Row]:
    if Step.AID in steps_of(surface, draft):
        for row in aid_rows({"aid": applied(draft).as_data()}, beijing_date(now_utc())):
            yield replace(row, change_url=change_url(surface, Step.AID))


def _number(draft: Draft, number: str) -> str | Markup:
    """The number as it was typed, and what its form tells: a slip is kept as it stands on the product."""
    told = label(NUMBER_FORM_LABELS[form_of(right_type(draft), number)])
    return Markup("{}<br><span class='soft'>{}</span>").format(number, told) if told else number


def _files(surface: Surface, draft: Draft) -> Row:
    files = draft.files()
    return Row(_("证据"), _file_list(files) if files else "", change_url(surface, Step.EVIDENCE))


def _file_list(files: list[Evidence]) -> Markup:
    lines = [Markup("{}（{}）").format(file.file_name, file_size(file.size)) for file in files]
    total = escape(ngettext("共 %(num)s 个文件", "共 %(num)s 个文件", len(files)))
    return Markup("<br>").join([*lines, total])


def _filer(surface: Surface, draft: Draft) -> Iterator[Row]:
    change = change_url(surface, Step.CONTACT)
    person = person_of(draft, surface.account)
    if person is None:
        yield Row(_("您的身份"), _("匿名，不留任何个人信息"), change)
        return
    if person.organisation:
        yield Row(_("权利人"), person.organisation)
    yield Row(_("姓名"), person.name, change)
    yield Row(_("手机号码"), person.phone, change)
    yield Row(_("电子邮箱"), person.email, change)
    if person.address:
        yield Row(_("通讯地址"), person.address, change)
    if person.id_number:
        yield Row(_("身份证件号码"), person.id_number, change)
    yield from _others(surface, draft)


def _others(surface: Surface, draft: Draft) -> Iterator[Row]:
    """Who files with them or for them: named here to the filer alone, before sending."""
    whose = capacity(surface, draft)
    if whose is Capacity.AGENT:
        told = draft.of(Step.AGENT)
        words = _("，").join(part for part in (told["name"], told["phone"], told["organisation"]) if part)
        yield Row(_("代理人"), words, change_url(surface, Step.AGENT))
    if whose is Capacity.JOINT:
        names = [
            _("%(name)s（代表人）", name=row["name"]) if row["is_representative"] else row["name"]
            for row in draft.of(Step.JOINT)["rows"]
        ]
        yield Row(_("和您一起提交的"), Markup("<br>").join(names), change_url(surface, Step.JOINT))
