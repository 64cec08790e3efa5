"""Region codes (GB/T 2260): the thirty-four provinces, and which six digits can be a region at all.

The full table changes every year and old numbers keep old codes, so an unknown code is never an error.
"""

from models.codes.text import is_ascii_digits

PROVINCES = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区",
    "21": "辽宁省", "22": "吉林省", "23": "黑龙江省",
    "31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省",
    "37": "山东省",
    "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区", "46": "海南省",
    "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省", "54": "西藏自治区",
    "61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区", "65": "新疆维吾尔自治区",
    "71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区",
}  # fmt: skip


def is_region_code(code: str) -> bool:
    """Whether `code` has the form of a region: six digits under a known province."""
    return len(code) == 6 and is_ascii_digits(code) and code[:2] in PROVINCES


def province_name(code: str) -> str | None:
    """The province of a region code, or None when there is no such province."""
    return PROVINCES.get(code[:2])


def contains_region(outer: str, inner: str) -> bool:
    """Whether region `inner` lies in `outer` (a trailing 00 stands for everything below) or is the same.

    Counties right under a province (Jiyuan, 419001) lie in the province and in no city.
    """
    significant = outer[:2] if outer.endswith("0000") else outer[:4] if outer.endswith("00") else outer
    return inner.startswith(significant)
