"""Why a published record is corrected."""

import enum


class CorrectionGround(enum.StrEnum):
    """`inaccurate`: readers see what stood there before; `hidden`: they must not, and nobody keeps it."""

    INACCURATE = "inaccurate"
    HIDDEN = "hidden"


GROUND_LABELS = {
    CorrectionGround.INACCURATE: "公示的信息不准确，已经更正",
    CorrectionGround.HIDDEN: "公示了不应公开的内容，已经遮去",
}
GROUND_BASES = {
    CorrectionGround.INACCURATE: "《市场监督管理行政处罚信息公示规定》第十二条",
    CorrectionGround.HIDDEN: "《市场监督管理行政处罚信息公示规定》第六条、第十二条",
}
