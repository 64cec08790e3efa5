"""From what people paste to what it points at: an address or an app's share text → platform, shop, item.

Nothing is fetched: a short link stays one. What no platform's form fits is kept whole. Equal `key`s are the same thing,
whichever device, campaign or friend the link came from.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

from models.commerce.platform_files import read_platforms
from models.commerce.platforms import UNKNOWN, Form, LinkKind, Platform, Platforms
from models.plain import plain

LONGEST = 2000
_WRAPPED_AT_MOST = 3  # a jump inside a jump is seen in life, more of them only in attacks
_URL_SIGNS = r"A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%|{}"
_STOPS = r"\s<>\"“”‘’「」『』【】《》，。！；、（）￥¥"
_STARTS = re.compile(
    r"(?:[a-z][a-z0-9+.\-]{1,30}://|(?<![A-Za-z0-9@._\-])(?:[a-z0-9][a-z0-9\-]{0,62}\.)+[a-z]{2,24}(?=[/?#:]|$|[^A-Za-z0-9@._\-]))",
    re.IGNORECASE,
)
_ASCII_RUN = re.compile(f"[{_URL_SIGNS}]+")
_LONG_RUN = re.compile(f"[^{_STOPS}]+")
_SAFE = "/%:@!$&()*+,;=~-._?"  # in a fragment
_TRAILING = ".,;:!?)]}'\"”|"


@dataclass(frozen=True)
class Link:
    """What a line says. `given` is the line as it came, `address` the same without what differs between visits."""

    given: str
    address: str
    platform: str
    kind: LinkKind
    item: str
    shop: str
    key: str

    @property
    def names_something(self) -> bool:
        """Whether staff can open it: an item, a shop, a post, a short link or another site's page."""
        return self.kind is not LinkKind.TEXT


def parse_link(text: str, platforms: Platforms | None = None) -> Link:
    """What `text` points at: of several addresses in it the first that a platform is known by."""
    table = platforms or read_platforms()
    given = plain(text)[:LONGEST]
    unknown: Link | None = None
    for address in _addresses(given):
        found = _read(given, address, table)
        if found.platform != UNKNOWN:
            return found
        if unknown is None or (unknown.address.endswith("/") and found.address.startswith(unknown.address)):
            unknown = found  # a path in Han goes on where the plain signs end
    return _share_code(given, table) or unknown or _text(given)


def shop_key(link: Link, platforms: Platforms | None = None) -> str:
    """Equal for links of the same shop; "" where the link does not say which."""
    platform = (platforms or read_platforms()).get(link.platform)
    return f"{platform.family}:shop:{link.shop.lower()}" if platform and link.shop else ""


def _addresses(text: str) -> Iterator[str]:
    """Whatever in the text looks like an address: plain signs only first, then with Han in the path."""
    readable = html.unescape(text)
    for start in _STARTS.finditer(readable):
        for run in (_ASCII_RUN, _LONG_RUN):
            found = run.match(readable, start.start())
            if found:
                yield found.group().rstrip(_TRAILING)


def _read(given: str, address: str, table: Platforms, depth: int = 0) -> Link:
    parts = _split(address)
    if parts is None:
        return _text(given)
    host, pairs = _host(parts), _pairs(parts)
    if depth < _WRAPPED_AT_MOST and (inner := _unwrapped(host, parts.path, pairs, table)):
        return _read(given, inner, table, depth + 1)
    for platform in table.platforms:
        for form in platform.forms:
            if found := _fits(form, platform, given, host, parts.path or "/", pairs):
                return found
    return _page(given, parts, table)


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        _ = parts.port  # a port that is no number is found only now
    except ValueError:
        return None
    return parts if _host(parts) else None


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").lower().rstrip(".")


def _pairs(parts: SplitResult) -> dict[str, str]:
    """The parameters of the address, and those behind its `#` where an app of one page has them."""
    found: dict[str, str] = {}
    for query in (parts.query, parts.fragment.partition("?")[2]):
        try:
            pairs = parse_qsl(query, max_num_fields=200)
        except ValueError:
            continue
        for name, value in pairs:
            found.setdefault(name, value)
    return found


def _unwrapped(host: str, path: str, pairs: dict[str, str], table: Platforms) -> str:
    for wrapper in table.wrappers:
        if wrapper.hosts.fullmatch(host) and wrapper.path.match(path):
            inner = next((pairs[name] for name in wrapper.names if pairs.get(name)), "")
            if inner.startswith("/"):
                return f"https://{host}{inner}"
            if "://" in inner:
                return inner
    return ""


def _fits(
    form: Form, platform: Platform, given: str, host: str, path: str, pairs: dict[str, str]
) -> Link | None:
    at, way = form.hosts.fullmatch(host), form.path.match(path)
    if not at or not way:
        return None
    if form.kind is LinkKind.SHORT:
        key = f"{platform.family}:short:{host}{path.rstrip('/')}"
        return Link(given, f"https://{host}{path}", platform.id, form.kind, "", "", _sized(key))
    named = {**at.groupdict(), **way.groupdict()}
    item = named.get("item") or _value(form, form.item, pairs)
    shop = named.get("shop") or _value(form, form.shop, pairs)
    what = shop if form.kind is LinkKind.SHOP else item
    if not what:
        return None
    written = form.address.format(item=quote(item), shop=quote(shop))
    key = f"{platform.family}:{form.kind}:{what.lower() if form.kind is LinkKind.SHOP else what}"
    return Link(given, written, platform.id, form.kind, item, shop, _sized(key))


def _value(form: Form, names: tuple[str, ...], pairs: dict[str, str]) -> str:
    return next((pairs[name] for name in names if form.value.fullmatch(pairs.get(name, ""))), "")


def _page(given: str, parts: SplitResult, table: Platforms) -> Link:
    """An address that no form fits: everything stays but the parameters that say who looked."""
    if parts.scheme.lower() not in ("http", "https"):
        return _text(given)
    try:
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=200)
    except ValueError:
        pairs = []
    kept = [(name, value) for name, value in pairs if not table.is_tracking(name)]
    port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    place = f"{_host(parts)}{port}{quote(parts.path, safe='/%:@!$&()*+,;=~-._')}"
    tail = (f"?{urlencode(kept)}" if kept else "") + (
        f"#{quote(parts.fragment, safe=_SAFE)}" if parts.fragment else ""
    )
    address = f"{parts.scheme.lower()}://{place}{tail}"
    compared = f"{place.removeprefix('www.').rstrip('/')}?{urlencode(sorted(kept))}#{parts.fragment}"
    return Link(given, address[:LONGEST], UNKNOWN, LinkKind.PAGE, "", "", _sized(f"page:{compared}"))


def _share_code(given: str, table: Platforms) -> Link | None:
    for text in table.texts:
        if found := text.pattern.search(given):
            platform = table.get(text.platform)
            key = f"{platform.family if platform else UNKNOWN}:short:{found.group()}"
            return Link(given, found.group(), text.platform, LinkKind.SHORT, "", "", _sized(key))
    return None


def _text(given: str) -> Link:
    return Link(given, given, UNKNOWN, LinkKind.TEXT, "", "", _sized(f"text:{''.join(given.split())}"))


def _sized(key: str) -> str:
    """A key that fits its column: a long one by its digest."""
    return key if len(key) <= 120 else f"{key[:40]}…{hashlib.sha256(key.encode()).hexdigest()[:64]}"
