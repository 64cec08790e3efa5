"""What can be wrong with a question, and what the person who typed it is told. `%(name)s` is filled in later."""

from __future__ import annotations

import enum


class Wrong(enum.StrEnum):
    """The kinds of mistakes, as programs tell them apart."""

    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    TOO_DEEP = "too_deep"
    ONLY_MASKS = "only_masks"
    ONLY_BLANKS = "only_blanks"
    NOT_CLOSED = "not_closed"
    NOT_OPENED = "not_opened"
    DANGLING = "dangling"
    NO_SUCH_FIELD = "no_such_field"
    NO_VALUE = "no_value"
    BAD_DISTANCE = "bad_distance"
    NOT_NEAR = "not_near"
    NOT_MONEY = "not_money"
    NOT_DAYS = "not_days"
    NOT_LETTERS = "not_letters"
    TURNED = "turned"
    BAD_SIZE = "bad_size"
    BAD_CURSOR = "bad_cursor"


SENTENCES = {
    Wrong.TOO_LONG: "检索内容过长，请缩短到 %(most)s 个字以内。",
    Wrong.TOO_MANY: "检索词过多，请减少到 %(most)s 个以内。",
    Wrong.TOO_DEEP: "括号套得太深，最多 %(most)s 层。",
    Wrong.ONLY_MASKS: "遮盖符号（* × X）不能单独检索，请再输入名称、文号或其他文字。",
    Wrong.ONLY_BLANKS: "检索内容里没有可以检索的文字，请换一个词。",
    Wrong.NOT_CLOSED: "这个括号没有配对的右括号。要检索括号本身，请把词放进引号。",
    Wrong.NOT_OPENED: "这个右括号没有配对的左括号。要检索括号本身，请把词放进引号。",
    Wrong.DANGLING: "“%(written)s”的一边缺少检索词。要检索这个词本身，请把它放进引号。",
    Wrong.NO_SUCH_FIELD: "没有名为“%(written)s”的字段，您要找的可能是“%(likely)s”。要检索冒号本身，请把词放进引号。",
    Wrong.NO_VALUE: "“%(field)s”后面缺少要检索的内容。",
    Wrong.BAD_DISTANCE: "“~”后面应是字数，从 0 到 %(most)s，例如 ~10。",
    Wrong.NOT_NEAR: "“%(field)s”不是正文，不能按字距检索。",
    Wrong.NOT_MONEY: "“%(written)s”不是金额。可以写成 %(field)s:%(example)s，也可以写 >=2000。",
    Wrong.NOT_DAYS: "“%(written)s”不是日期。可以写成 %(field)s:%(example)s，也可以写 >=2025-01-31。",
    Wrong.NOT_LETTERS: "“%(written)s”不是拼音。可以写全拼或者首字母，例如 %(field)s:%(example)s。",
    Wrong.TURNED: "“%(written)s”的起点在终点之后。",
    Wrong.BAD_SIZE: "每页条数应在 1 到 %(most)s 之间。",
    Wrong.BAD_CURSOR: "翻页位置无效或者检索条件已经改变，请从第一页重新开始。",
}
