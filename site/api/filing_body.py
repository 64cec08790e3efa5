"""Reading what another system hands in: the same questions as the journey's, the same limits, a sentence a field."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from email_validator import EmailNotValidError, validate_email
from flask import Request
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from journey.regions import region_choices
from models.codes.identity import IDENTITY_FAULT_LABELS, check_identity_number
from models.codes.identity import LENGTH as IDENTITY_LENGTH
from models.codes.text import compact
from models.codes.uscc import is_valid_uscc, normalise_uscc
from models.commerce.notices.terms import Measure, Told, check_told
from models.commerce.operations import Row as LinkRow
from models.commerce.terms import MOST_LINKS
from models.errors import Invalid
from models.filings.submissions import Person, Respondent, Submission
from models.kinds import Channel, RightType, Track
from models.people.profiles import BureauProfile
from models.types import beijing_date, now_utc
from shared.fields import tidy
from shared.i18n import label

MOST_BYTES = 1024 * 1024  # of the JSON; what is longer than the limits below allow is no filing
LANGUAGES = ("zh_Hans", "zh_Hant", "en")
# Characters of each answer, as the journey's forms have them.
MATTER = {"facts": 5000, "request": 1000, "right_number": 60, "external_number": 100}
RESPONDENT = {"name": 200, "uscc": 18, "address": 300, "platform_link": 2000}
PERSON = {"name": 100, "phone": 30, "email": 255, "address": 300, "id_number": 30, "organisation": 200}
PLATFORM = {"platform": 20, "notified_on": 10, "measure": 20, "statement_reached_on": 10, "statement": 1000}
LINK = {"address": 2000, "captured_at": 40, "screenshot": 255, "remark": 200}
CLOSED = ("track", "also", "right_type", "region_code", "language")
# What may be asked for at once, each with clocks of its own (Order 121 Art 9).
TOGETHER = {Track.COMPLAINT: (Track.REPORT,)}
Choice = TypeVar("Choice", Track, RightType)


@dataclass(frozen=True)
class Asked:
    """One request: the matter as data, its bytes for the fingerprint, its files."""

    matter: Mapping[str, Any]
    content: bytes
    files: list[FileStorage]


def asked(request: Request) -> Asked:
    """JSON alone, or a form with the JSON in the part `filing` and files in the parts `files`."""
    if request.mimetype == "multipart/form-data":
        text = request.form.get("filing", "")
        if not text and "filing" in request.files:
            text = request.files["filing"].read().decode(errors="replace")
        content = text.encode()
        files = [file for file in request.files.getlist("files") if file.filename]
    else:
        content, files = request.stream.read(MOST_BYTES + 1), []
        if len(content) > MOST_BYTES:
            raise RequestEntityTooLarge
    try:
        matter = json.loads(content)
    except (ValueError, RecursionError):  # brackets in brackets without end
        matter = None
    if not isinstance(matter, dict):
        raise Invalid(_("内容应是一个 JSON 对象；带文件时放在 multipart 的 filing 部分。"))
    return Asked(matter, content, files)


@dataclass
class _Reading:
    """The answers one by one; what is wrong with each is collected, so that all of it is told at once."""

    errors: dict[str, str] = field(default_factory=dict)

    def texts(self, given: object, limits: Mapping[str, int], prefix: str = "") -> dict[str, str]:
        if not isinstance(given, dict):
            self.errors[prefix.rstrip(".") or "filing"] = _("应是一个 JSON 对象。")
            return dict.fromkeys(limits, "")
        for name in sorted(set(given) - set(limits)):
            if prefix:
                self.errors[prefix + str(name)[:100]] = _("没有这一项。")
        return {name: self._text(given.get(name), most, prefix + name) for name, most in limits.items()}

    def _text(self, given: object, most: int, name: str) -> str:
        if given is not None and not isinstance(given, str):
            self.errors[name] = _("应是文字。")
            return ""
        text = tidy(given or "")
        if len(text) > most:
            self.errors[name] = _("最多 %(most)s 个字。", most=most)
        return text

    def choice(self, given: object, kind: type[Choice], name: str) -> Choice | None:
        try:
            return kind(str(given))
        except ValueError:
            self.errors[name] = _one_of(one.value for one in kind)
            return None


def as_submission(
    matter: Mapping[str, Any], token: str, bureau: BureauProfile, data: Mapping[str, Any]
) -> Submission:
    """The submission; `Invalid` with a sentence for each field that is wrong, named as in the request."""
    reading = _Reading()
    known = {*MATTER, *CLOSED, "respondent", "person", "platform", "links", "again", "right_id"}
    for name in sorted(set(matter) - known):
        reading.errors[str(name)[:100]] = _("没有这一项。")
    texts = reading.texts(matter, MATTER)
    respondent = reading.texts(matter.get("respondent") or {}, RESPONDENT, "respondent.")
    track = reading.choice(matter.get("track"), Track, "track")
    also = _also(reading, track, matter.get("also", []))
    right = reading.choice(matter.get("right_type", RightType.OTHER.value), RightType, "right_type")
    person = _person(reading, matter.get("person"))
    platform = _platform(reading, matter.get("platform"))
    region = _region(reading, matter.get("region_code"), bureau)
    language = matter.get("language", LANGUAGES[0])
    if language not in LANGUAGES:
        reading.errors["language"] = _one_of(LANGUAGES)
    respondent["uscc"] = normalise_uscc(respondent["uscc"])
    if respondent["uscc"] and not is_valid_uscc(respondent["uscc"]):
        reading.errors["respondent.uscc"] = _(
            "这个代码的校验位不对，请对照营业执照核对 18 位代码，或者留空。"
        )
    if track is Track.CLUE and person is None:
        reading.errors["person"] = _("权利人线索需要署名。")
    if reading.errors or track is None or right is None:
        raise Invalid(_("内容有误，没有收下，请按 errors 更正后重发。"), reading.errors)
    number = {"external_number": texts["external_number"]} if texts["external_number"] else {}
    return Submission(
        token=token,
        track=track,
        right_type=right,
        respondent=Respondent(**respondent),
        region_code=region,
        also=also,
        facts=texts["facts"],
        request=texts["request"],
        right_number=texts["right_number"],
        person=person,
        channel=Channel.API,
        language=str(language),
        data={**data, **number, **platform},
    )


def _also(reading: _Reading, track: Track | None, given: object) -> tuple[Track, ...]:
    """The further procedures: what is a complaint and a report becomes two filings on one receipt."""
    allowed = TOGETHER.get(track, ()) if track else ()
    if not isinstance(given, list) or len(given) > len(allowed) or any(one not in allowed for one in given):
        reading.errors["also"] = _('只有消费者投诉可以同时作为举报提交，写作 ["report"]。')
        return ()
    return tuple(Track(one) for one in given)


def _platform(reading: _Reading, given: object) -> dict[str, Any]:
    """The platform that was notified before (电子商务法 Art 42, 43)."""
    if given is None:
        return {}
    texts = reading.texts(given, PLATFORM, "platform.")
    try:
        told = Told(
            platform=texts["platform"],
            notified_on=dt.date.fromisoformat(texts["notified_on"]),
            measure=Measure(texts["measure"] or Measure.UNKNOWN),
            statement_reached_on=(
                dt.date.fromisoformat(texts["statement_reached_on"])
                if texts["statement_reached_on"]
                else None
            ),
            statement=texts["statement"],
        )
        check_told(told, beijing_date(now_utc()))
    except Invalid as error:
        reading.errors |= {f"platform.{name}": label(sentence) for name, sentence in error.errors.items()}
        return {}
    except ValueError:
        reading.errors["platform"] = _(
            "日期写作 2026-01-31；measure 应是以下之一：%(values)s。", values="、".join(Measure)
        )
        return {}
    return {"platform": told.as_data()}


def links_in(matter: Mapping[str, Any]) -> list[LinkRow]:
    """The rows under `links`, each a text or an object; `Invalid` with a sentence for each that is neither."""
    given, errors, rows = matter.get("links", []), {}, []
    if not isinstance(given, list) or len(given) > MOST_LINKS:
        raise Invalid(_("links 应是列表，最多 %(most)s 行。", most=MOST_LINKS), {"links": _("应是列表。")})
    for number, one in enumerate(given):
        told = {"address": one} if isinstance(one, str) else one
        if not isinstance(told, dict) or not isinstance(told.get("address"), str) or set(told) - set(LINK):
            errors[f"links.{number}"] = _("应是文字，或者有 address 的对象。")
            continue
        if not told["address"].strip():
            errors[f"links.{number}"] = _("这一行是空的。")
        captured_at = told.get("captured_at")
        try:
            moment = dt.datetime.fromisoformat(captured_at) if captured_at else None
        except (ValueError, TypeError):
            moment = None
            errors[f"links.{number}.captured_at"] = _("时间写作 2026-01-31T09:30:00+08:00。")
        if moment is not None and moment.tzinfo is None:
            errors[f"links.{number}.captured_at"] = _("时间要写明时区，例如 +08:00。")
        texts = {name: str(told.get(name) or "")[:most] for name, most in LINK.items()}
        rows.append(LinkRow(tidy(texts["address"]), moment, texts["screenshot"], texts["remark"]))
    if errors:
        raise Invalid(_("链接有误，没有收下，请按 errors 更正后重发。"), errors)
    return rows


def _person(reading: _Reading, given: object) -> Person | None:
    if given is None:
        return None
    told = reading.texts(given, PERSON, "person.")
    if told["email"]:
        try:
            validate_email(told["email"], check_deliverability=False)
        except EmailNotValidError:
            reading.errors["person.email"] = _("邮箱的格式不对。")
    number = compact(told["id_number"])
    if len(number) == IDENTITY_LENGTH:  # passports and permits of residence have other lengths, and no check
        fault = check_identity_number(number, today=beijing_date(now_utc())).fault
        if fault:
            reading.errors["person.id_number"] = label(IDENTITY_FAULT_LABELS[fault])
    return Person(**told)


def _region(reading: _Reading, given: object, bureau: BureauProfile) -> str:
    """A region of the bureau's own, or somewhere else; nothing said is the bureau's own."""
    code = str(given or bureau.bureau.region_code)
    known = {choice for choice, _place in region_choices(bureau) if choice}
    if code not in known:
        reading.errors["region_code"] = _one_of(sorted(known))
    return code


def _one_of(values: Iterable[str]) -> str:
    return _("应是以下之一：%(values)s。", values="、".join(values))
