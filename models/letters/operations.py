"""The verbs of a letter that came in: register it, draft the reply, send the draft back or issue it, note the delivery.

Its clock counts from the day on which the bureau had it: fifteen working days where help with an investigation is asked
for (程序规定 Art 45), the bureau's promise for any other letter. It is kept by the issued reply.
"""

from __future__ import annotations

import datetime as dt
import io

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import outbox
from models.cases.moves import required
from models.cases.outside.kinds import letter_kind
from models.clocks.operations import meet_deadline, start_deadline
from models.errors import ActRefused, Conflict, Invalid, NotAllowed
from models.ledger import record
from models.letters.tables import IncomingLetter
from models.papers.fields import in_words
from models.papers.issuing import LARGEST_PAPER, Office
from models.papers.kinds import paper_kind
from models.papers.numbers import written
from models.papers.prefixes import next_number
from models.papers.templates import template_for
from models.papers.terms import Way
from models.people.tables import Account, Unit
from models.plain import plain
from models.types import beijing_date, beijing_midnight
from models.wording import said

REPLY = "cooperation_reply"  # the kind of paper
PRINT_REPLY = "print-reply"
_LONGEST_NUMBER = 100


def register(
    session: Session,
    *,
    unit: Unit,
    sender: Unit,
    kind: str,
    their_number: str,
    words: str,
    received_on: dt.date,
    actor: Account,
    now: dt.datetime,
) -> IncomingLetter:
    """登记来函. Invalid for a day to come, and for a letter that is registered already."""
    what, number = letter_kind(kind), plain(their_number)[:_LONGEST_NUMBER]
    errors: dict[str, str] = {}
    asked = required(words, field="words", sentence="请写明来函请求的事项。")
    if not number:
        errors["their_number"] = said("请填写来函的文号；没有文号的写“无文号”和来函日期。")
    elif _is_known(session, sender, number):
        errors["their_number"] = said("这份来函已经登记过。")
    if received_on > beijing_date(now):
        errors["received_on"] = said("收到的日期不能晚于今天。")
    if not sender.is_outside or not what.receives:
        errors["kind"] = said("请重新选择来函单位和种类。")
    if errors:
        raise Invalid(next(iter(errors.values())), errors)
    made = IncomingLetter(unit=unit, from_unit=sender, kind=what.id, their_number=number, words=asked)
    made.received_on, made.registered_by_id, made.registered_at = received_on, actor.id, now
    session.add(made)
    session.flush()
    begun = beijing_midnight(received_on)
    start_deadline(session, rule_id=what.clock, subject=made, started_at=begun, now=now, unit_id=unit.id)
    facts = {"unit": unit.id, "from": sender.id, "kind": what.id, "received_on": received_on.isoformat()}
    record(session, act="letter.register", subject=made, actor=actor, now=now, data=facts)
    return made


def draft_reply(
    session: Session, *, letter: IncomingLetter, words: str, actor: Account, now: dt.datetime
) -> IncomingLetter:
    """起草复函, item by item; where nothing can be done, why. Another person issues it."""
    _refuse_answered(letter)
    letter.reply = required(words, field="words", sentence="请逐项写明查到的情况；不能协助的写明理由。")
    letter.drafted_by_id, letter.drafted_at, letter.remarks = actor.id, now, None
    session.flush()
    record(session, act="letter.draft", subject=letter, actor=actor, now=now)
    return letter


def send_back(
    session: Session, *, letter: IncomingLetter, reasons: str, actor: Account, now: dt.datetime
) -> IncomingLetter:
    """退回修改: the draft is to be mended."""
    _refuse_answered(letter)
    if letter.reply is None:
        raise ActRefused("还没有复函的草稿。")
    letter.remarks = required(reasons, field="reasons", sentence="请写明要修改什么。")
    session.flush()
    record(session, act="letter.send_back", subject=letter, actor=actor, now=now)
    return letter


