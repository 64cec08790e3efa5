"""The hints of the evidence page: what helps, by kind of right, in plain words."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from models.kinds import RightType

EVIDENCE_HINTS: dict[RightType, LazyString] = {
    RightType.TRADEMARK: _l("商品和包装的照片（拍清商标、厂名、批号）、店铺招牌、购买小票或订单截图。"),
    RightType.PATENT_PASSING_OFF: _l("标有专利字样和专利号的产品、包装或广告的照片。"),
    RightType.PATENT_INFRINGEMENT: _l("产品照片、购买凭证、专利证书，能看出结构或方法的资料。"),
    RightType.COPYRIGHT: _l("原作品和涉嫌盗版作品的对照、网页截图、购买凭证。"),
}
DEFAULT_EVIDENCE_HINT = _l("能说明事情的照片、截图、录音、录像或文件，例如商品照片、聊天记录、购买小票。")
