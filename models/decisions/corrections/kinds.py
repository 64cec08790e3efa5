"""Why a published record is corrected."""

import enum

from models.decisions.kinds import DecisionKind


class CorrectionGround(enum.StrEnum):
    """`inaccurate`: readers see what stood there before; `hidden`: they must not, and nobody keeps it."""

    INACCURATE = "inaccurate"
    HIDDEN = "hidden"


GROUND_LABELS = {
    CorrectionGround.INACCURATE: "公示的信息不准确，已经更正",
    CorrectionGround.HIDDEN: "公示了不应公开的内容，已经遮去",
}
BASIS_LABELS = {
    CorrectionGround.INACCURATE: "《市场监督管理行政处罚信息公示规定》第十二条",
    CorrectionGround.HIDDEN: "《市场监督管理行政处罚信息公示规定》第六条、第十二条",
}
# The rules on publishing penalties say nothing of other decisions; the law on government information does.
UNPUNISHED_BASIS_LABELS = {
    CorrectionGround.INACCURATE: "《中华人民共和国政府信息公开条例》第四十一条",
    CorrectionGround.HIDDEN: "《中华人民共和国政府信息公开条例》第十五条、第四十一条",
}


def basis_of(ground: CorrectionGround, kind: DecisionKind) -> str:
    """The article by which a record of such a decision is corrected."""
    return (BASIS_LABELS if kind is DecisionKind.PENALTY else UNPUNISHED_BASIS_LABELS)[ground]