def issue_reply(
    session: Session, *, letter: IncomingLetter, draft: str, office: Office, actor: Account, now: dt.datetime
) -> IncomingLetter:
    """批准并签发复函: by somebody else than the drafter. The number is drawn, the bytes are kept, the clock is kept.

    `draft` is the mark of what was read (`IncomingLetter.draft_mark`): Conflict where somebody changed it since.
    """
    read = ["issued_at", "reply", "remarks", "drafted_by_id"]
    session.refresh(letter, read, with_for_update=True)  # two clicks are one reply
    _refuse_answered(letter)
    if letter.reply is None or letter.remarks is not None:
        raise ActRefused("复函还没有起草，或者已经退回修改。")
    if actor.id == letter.drafted_by_id:
        raise NotAllowed("公文由另一位负责人审批，起草的人不能自己批准。")
    if draft != letter.draft_mark:
        raise Conflict(said("复函在您阅读以后修改过，请重新阅读，再批准签发。"))
    kind = paper_kind(REPLY)
    letter.series, letter.year, letter.number = next_number(
        session, profile=office.bureau, unit=letter.unit, word=kind.word, now=now
    )
    values = {
        "文号": written(letter.series, letter.year, letter.number),
        "签发日期": in_words(beijing_date(now)),
        "机关名称": letter.unit.name,
        "承办机构": letter.unit.name,
        "主送": letter.from_unit.name,
        "来函文号": letter.their_number,
        "协助结果": letter.reply,
    }
    template = template_for(session, kind.id)
    if template is None:
        content = office.maker.default_template(kind)
    else:
        with office.files.open(template.store_key) as stream:
            content = stream.read()
    document = office.maker.render(kind, content, {name: values.get(name, "") for name in kind.field_names})
    stored = office.files.save(io.BytesIO(document), limit=LARGEST_PAPER)
    letter.docx_key, letter.docx_size, letter.docx_sha256 = stored.key, stored.size, stored.sha256
    letter.issued_by_id, letter.issued_at = actor.id, now
    session.flush()
    meet_deadline(session, rule_id=letter_kind(letter.kind).clock, subject=letter, now=now)
    facts = {"number": letter.document_number, "sha256": stored.sha256}
    record(session, act="letter.issue", subject=letter, actor=actor, now=now, data=facts)
    outbox.put(
        session, kind=PRINT_REPLY, key=f"{PRINT_REPLY}:{letter.id}", payload={"letter_id": letter.id}, now=now
    )
    return letter


def deliver(
    session: Session,
    *,
    letter: IncomingLetter,
    way: Way,
    on: dt.date,
    proof: str,
    actor: Account,
    now: dt.datetime,
) -> IncomingLetter:
    """登记送达 of the reply, once: by which way, on which day, shown by what."""
    if letter.issued_at is None or letter.delivered_on is not None:
        raise ActRefused("只有已签发、还没有登记送达的复函可以登记送达。")
    errors: dict[str, str] = {}
    if not beijing_date(letter.issued_at) <= on <= beijing_date(now):
        errors["on"] = said("送达日期应在签发之日以后，不能晚于今天。")
    if not plain(proof):
        errors["proof"] = said("请写明送达的凭证，例如回证编号、邮件单号。")
    if errors:
        raise Invalid(next(iter(errors.values())), errors)
    letter.delivered_on, letter.delivery_way, letter.delivery_proof = on, way.value, plain(proof)
    session.flush()
    facts = {"way": way, "on": on.isoformat()}
    record(session, act="letter.deliver", subject=letter, actor=actor, now=now, data=facts)
    return letter


def _is_known(session: Session, sender: Unit, number: str) -> bool:
    same = (IncomingLetter.from_unit_id == sender.id, IncomingLetter.their_number == number)
    return session.scalar(select(IncomingLetter.id).where(*same)) is not None


def _refuse_answered(letter: IncomingLetter) -> None:
    if letter.is_answered:
        raise ActRefused("这份来函已经函复，不能再改。")
