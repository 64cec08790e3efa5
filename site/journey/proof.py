"""A signed receipt as pages show it: its address, its picture, its lines, and what the signature proves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import segno
from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from models.commerce.platform_files import read_platforms
from models.filings.references import grouped
from models.kinds import TRACK_LABELS, Track
from shared.components import Row
from shared.formats import day_text, moment_text
from shared.i18n import in_script, label
from shared.services import services


def verify_address(token: str) -> str:
    """The address on the sheet, where anybody can check the receipt."""
    return services().config.public_url + url_for("verification.show", token=grouped(token))


def picture(address: str) -> Markup:
    """A QR code of an address, drawn here."""
    svg = segno.make(address, error="m").svg_inline(
        scale=4, border=4, dark="#000", light="#fff", omitsize=True
    )
    return Markup(svg)  # noqa: S704 - made here from our own address


def receipt_rows(content: Mapping[str, Any]) -> list[Row]:
    """What a genuine receipt says, in words; the content has been checked by its signature."""
    matters = content["matters"]
    return [
        Row(_("收到提交的机构"), in_script(str(content["bureau"]))),
        Row(_("收到时间"), moment_text(dt.datetime.fromisoformat(content["received_at"]))),
        *(Row(_("登记编号"), _matter(matter)) for matter in matters),
        *(Row(_("内容校验码（SHA-256）"), _digest(matter["content_sha256"])) for matter in matters),
        Row(_("文件校验码（SHA-256）"), _files(content["files"])),
        *_online(content),
        Row(_("签名密钥"), Markup("<code class='code'>{}</code>").format(content["key_id"])),
    ]


def proof_rows(record: Mapping[str, Any], head: Mapping[str, Any]) -> list[Row]:
    """What a proof that holds says of the decision that was published."""
    signed_at = dt.datetime.fromisoformat(str(head["signed_at"]))
    return [
        Row(_("当事人"), str(record.get("party", ""))),
        Row(_("文号"), str(record.get("document_number", ""))),
        Row(_("公示日期"), str(record.get("published_on", ""))),
        Row(_("快照的签名时间"), moment_text(signed_at)),
        Row(_("签名的机构"), in_script(str(head.get("bureau", "")))),
        Row(_("签名密钥"), Markup("<code class='code'>{}</code>").format(head["key_id"])),
    ]


def _online(content: Mapping[str, Any]) -> Iterator[Row]:
    """What the platform reads: since when it knows, when the seller's statement came, which list of links is meant."""
    if told := content.get("platform"):
        yield Row(_("通知过的平台"), label(read_platforms().name_of(told["platform"])))
        yield Row(_("通知平台的日期"), _day(told["notified_on"]))
        if reached := told.get("statement_reached_on"):
            yield Row(_("卖家的声明到达权利人的日期"), _day(reached))
    if links := content.get("links"):
        count = ngettext("共 %(num)s 个链接", "共 %(num)s 个链接", links["count"])
        yield Row(
            _("链接清单的校验码（SHA-256）"), Markup("{}<br>{}").format(count, _digest(links["sha256"]))
        )


def _day(value: str) -> str:
    return day_text(dt.date.fromisoformat(value))


def _matter(matter: Mapping[str, Any]) -> str:
    return _(
        "%(reference)s（%(track)s）",
        reference=matter["reference"],
        track=label(TRACK_LABELS[Track(matter["track"])]),
    )


def _digest(value: str) -> Markup:
    return Markup("<span class='digest'>{}</span>").format(value)


def _files(files: list[Mapping[str, Any]]) -> Markup | str:
    if not files:
        return _("没有附文件")
    count = ngettext("共 %(num)s 个文件", "共 %(num)s 个文件", len(files))
    return Markup("<br>").join([Markup("{}").format(count), *(_digest(file["sha256"]) for file in files)])
