"""What a submission must hold before it is taken in, whoever sends it. Forms check more, and earlier."""

from __future__ import annotations

from models.errors import Invalid
from models.filings.errors import IdentityRequired
from models.filings.submissions import Person, Submission
from models.kinds import Track
from models.people.tables import Account
from models.wording import said

MAX_FACTS = 10_000
WITHOUT_RESPONDENT = (Track.AID, Track.CONSULTATION)
# Who has to say who they are: Order 121 Art 10 for a complaint; a request for adjudication is served on both sides.
_IDENTITY_LABELS = {
    Track.COMPLAINT: "消费者投诉需要真实姓名、电话和通讯地址（121号 第10条），不能匿名。",
    Track.ADJUDICATION: "专利侵权行政裁决需要请求人的姓名、电话和通讯地址，不能匿名。",
}


def check(submission: Submission, account: Account | None) -> None:
    """Raises `Invalid` with a sentence per field for what is missing or too long."""
    errors: dict[str, str] = {}
    if not submission.facts.strip():
        errors["facts"] = "请写明发生了什么。"
    if len(submission.facts) > MAX_FACTS:
        errors["facts"] = said("事实经过最多 %(most)s 个字，更多内容请作为文件上传。", most=MAX_FACTS)
    if not submission.respondent.name.strip() and submission.track not in WITHOUT_RESPONDENT:
        errors["respondent_name"] = "请写明被举报的店铺、企业或个人。"
    if errors:
        raise Invalid("还有内容没有填写，请按提示补充。", errors)
    _check_person(submission, account)


def _check_person(submission: Submission, account: Account | None) -> None:
    person = submission.person
    if person is None:
        if submission.track in _IDENTITY_LABELS:
            raise IdentityRequired(_IDENTITY_LABELS[submission.track])
        if account is not None:
            raise IdentityRequired("以权利人身份提交的线索需要署名。")
        return
    missing = _missing(person, needs_address=submission.track in _IDENTITY_LABELS)
    if missing:
        raise IdentityRequired("身份信息还不完整，请补充。", missing)


def _missing(person: Person, *, needs_address: bool) -> dict[str, str]:
    missing = {}
    if not person.name.strip():
        missing["name"] = "请填写姓名。"
    if not person.phone_digits and not person.email.strip():
        missing["phone"] = "请填写手机号码，或者填写电子邮箱。"
    if needs_address and not person.phone_digits:
        missing["phone"] = "请填写电话（121号 第10条）。"
    if needs_address and not person.address.strip():
        missing["address"] = "请填写通讯地址（121号 第10条）。"
    return missing
