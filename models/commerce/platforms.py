"""The platforms as data: by which hosts, paths and parameters an address names an item, a shop or a post."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

UNKNOWN = "unknown"


class LinkKind(enum.StrEnum):
    """What a link points at. A short link says its platform only: where it leads is never asked."""

    ITEM = "item"
    SHOP = "shop"
    POST = "post"
    SHORT = "short"
    PAGE = "page"  # an address that no form fits
    TEXT = "text"  # no address at all


LINK_KIND_LABELS: dict[LinkKind, str] = {
    LinkKind.ITEM: "商品",
    LinkKind.SHOP: "店铺",
    LinkKind.POST: "视频或笔记",
    LinkKind.SHORT: "短链接或口令",
    LinkKind.PAGE: "其他网页",
    LinkKind.TEXT: "不是网址",
}


@dataclass(frozen=True)
class Form:
    """One way in which a platform writes addresses; `address` is the way that we write it."""

    kind: LinkKind
    hosts: re.Pattern[str]
    path: re.Pattern[str]
    item: tuple[str, ...]
    shop: tuple[str, ...]
    value: re.Pattern[str]
    address: str


@dataclass(frozen=True)
class Platform:
    """A platform, who runs it and where that company has its domicile (GB/T 2260; Order 121 Art 13, 31)."""

    id: str
    name: str
    family: str
    operator: str
    domicile: str
    forms: tuple[Form, ...]


@dataclass(frozen=True)
class Wrapper:
    """An address that only leads on: the one that is meant stands in a parameter."""

    hosts: re.Pattern[str]
    path: re.Pattern[str]
    names: tuple[str, ...]


@dataclass(frozen=True)
class ShareText:
    """A share code without an address."""

    platform: str
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Platforms:
    """All of them, in the order in which they are tried."""

    platforms: tuple[Platform, ...]
    wrappers: tuple[Wrapper, ...]
    texts: tuple[ShareText, ...]
    tracking_names: frozenset[str]
    tracking_prefixes: tuple[str, ...]

    def get(self, name: str) -> Platform | None:
        """The platform of that id."""
        return next((one for one in self.platforms if one.id == name), None)

    def name_of(self, name: str) -> str:
        """What people call it."""
        found = self.get(name)
        return found.name if found else OTHER_SITE

    def is_tracking(self, parameter: str) -> bool:
        """Whether a parameter says who looked rather than at what."""
        return parameter.lower() in self.tracking_names or parameter.lower().startswith(
            self.tracking_prefixes
        )


OTHER_SITE = "其他网站"
# The names in profiles/platforms.toml once more, for the translators; a test holds one against the other.
PLATFORM_LABELS: dict[str, str] = {
    "tmall": "天猫",
    "taobao": "淘宝",
    "1688": "1688",
    "jd": "京东",
    "pinduoduo": "拼多多",
    "douyin": "抖音",
    "kuaishou": "快手",
    "xiaohongshu": "小红书",
    "wechat": "微信小店",
    "weidian": "微店",
    "amazon": "亚马逊中国",
    UNKNOWN: OTHER_SITE,
}
