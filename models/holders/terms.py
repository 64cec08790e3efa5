"""The closed lists of rights-holders: how something stands, who somebody is, why something was refused and how to mend it."""

from __future__ import annotations

import enum


class Standing(enum.StrEnum):
    """How a membership or a right stands with the bureau."""

    PENDING = "pending"
    VERIFIED = "verified"
    REFUSED = "refused"
    ENDED = "ended"


STANDING_LABELS: dict[Standing, str] = {
    Standing.PENDING: "等待核验",
    Standing.VERIFIED: "已核验",
    Standing.REFUSED: "未通过，请更正",
    Standing.ENDED: "已停用",
}


class MemberRole(enum.StrEnum):
    """What a member may do: owners look after members, rights and agents; the others file."""

    OWNER = "owner"
    MEMBER = "member"


MEMBER_ROLE_LABELS: dict[MemberRole, str] = {
    MemberRole.OWNER: "管理人",
    MemberRole.MEMBER: "经办人",
}


class Fault(enum.StrEnum):
    """Why a membership or a right was refused."""

    NO_PROOF = "no_proof"
    UNREADABLE = "unreadable"
    OTHER_HOLDER = "other_holder"
    WRONG_NUMBER = "wrong_number"
    EXPIRED = "expired"
    NOT_IN_FORCE = "not_in_force"
    NO_AUTHORITY = "no_authority"
    OTHER = "other"


FAULT_LABELS: dict[Fault, str] = {
    Fault.NO_PROOF: "没有证明文件，或者不是这项权利（这个单位）的",
    Fault.UNREADABLE: "证明文件看不清或者不完整",
    Fault.OTHER_HOLDER: "证书上的权利人不是这个单位",
    Fault.WRONG_NUMBER: "号码与证书不一致",
    Fault.EXPIRED: "权利已经到期",
    Fault.NOT_IN_FORCE: "权利已被宣告无效、撤销，或者没有缴费",
    Fault.NO_AUTHORITY: "不能证明您代表这个单位",
    Fault.OTHER: "其他",
}

MEND_LABELS: dict[Fault, str] = {
    Fault.NO_PROOF: "请上传权利证书；单位请上传营业执照。",
    Fault.UNREADABLE: "请重新拍照或扫描，四角齐全、文字清楚，再上传一次。",
    Fault.OTHER_HOLDER: "请补充转让、许可或更名的证明；由别人授权的，请对方登记权利后委托您。",
    Fault.WRONG_NUMBER: "请照证书更正号码。",
    Fault.EXPIRED: "请上传续展证明，并更正到期日。",
    Fault.NOT_IN_FORCE: "请上传权利现在有效的证明，例如登记簿副本、缴费凭证。",
    Fault.NO_AUTHORITY: "请上传单位盖章的授权书，写明您的姓名和办理的事项。",
    Fault.OTHER: "请按说明更正后重新提交。",
}
