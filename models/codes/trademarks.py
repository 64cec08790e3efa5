"""Trademark registration numbers and Nice classes. The numbers have no check digit: their form only hints."""

import re

from models.codes.text import compact

# Up to eight digits, G before an international registration, a letter after a part of a divided one.
_FORM = re.compile(r"G?\d{1,8}[A-Z]?", re.ASCII)
_AROUND = re.compile(r"^第|号$")

# Short headings of the international classification; 1-34 are goods, 35-45 services.
NICE_CLASS_LABELS = {
    1: "化学原料", 2: "颜料油漆", 3: "日化用品", 4: "燃料油脂", 5: "医药", 6: "金属材料", 7: "机械设备",
    8: "手工器械", 9: "科学仪器、电子产品", 10: "医疗器械", 11: "灯具、家用电器", 12: "运输工具",
    13: "军火烟火", 14: "珠宝钟表", 15: "乐器", 16: "办公用品", 17: "橡胶制品", 18: "皮革皮具",
    19: "建筑材料", 20: "家具", 21: "厨房洁具", 22: "绳网袋篷", 23: "纱线丝", 24: "布料床单",
    25: "服装鞋帽", 26: "纽扣拉链", 27: "地毯席垫", 28: "健身器材、玩具", 29: "食品",
    30: "方便食品、调味品", 31: "饲料种籽", 32: "啤酒饮料", 33: "酒", 34: "烟草烟具", 35: "广告销售",
    36: "金融物管", 37: "建筑修理", 38: "通讯服务", 39: "运输贮藏", 40: "材料加工", 41: "教育娱乐",
    42: "科技服务", 43: "餐饮住宿", 44: "医疗园艺", 45: "社会服务",
}  # fmt: skip


def normalise_trademark_number(typed: str) -> str:
    """The number without 第…号, spaces and full-width signs."""
    return _AROUND.sub("", compact(typed))


def looks_like_trademark_number(typed: str) -> bool:
    """Whether `typed` has a usual form. A hint beside the field: an unusual number is never refused."""
    return _FORM.fullmatch(normalise_trademark_number(typed)) is not None


def is_nice_class(number: int) -> bool:
    """Whether there is a class of that number (1 to 45)."""
    return number in NICE_CLASS_LABELS
